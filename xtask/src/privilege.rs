//! Whether system packages can be installed without asking anyone. Asked by `install` only for apt.

use crate::host_system::HostSystem;

/// How a system-wide command may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privilege {
    Root,
    /// `sudo` works without a password.
    Sudo,
    /// A person has to run it.
    None,
}

impl Privilege {
    /// Looks at who we are. `sudo -n` never prompts.
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
