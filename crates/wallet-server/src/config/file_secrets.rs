//! Whether the settings of a file hold a secret themselves, and not only the name of a variable that does.
//!
//! Called for the file alone, before flags and environment are merged over it. It must never look at a secret's value.

use super::{AccountSettings, Settings};

/// Whether any secret stands in these settings.
pub(super) fn has_secrets(settings: &Settings) -> bool {
    let challenge = settings.challenge.as_ref();
    challenge.is_some_and(|section| section.secret.is_some())
        || settings.accounts.iter().any(account_has_secrets)
}

fn account_has_secrets(account: &AccountSettings) -> bool {
    let mut given = [
        account.secret_key.is_some(),
        account.holds_key.is_some(),
        !account.webhook_secrets.is_empty(),
        account
            .braintree
            .as_ref()
            .is_some_and(|at| at.private_key.is_some()),
        account.quilt.as_ref().is_some_and(|at| at.key.is_some()),
        account
            .bokamera
            .as_ref()
            .is_some_and(|at| at.api_key.is_some()),
        account
            .ticket_evolution
            .as_ref()
            .is_some_and(|at| at.secret.is_some()),
        account
            .mikrocloud
            .as_ref()
            .is_some_and(|at| at.keys.iter().any(|key| key.secret.is_some())),
    ]
    .into_iter();
    given.any(|is_given| is_given)
}
