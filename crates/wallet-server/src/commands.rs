//! The command line: the settings of the server, and the commands beside serving.
//!
//! Parsed by `main`. Without a command the program serves. A command must never print a secret.

mod account;
mod audit;
mod command_failure;
mod opened_store;
mod outbox;
mod output;
mod person;
mod secret_input;
mod settings_document;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Settings;
use crate::doctor::{self, Reconcile};
pub use account::AccountCommand;
pub use audit::AuditArguments;
pub use outbox::OutboxCommand;
use output::{print, print_error};
pub use person::PersonCommand;

/// The wallet server: stores the cards of booking sites, and serves the card-entry page.
///
/// Without a command it serves. Each setting can stand in a TOML file (same name, with underscores), in the environment or
/// on the command line; the command line wins over the environment, which wins over the file. Accounts stand in the file
/// only. Settings stand before a command; --config may also follow it.
#[derive(Debug, Parser)]
#[command(name = "wallet-server", version)]
pub struct CommandLine {
    /// The settings of the server. They stand before the command; `--config` may also follow it.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do in place of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do in place of serving.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check settings, database, gateway, webhooks and the page as browsers get it, and say what to do.
    ///
    /// Prints one line for each check: ok, warning or problem. It works while the server runs and while it does not, and
    /// changes nothing: no card, no customer, no table. The exit code is 0 without a problem, and 1 with one.
    ///
    /// Run it as the user of the server, with the same settings:
    /// wallet-server doctor --config /etc/card-entry/wallet.toml
    #[command(verbatim_doc_comment)]
    Doctor(DoctorArguments),
    /// List the accounts, add one to the settings file, or replace a key of one.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Print who did what to wallets and people, the newest last.
    Audit(AuditArguments),
    /// Export or delete one person of an account.
    #[command(subcommand)]
    Person(PersonCommand),
    /// List the calls to the gateway that failed for days, or retry one.
    #[command(subcommand)]
    Outbox(OutboxCommand),
}

/// The arguments of `doctor`.
#[derive(Debug, Clone, Copy, Args)]
pub struct DoctorArguments {
    /// Print the checks as one JSON object, for programs.
    #[arg(long)]
    json: bool,

    /// Also compare every wallet with the gateway, as after a restore from a backup. It reads each customer there.
    #[arg(long)]
    reconcile: bool,

    /// With --reconcile: never use the numbers of lost people again, and detach cards that no wallet shows.
    #[arg(long, requires = "reconcile")]
    repair: bool,
}

impl DoctorArguments {
    fn reconcile(self) -> Reconcile {
        match (self.reconcile, self.repair) {
            (false, _) => Reconcile::Skip,
            (true, false) => Reconcile::Compare,
            (true, true) => Reconcile::Repair,
        }
    }
}

impl Command {
    /// Runs the command to its end.
    pub async fn run(self, settings: Settings) -> ExitCode {
        match self {
            Self::Doctor(arguments) => {
                let report = doctor::examine(settings, arguments.reconcile()).await;
                let text = if arguments.json {
                    report.to_json()
                } else {
                    report.to_text()
                };
                if print(&text).is_err() || report.has_problem() {
                    return ExitCode::FAILURE;
                }
                ExitCode::SUCCESS
            }
            Self::Account(command) => end(command.run(settings)),
            Self::Audit(command) => end(command.run(settings).await),
            Self::Person(command) => end(command.run(settings).await),
            Self::Outbox(command) => end(command.run(settings).await),
        }
    }
}

/// Prints what a command returned, and makes its exit code.
fn end<E: std::error::Error>(result: Result<String, E>) -> ExitCode {
    match result {
        Ok(text) if print(&text).is_ok() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            print_error(&error);
            ExitCode::FAILURE
        }
    }
}
