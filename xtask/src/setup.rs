//! `cargo xtask setup`, and the first step of every command that needs a tool: what is missing is installed, each with
//! a line saying how long it takes; what is there is left alone, silently.

use std::time::Duration;

use crate::clients::Clients;
use crate::failure::Failure;
use crate::install::{self, Line};
use crate::machine::Host;
use crate::need::{self, Kind, Need, Purpose};
use crate::progress::{self, Step};
use crate::state::{self, State};
use crate::workshop::Workshop;

/// Far above any installation on a slow machine; it only ends one that hangs.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Installs what `purposes` need and this computer lacks.
pub fn run(shop: &Workshop, purposes: &[Purpose]) -> Result<(), Failure> {
    let missing = || {
        let stand = |need: &'static Need| (need, state::of(need, &shop.tools, &Host));
        need::for_purposes(purposes)
            .map(stand)
            .filter(|(_, state)| *state != State::Found)
    };
    let clients = Clients::of(&shop.root);
    let clients =
        Some(clients).filter(|them| purposes.contains(&Purpose::Conformance) && !them.are_there());
    let wanted: Vec<(&Need, State)> = missing().collect();
    if wanted.is_empty() && clients.is_none() {
        progress::note("everything needed is installed");
        return Ok(());
    }
    if shop.offline && !wanted.is_empty() {
        return Err(offline(&wanted));
    }
    // Plans first: what a person has to do is better said before the eight minutes than after.
    let mut plans = Vec::new();
    let mut obstacles: Vec<Failure> = clients
        .iter()
        .filter_map(|them| them.obstacle(&Host, shop.offline))
        .collect();
    for (need, state) in &wanted {
        match install::plan(need, state, &shop.tools, &Host) {
            Ok(lines) => plans.push((*need, lines)),
            Err(obstacle) => obstacles.push(obstacle),
        }
    }
    if !obstacles.is_empty() {
        return Err(Failure::together(obstacles));
    }
    for (need, lines) in plans {
        let step = Step::begin(
            &format!("installing {}, to {}", need.title(), need.why),
            Some(&expected(need)),
        );
        step.end(install(shop, need, &lines))?;
    }
    // Compiled dependencies of the tools: a gigabyte nobody needs again.
    let scratch = shop.tools.scratch();
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)
            .map_err(|cause| Failure::file("removing", &scratch, &cause))?;
    }
    missing()
        .next()
        .map_or(Ok(()), |(need, state)| Err(still(shop, need, &state)))?;
    clients.map_or(Ok(()), |them| them.install(shop))
}

fn install(shop: &Workshop, need: &Need, lines: &[Line]) -> Result<(), Failure> {
    let log = shop.tools.log(need);
    for line in lines {
        let Some((program, args)) = line.words.split_first() else {
            continue;
        };
        let folder = shop.tools.folder();
        std::fs::create_dir_all(folder).map_err(|cause| Failure::file("making", folder, &cause))?;
        let mut job = shop.job(program).args(args).limit(LIMIT);
        // Away from the project, whose own settings are not meant for tools. rustup, though, must see its toolchain.
        if matches!(need.kind, Kind::Crate { .. } | Kind::Npm { .. }) {
            job = job
                .dir(folder)
                .variable("CARGO_TARGET_DIR", shop.tools.scratch());
        }
        let outcome = job.run_logged(&log);
        if !line.may_fail || shop.stop.asked() {
            outcome?;
        }
    }
    Ok(())
}

fn expected(need: &Need) -> String {
    match need.minutes {
        0 => "under a minute".to_owned(),
        1 => "about a minute on 2 cores".to_owned(),
        minutes => format!("about {minutes} minutes on 2 cores"),
    }
}

fn offline(wanted: &[(&Need, State)]) -> Failure {
    let names: Vec<String> = wanted.iter().map(|(need, _)| need.title()).collect();
    Failure::new(
        format!(
            "not installed, and --offline forbids fetching it: {}",
            names.join(", ")
        ),
        "Run `cargo xtask setup` once with a network.",
    )
}

fn still(shop: &Workshop, need: &Need, state: &State) -> Failure {
    let found = match state {
        State::Wrong(said) => format!("is not what was asked for ({said})"),
        State::Missing | State::Found => "was not found".to_owned(),
    };
    let next = match need.kind {
        Kind::Apt { commands, .. } => {
            let names: Vec<String> = commands
                .iter()
                .map(|command| command.names.join(" or "))
                .collect();
            format!(
                "Put these on PATH and run this again: {}.",
                names.join("; ")
            )
        }
        Kind::Crate { .. } | Kind::Npm { .. } => {
            format!(
                "Remove {} and run this again.",
                shop.tools.home(need).display()
            )
        }
        Kind::Target | Kind::Component { .. } => {
            format!(
                "Check with `rustup show` that the toolchain in use has {}.",
                need.name
            )
        }
    };
    Failure::new(
        format!("{} was installed, but afterwards it {found}", need.title()),
        next,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_wait_is_said_before_it_begins() {
        assert_eq!(
            expected(need::named("trunk").unwrap()),
            "about 8 minutes on 2 cores"
        );
        assert_eq!(expected(need::named("binaryen").unwrap()), "under a minute");
    }

    #[test]
    fn offline_names_what_is_missing() {
        let wanted = [
            (need::named("trunk").unwrap(), State::Missing),
            (need::named("binaryen").unwrap(), State::Missing),
        ];
        let said = offline(&wanted).to_string();
        assert!(said.contains("trunk 0.21.14, binaryen 132.0.0"), "{said}");
    }
}
