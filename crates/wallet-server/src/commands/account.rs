//! `wallet-server account`: lists accounts, adds one to the settings file, replaces a key of one.
//!
//! Dispatched by [`super::Command::run`]. It must never print a key, but for its last four characters.

#![allow(rustdoc::bare_urls)] // these texts are the help of the command, which would show angle brackets

mod add;
mod list;
mod rotate;
mod secret_setting;

use clap::Subcommand;

use super::command_failure::CommandFailure;
use crate::config::Settings;

pub use add::AddArguments;
pub use list::ListArguments;
pub use rotate::RotateArguments;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// List the accounts: number, system, provider, mode, name, the last 4 characters of the keys, pages.
    ///
    /// Example: wallet-server account list --config wallet.toml
    List(ListArguments),
    /// Add an account to the settings file. It asks nothing, and keeps the file's comments.
    ///
    /// The new settings are checked first as at a start; when they are refused, the file stays as it is. The file is
    /// replaced in one step, with the same owner and permissions. A running server takes the account on SIGHUP.
    ///
    /// Secrets come from files, from the standard input (-) or from variables of the server's environment, never from
    /// arguments, which other users of the machine can see:
    ///
    ///   wallet-server account add --config wallet.toml --id 7 --system quilt --name "Harbour Roasters" \
    ///     --currency usd --country US --publishable-key pk_live_… --parent https://till.example \
    ///     --secret-file secret_key=/run/keys/stripe --secret-file quilt.key=/run/keys/till \
    ///     --set quilt.external_account_id=harbour-roasters
    #[command(verbatim_doc_comment)]
    Add(Box<AddArguments>),
    /// Replace a secret of an account in the settings file.
    ///
    /// The new secret comes from a file or from the standard input. The new settings are checked first as at a start. Where
    /// several secrets may be valid at a time, the old one stays valid until you run the command with --drop-old:
    /// webhook_secrets, mikrocloud.keys. A running server takes the new secret on SIGHUP.
    ///
    ///   wallet-server account rotate 40426 secret_key --config wallet.toml --file /run/keys/stripe
    ///   wallet-server account rotate 40426 webhook_secrets --config wallet.toml < whsec
    ///   wallet-server account rotate 40426 webhook_secrets --config wallet.toml --drop-old
    #[command(verbatim_doc_comment)]
    Rotate(RotateArguments),
}

impl AccountCommand {
    /// Runs the command, and returns what it prints.
    ///
    /// # Errors
    /// The settings are refused, or the file cannot be read or written. Nothing was changed.
    pub fn run(self, settings: Settings) -> Result<String, CommandFailure> {
        match self {
            Self::List(arguments) => list::run(arguments, settings),
            Self::Add(arguments) => add::run(*arguments, settings),
            Self::Rotate(arguments) => rotate::run(&arguments, settings),
        }
    }
}
