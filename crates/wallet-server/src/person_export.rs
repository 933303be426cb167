//! One JSON document of everything that is stored about a person, to be given to them. Its shape is in `docs/people.md`.
//!
//! Made by the people API and by the command `person export`. It must never contain a secret: no password hash, no token,
//! no fingerprint of one.

mod rows;

use schemars::JsonSchema;
use serde::Serialize;
use wallet_store::audit_events::AuditAction;
use wallet_store::owners::Owner;
use wallet_store::{Store, StoreError, people};

use crate::audit::{self, Event};
use crate::clock::{now, rfc3339};
use rows::{
    AuditEntry, ClientEntry, ConsentEntry, DatedEntry, ExportedCard, PeriodEntry, PersonEntry,
};

/// The version of the shape. It grows when a member changes its meaning or goes.
const VERSION: u32 = 1;

/// Everything that is stored about a person. Times are RFC 3339 in UTC.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PersonExport {
    /// The version of this shape.
    version: u32,
    exported_at: String,
    /// The number of the account.
    account_id: i64,
    person: PersonEntry,
    /// What a seller stored of a client: name, addresses, telephone numbers.
    client: Option<ClientEntry>,
    cards: Vec<ExportedCard>,
    /// What the person agreed to when a card was saved.
    consents: Vec<ConsentEntry>,
    /// Sign-ins that have not ended.
    sessions: Vec<PeriodEntry>,
    password_resets: Vec<PeriodEntry>,
    /// Payments at a reader, and charges of stored cards.
    payments: Vec<DatedEntry>,
    setup_intents: Vec<DatedEntry>,
    /// The gateway's ids of cards that were saved, or entered and not saved.
    payment_methods: Vec<DatedEntry>,
    /// When the person tried to enter a card, as far as that still counts for a limit.
    card_entry_attempts: Vec<String>,
    audit_events: Vec<AuditEntry>,
}

/// Reads the document of a person, and records in the audit trail that it was read.
pub(crate) async fn of_person(
    store: &Store,
    account_id: i64,
    person: Owner,
) -> Result<PersonExport, StoreError> {
    let event = Event::new(AuditAction::PersonExported);
    audit::record(store.pool(), account_id, Some(person.id), event).await?;
    let all = people::export(store.pool(), person).await?;
    let cards = all.cards.iter().map(|card| ExportedCard::of(card, &all));
    Ok(PersonExport {
        version: VERSION,
        exported_at: rfc3339(now()),
        account_id,
        person: PersonEntry::of(&all),
        client: ClientEntry::of(&all),
        cards: cards.collect(),
        consents: all.consents.iter().map(ConsentEntry::of).collect(),
        sessions: all.sessions.iter().map(PeriodEntry::of).collect(),
        password_resets: all.password_resets.iter().map(PeriodEntry::of).collect(),
        payments: all.payments.iter().map(DatedEntry::of).collect(),
        setup_intents: all.setup_intents.iter().map(DatedEntry::of).collect(),
        payment_methods: all.payment_methods.iter().map(DatedEntry::of).collect(),
        card_entry_attempts: all
            .card_entry_attempts
            .iter()
            .map(|at| rfc3339(*at))
            .collect(),
        audit_events: all.audit_events.iter().map(AuditEntry::of).collect(),
    })
}
