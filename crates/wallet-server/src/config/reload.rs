//! Reads the settings file again while the server runs, and swaps the accounts and the certificate.
//!
//! Called by `main` on SIGHUP. All accounts are swapped in one step, and a request in progress ends with the account that it
//! began with, so that no save fails because a key was replaced. A file that cannot be used changes nothing. It must never
//! change another setting: the rest of the server was built with it.

use std::path::PathBuf;

use toml::{Table, Value};

use super::file::SettingsFile;
use super::{ConfigError, ConfigWarning, Provider, ServerConfig, Settings};

/// Reads the settings file of a running server again.
///
/// ```
/// use wallet_server::config::{ConfigReloader, ServerConfig, Settings};
///
/// # fn run(settings: Settings) -> Result<(), Box<dyn std::error::Error>> {
/// let config = ServerConfig::load(settings.clone())?;
/// // None: there is no settings file.
/// if let Some(mut reloader) = ConfigReloader::new(settings, &config) {
///     let changes = reloader.reload()?;
///     println!("accounts that changed: {:?}", changes.accounts);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct ConfigReloader {
    /// The flags and variables, which win over the file.
    settings: Settings,
    path: PathBuf,
    running: ServerConfig,
    /// The file as the running configuration has it. `Debug` must not print it: it has secrets.
    current: FileTable,
}

/// What a reload changed, and what it could not.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ConfigChanges {
    /// The numbers of the accounts that were added, changed or removed, in ascending order.
    pub accounts: Vec<i64>,
    /// The settings whose new values need a restart.
    pub need_restart: Vec<String>,
    /// What can be used, and is probably not meant.
    pub warnings: Vec<ConfigWarning>,
}

struct FileTable(Table);

impl core::fmt::Debug for FileTable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl ConfigReloader {
    /// Prepares to reload. `settings` are the flags and variables that `running` was loaded with. `None`: they name no file.
    #[must_use]
    pub fn new(settings: Settings, running: &ServerConfig) -> Option<Self> {
        let path = settings.config.clone()?;
        let text = SettingsFile::read(&path).unwrap_or_default();
        Some(Self {
            settings,
            path,
            running: running.clone(),
            current: FileTable(toml::from_str(&text).unwrap_or_default()),
        })
    }

    /// Reads and checks the file, and swaps the accounts of the running server.
    ///
    /// # Errors
    /// The file cannot be read, or a setting cannot be used. Nothing is changed.
    pub fn reload(&mut self) -> Result<ConfigChanges, ConfigError> {
        let text = SettingsFile::read(&self.path)?;
        let new = ServerConfig::load_text(self.settings.clone(), &self.path, &text)?;
        let mut table: Table = toml::from_str(&text).unwrap_or_default();
        let mut changes = ConfigChanges {
            accounts: changed_accounts(&self.current.0, &table),
            need_restart: changed_names(&self.current.0, &table),
            warnings: new.warnings,
        };
        let is_braintree = |config: &ServerConfig| {
            let mut accounts = config.accounts.iter();
            accounts.any(|account| account.provider != Provider::Stripe)
        };
        // The build of that page is opened at the start only.
        if new
            .accounts
            .iter()
            .any(|account| account.provider != Provider::Stripe)
            && !is_braintree(&self.running)
        {
            changes.need_restart.push("braintree_dist".to_owned());
        }
        if let (Some(running), Some(new)) = (&self.running.tls, &new.tls) {
            running.replace_with(new);
            changes
                .need_restart
                .retain(|name| !TLS_FILES.contains(&name.as_str()));
        }
        self.running.accounts.replace_with(&new.accounts);
        // What needs a restart is named at each reload until then.
        for (name, value) in &self.current.0 {
            if name != ACCOUNTS {
                table.insert(name.clone(), value.clone());
            }
        }
        self.current.0.insert(
            ACCOUNTS.to_owned(),
            table
                .remove(ACCOUNTS)
                .unwrap_or_else(|| Value::Array(Vec::new())),
        );
        Ok(changes)
    }
}

const ACCOUNTS: &str = "accounts";

/// A new path is as good as a new file at the old one.
const TLS_FILES: [&str; 2] = ["tls_certificate", "tls_key"];

/// The settings of the whole server whose values differ.
fn changed_names(old: &Table, new: &Table) -> Vec<String> {
    let names = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    let changed = names.filter(|name| *name != ACCOUNTS && old.get(*name) != new.get(*name));
    changed.cloned().collect()
}

/// The numbers of the accounts whose tables differ, or are in one file only.
fn changed_accounts(old: &Table, new: &Table) -> Vec<i64> {
    let (old, new) = (accounts_of(old), accounts_of(new));
    let differs = |one: &&&Table, all: &[&Table]| !all.contains(*one);
    let removed = old.iter().filter(|one| differs(one, &new));
    let added = new.iter().filter(|one| differs(one, &old));
    let number = |table: &&Table| {
        let id = table.get("id").or_else(|| table.get("company_id"));
        id.and_then(Value::as_integer)
    };
    let mut ids: Vec<i64> = removed.chain(added).filter_map(number).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn accounts_of(table: &Table) -> Vec<&Table> {
    let accounts = table.get(ACCOUNTS).and_then(Value::as_array);
    accounts
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .collect()
}
