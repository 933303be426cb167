//! What `setup` prints and reports. It must never leave a person without a next step.

use std::path::Path;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::dependency::{Dependency, DependencyKind};
use crate::install_state::InstallState;

pub fn expected_time(dependency: &Dependency) -> String {
    match dependency.minutes {
        0 => "under a minute".to_owned(),
        1 => "about a minute on 2 cores".to_owned(),
        minutes => format!("about {minutes} minutes on 2 cores"),
    }
}

/// That the user's own copy is used.
pub fn on_path(dependency: &Dependency, file: &Path) -> String {
    format!("using {} from PATH: {}", dependency.title(), file.display())
}

pub fn offline_error(missing: &[(&Dependency, InstallState)]) -> CommandError {
    let names: Vec<String> = missing
        .iter()
        .map(|(dependency, _)| dependency.title())
        .collect();
    CommandError::new(
        format!(
            "not installed, and --offline forbids fetching it: {}",
            names.join(", ")
        ),
        "Run `cargo xtask setup` once with a network.",
    )
}

pub fn still_missing_error(
    context: &Context,
    dependency: &Dependency,
    state: &InstallState,
) -> CommandError {
    let found = match state {
        InstallState::Unusable(message) => {
            format!("has another version or does not run ({message})")
        }
        InstallState::Missing | InstallState::Found | InstallState::FoundOnPath(_) => {
            "was not found".to_owned()
        }
    };
    let next = match dependency.kind {
        DependencyKind::Apt { commands, .. } => {
            let names: Vec<String> = commands
                .iter()
                .map(|command| command.names.join(" or "))
                .collect();
            format!(
                "Put these on PATH and run this again: {}.",
                names.join("; ")
            )
        }
        DependencyKind::Crate { .. } | DependencyKind::Npm { .. } => {
            format!(
                "Remove {} and run this again.",
                context.tools.dependency_folder(dependency).display()
            )
        }
        DependencyKind::Target | DependencyKind::Component { .. } => {
            format!(
                "Check with `rustup show` that the toolchain in use has {}.",
                dependency.name
            )
        }
    };
    CommandError::new(
        format!(
            "{} was installed, but afterwards it {found}",
            dependency.title()
        ),
        next,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dependency;

    #[test]
    fn the_expected_time_is_printed() {
        assert_eq!(
            expected_time(dependency::by_name("trunk").unwrap()),
            "about 3 minutes on 2 cores"
        );
        assert_eq!(
            expected_time(dependency::by_name("binaryen").unwrap()),
            "under a minute"
        );
    }

    #[test]
    fn the_users_own_copy_is_named() {
        let trunk = dependency::by_name("trunk").unwrap();
        assert_eq!(
            on_path(trunk, Path::new("/usr/bin/trunk")),
            "using trunk 0.21.14 from PATH: /usr/bin/trunk"
        );
    }

    #[test]
    fn offline_names_what_is_missing() {
        let missing = [
            (dependency::by_name("trunk").unwrap(), InstallState::Missing),
            (
                dependency::by_name("binaryen").unwrap(),
                InstallState::Missing,
            ),
        ];
        let message = offline_error(&missing).to_string();
        assert!(
            message.contains("trunk 0.21.14, binaryen 132.0.0"),
            "{message}"
        );
    }
}
