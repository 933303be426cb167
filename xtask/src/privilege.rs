//! Whether this user may install system packages without a password. Used by `install` for apt only.

use crate::host_system::HostSystem;

/// How a command of the system's package manager can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privilege {
    Root,
    /// `sudo` works without a password.
    Sudo,
    /// Neither: a person has to run the command.
    None,
}

impl Privilege {
    /// Checks for root, then for `sudo -n`, which never asks for a password.
    pub fn detect(system: &impl HostSystem) -> Self {
        let output = |program: &str, args: &[&str]| {
            system
                .find(program)
                .and_then(|path| system.output(&path, args))
        };
        if output("id", &["-u"]).is_some_and(|user| user.trim() == "0") {
            Self::Root
        } else if output("sudo", &["-n", "true"]).is_some() {
            Self::Sudo
        } else {
            Self::None
        }
    }
}
