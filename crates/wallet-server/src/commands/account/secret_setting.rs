//! The settings of an account that are secrets: their names, and their places in the account's table.
//!
//! Used by `account add` and `account rotate`. A secret must never be given in an argument.

use toml_edit::{Item, Table, Value, value};

use crate::commands::command_failure::CommandFailure;
use crate::secret::Secret;

/// The secrets that may stand in a file, by their names inside the account.
pub(super) const SECRET_SETTINGS: [&str; 7] = [
    "secret_key",
    "holds_key",
    "webhook_secrets",
    "quilt.key",
    "bokamera.api_key",
    "ticket_evolution.secret",
    "braintree.private_key",
];

/// Whether a name, the last part of a setting's, is that of a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let is_secret = |setting: &&str| setting.rsplit('.').next() == Some(name);
    SECRET_SETTINGS.iter().any(is_secret)
}

/// Whether a value holds a secret in any of its tables.
pub(super) fn holds_secret(item: &Value) -> bool {
    match item {
        Value::InlineTable(table) => table
            .iter()
            .any(|(name, value)| is_secret_name(name) || holds_secret(value)),
        Value::Array(all) => all.iter().any(holds_secret),
        _ => false,
    }
}

/// Checks the name of a secret.
pub(super) fn check_name(name: &str) -> Result<(), CommandFailure> {
    if SECRET_SETTINGS.contains(&name) {
        return Ok(());
    }
    let known = SECRET_SETTINGS.join(", ");
    Err(CommandFailure::Argument(format!(
        "`{name}` is no secret of an account; use one of: {known}"
    )))
}

/// The value as it stands in the file: `webhook_secrets` is a list.
pub(super) fn to_item(name: &str, secret: &Secret) -> Item {
    if name == "webhook_secrets" {
        return value(toml_edit::Array::from_iter([secret.reveal()]));
    }
    value(secret.reveal())
}

/// Sets `section.name` or `name` in an account's table. A missing section is made.
pub(super) fn set(account: &mut Table, name: &str, item: Item) -> Result<(), CommandFailure> {
    let (section, field) = match name.split_once('.') {
        Some((section, field)) => (Some(section), field),
        None => (None, name),
    };
    let table = match section {
        None => account,
        Some(section) => {
            let made = account.entry(section).or_insert(Item::Table(Table::new()));
            made.as_table_mut().ok_or_else(|| {
                let problem =
                    format!("`{section}` is no table of its own; write it as [accounts.{section}]");
                CommandFailure::Document(problem)
            })?
        }
    };
    table.insert(field, item);
    Ok(())
}
