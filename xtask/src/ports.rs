//! The demo's six consecutive ports, and the origins on them. Used by `demo` and by the conformance step.

use std::net::{Ipv4Addr, TcpListener};

use crate::command_error::CommandError;

/// Six consecutive ports, by the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports(u16);

/// What listens on a port, in the order of the ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortRole {
    Booking,
    /// The wallet server and the frame.
    Wallet,
    Scripts,
    Fields,
    /// The sandbox's 3-D Secure pages.
    Hooks,
    Api,
}

impl PortRole {
    /// From the first port upwards.
    pub const ALL: [Self; 6] = [
        Self::Booking,
        Self::Wallet,
        Self::Scripts,
        Self::Fields,
        Self::Hooks,
        Self::Api,
    ];
}

impl Ports {
    /// The demo's ports without `--port-base`.
    pub const DEFAULT: Self = Self(4400);

    /// Six ports from `base`. `None` below 1024, which needs root, or when the last one is above 65535.
    pub fn from_base(base: &str) -> Option<Self> {
        let base: u16 = base.parse().ok()?;
        (1024..=u16::MAX - 5).contains(&base).then_some(Self(base))
    }

    pub fn port(self, role: PortRole) -> u16 {
        self.0 + role as u16
    }

    /// The origin of `role`, as a browser writes it.
    pub fn origin(self, role: PortRole) -> String {
        format!("http://{}", self.address(role))
    }

    /// Host and port, such as `127.0.0.1:4400`.
    pub fn address(self, role: PortRole) -> String {
        format!("127.0.0.1:{}", self.port(role))
    }

    /// Six ports that are free now, for programs that run beside a demo. They are below the range from which systems
    /// choose ports by themselves.
    pub fn free() -> Result<Self, CommandError> {
        // Two runs at the same time start their search at different ports.
        let first = 21_000 + u16::try_from(std::process::id() % 500).unwrap_or_default() * 10;
        (0..100)
            .map(|step| Self(first + step * 10))
            .find(|ports| ports.check_free().is_ok())
            .ok_or_else(|| {
                CommandError::new(
                    format!("no six free ports were found from {first} upwards"),
                    "End some of the programs that listen on this computer.",
                )
            })
    }

    /// Fails when one of the ports is in use, and names it.
    pub fn check_free(self) -> Result<(), CommandError> {
        for role in PortRole::ALL {
            let port = self.port(role);
            if let Err(cause) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                return Err(CommandError::new(
                    format!("port {port} on 127.0.0.1 cannot be used ({cause})"),
                    format!(
                        "End what listens there (perhaps another demo), or choose six other ports: \
                         `cargo xtask demo --port-base {}`.",
                        if self.0 > 50_000 { 4500 } else { self.0 + 100 }
                    ),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_role_has_the_next_port() {
        let origins = PortRole::ALL.map(|role| Ports::DEFAULT.origin(role));
        assert_eq!(origins.first().unwrap(), "http://127.0.0.1:4400");
        assert_eq!(origins.last().unwrap(), "http://127.0.0.1:4405");
        assert_eq!(
            Ports::from_base("5000").unwrap().address(PortRole::Wallet),
            "127.0.0.1:5001"
        );
    }

    #[test]
    fn the_first_port_leaves_room_for_six() {
        for bad in ["", "0", "80", "1023", "65531", "65536", "-1", "44x"] {
            assert_eq!(Ports::from_base(bad), None, "{bad}");
        }
        assert!(Ports::from_base("65530").is_some());
    }

    #[test]
    fn free_ports_are_free() {
        assert!(Ports::free().unwrap().check_free().is_ok());
    }

    #[test]
    fn a_taken_port_is_named() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let Some(ports) = Ports::from_base(&port.to_string()) else {
            return;
        };
        let message = ports.check_free().unwrap_err().to_string();
        assert!(
            message.contains(&format!("port {port} ")) && message.contains("--port-base"),
            "{message}"
        );
    }
}
