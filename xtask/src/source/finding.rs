//! One broken source rule: where it is, and what to write instead. Made by the rules in `source`, printed by `source`.

use std::fmt;

/// A place in a file that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// From the project's root; or a commit, for rules about commits.
    pub path: String,
    /// From 1; 0 for a rule about a whole file or the whole project.
    pub line: usize,
    pub message: String,
}

impl Finding {
    pub fn new(path: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}
