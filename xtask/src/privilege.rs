//! Whether system packages can be installed without asking anyone. Asked by `install` only for apt.

use crate::machine::Machine;

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
    pub fn of(machine: &impl Machine) -> Self {
        let answer = |program: &str, args: &[&str]| {
            machine
                .find(program)
                .and_then(|path| machine.answer(&path, args))
        };
        if answer("id", &["-u"]).is_some_and(|user| user.trim() == "0") {
            Self::Root
        } else if answer("sudo", &["-n", "true"]).is_some() {
            Self::Sudo
        } else {
            Self::None
        }
    }
}
