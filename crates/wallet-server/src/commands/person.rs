//! The commands `person export` and `person delete`, for requests of people that reach the operator.
//!
//! Run by the operator, while the server runs or not. The gateway's customer is deleted by the server, from the outbox. A
//! command must never delete a person whose card an appointment needs, unless the operator insists.

use clap::{Args, Subcommand};
use wallet_store::audit_events::Actor;
use wallet_store::owners::{Owner, OwnerId};
use wallet_store::people::{self, PersonKey};

use super::opened_store::{OpenedStore, StoreCommandError};
use crate::audit;
use crate::config::Settings;
use crate::error::ApiError;
use crate::person_export;
use crate::wallet::{self, NeededCards};

/// What is done with a person.
#[derive(Debug, Clone, Subcommand)]
pub enum PersonCommand {
    /// Print everything that is stored about a person as one JSON document, without secrets.
    Export(PersonArguments),
    /// Delete a person: cards, sessions, data, and the customer at the gateway.
    ///
    /// It is refused while an appointment needs a card of the person. Consents are kept for 540 days, without a name.
    Delete(DeleteArguments),
}

/// Which person.
#[derive(Debug, Clone, Args)]
pub struct PersonArguments {
    /// The number of the account.
    #[arg(long, value_name = "ID")]
    account: i64,
    #[command(flatten)]
    name: PersonName,
}

/// What names the person: one of these.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct PersonName {
    /// The number of the person.
    #[arg(long, value_name = "ID")]
    owner: Option<i64>,
    /// The e-mail address of a user.
    #[arg(long, value_name = "E-MAIL")]
    email: Option<String>,
    /// The booking site's own id of the person.
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
}

/// Which person to delete.
#[derive(Debug, Clone, Args)]
pub struct DeleteArguments {
    #[command(flatten)]
    person: PersonArguments,
    /// Delete the person also while an appointment needs a card.
    #[arg(long)]
    force: bool,
}

impl PersonCommand {
    /// Runs the command to its end. Returns what it prints.
    pub(super) async fn run(self, settings: Settings) -> Result<String, StoreCommandError> {
        let opened = OpenedStore::open(settings).await?;
        let work = async {
            match self {
                Self::Export(person) => export(&opened, person).await,
                Self::Delete(delete) => delete_person(&opened, delete).await,
            }
        };
        let result = audit::by_actor(Actor::Operator, work).await;
        opened.store.close().await;
        result
    }
}

async fn export(
    opened: &OpenedStore,
    person: PersonArguments,
) -> Result<String, StoreCommandError> {
    let account = opened.account(person.account)?;
    let owner = find(opened, &person).await?;
    let document = person_export::of_person(&opened.store, account.id, owner).await?;
    let text = serde_json::to_string_pretty(&document);
    let text = text.map_err(|error| StoreCommandError::Refused(error.to_string()))?;
    Ok(format!("{text}\n"))
}

async fn delete_person(
    opened: &OpenedStore,
    delete: DeleteArguments,
) -> Result<String, StoreCommandError> {
    let account = opened.account(delete.person.account)?;
    let owner = find(opened, &delete.person).await?;
    let needed = match delete.force {
        true => NeededCards::Delete,
        false => NeededCards::Keep,
    };
    let deleted = wallet::delete_person(&opened.store, &account, &owner, needed).await;
    deleted.map_err(|error| match &error {
        ApiError::CardInUse(_) => StoreCommandError::Refused(format!(
            "{} Nothing was deleted; --force deletes the person anyway",
            error.sentence()
        )),
        _ => StoreCommandError::Refused(error.sentence()),
    })?;
    Ok(format!(
        "person {} of account {} is deleted; the running server deletes the customer at the gateway\n",
        owner.id.0, account.id
    ))
}

async fn find(opened: &OpenedStore, person: &PersonArguments) -> Result<Owner, StoreCommandError> {
    let name = &person.name;
    let key = match (&name.owner, &name.email, &name.external_id) {
        (Some(number), _, _) => PersonKey::Number(OwnerId(*number)),
        (_, Some(email), _) => PersonKey::Email(email),
        (_, _, Some(id)) => PersonKey::ExternalId(id),
        (None, None, None) => return Err(StoreCommandError::NoPerson(person.account)),
    };
    let found = people::find(opened.store.pool(), person.account, key).await?;
    found.ok_or(StoreCommandError::NoPerson(person.account))
}
