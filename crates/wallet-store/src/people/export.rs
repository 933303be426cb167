//! Everything that is stored about one person, to be given to them.
//!
//! Called by the server's export. It must never hold a secret: no password hash, no fingerprint of a token, no client
//! secret. There is no card number to hold.

use sqlx::FromRow;

use crate::audit_events::{AuditEvent, AuditFilter};
use crate::cards::Card;
use crate::clients::{Address, PhoneNumber};
use crate::deletion_blocks::DeletionBlock;
use crate::owners::Owner;
use crate::users::User;
use crate::{StoreError, StorePool, audit_events, cards, clients, deletion_blocks, query, users};
use wallet_core::clock::Seconds;

/// The maximum number of audit events in one export: far more than a person causes in their retention.
const MAX_EVENTS: u32 = 100_000;

/// The rows of one person, by table.
#[derive(Debug)]
pub struct Export {
    pub owner: Owner,
    pub identity: OwnerIdentity,
    /// `None` for guests, and for people of a booking site.
    pub user: Option<User>,
    pub client: Option<ClientRow>,
    pub addresses: Vec<Address>,
    pub phone_numbers: Vec<PhoneNumber>,
    pub sessions: Vec<Period>,
    pub cards: Vec<Card>,
    pub labels: Vec<CardLabel>,
    pub deletion_blocks: Vec<DeletionBlock>,
    pub consents: Vec<ConsentRow>,
    pub payments: Vec<Dated>,
    pub setup_intents: Vec<Dated>,
    /// The payment methods that were saved, and those that were entered and not saved.
    pub payment_methods: Vec<Dated>,
    pub card_entry_attempts: Vec<Seconds>,
    pub password_resets: Vec<Period>,
    pub audit_events: Vec<AuditEvent>,
}

/// How the person is known.
#[derive(Debug, FromRow)]
pub struct OwnerIdentity {
    /// `user`, `guest` or `external`.
    pub kind: String,
    pub external_id: Option<String>,
}

#[derive(Debug, FromRow)]
pub struct ClientRow {
    pub name: String,
    pub created_at: Seconds,
}

/// A session or a password reset, without its token.
#[derive(Debug, FromRow)]
pub struct Period {
    pub created_at: Seconds,
    pub expires_at: Seconds,
}

/// An object of the gateway, and when this server got to know it.
#[derive(Debug, FromRow)]
pub struct Dated {
    pub id: String,
    pub created_at: Seconds,
}

/// The booking site's label of a card.
#[derive(Debug, FromRow)]
pub struct CardLabel {
    pub card_id: i64,
    pub label: Option<String>,
}

#[derive(Debug, FromRow)]
pub struct ConsentRow {
    pub payment_method: String,
    pub text: String,
    pub locale: String,
    pub shown_at: String,
    pub accepted_at: Option<String>,
    pub created_at: Seconds,
}

/// Reads everything that is stored about a person.
pub async fn export(db: &StorePool, owner: Owner) -> Result<Export, StoreError> {
    let id = owner.id;
    let of = |sql: &'static str| query(sql).bind(id);
    let filter = AuditFilter {
        account_id: Some(owner.account_id),
        owner: Some(id),
        since: None,
        limit: MAX_EVENTS,
    };
    Ok(Export {
        identity: of("SELECT kind, external_id FROM owners WHERE id = $1")
            .fetch_one(db)
            .await?,
        user: users::find_by_owner(db, id).await?,
        client: of("SELECT name, created_at FROM clients WHERE owner_id = $1")
            .fetch_optional(db)
            .await?,
        addresses: clients::addresses(db, id).await?,
        phone_numbers: clients::phones(db, id).await?,
        sessions: of("SELECT created_at, expires_at FROM sessions WHERE owner_id = $1 ORDER BY created_at")
            .fetch_all(db)
            .await?,
        cards: cards::of_owner(db, id).await?,
        labels: of("SELECT l.card_id, l.label FROM client_cards l JOIN cards c ON c.id = l.card_id WHERE c.owner_id = $1")
            .fetch_all(db)
            .await?,
        deletion_blocks: deletion_blocks::list(db, owner.account_id, Some(id)).await?,
        consents: of(
            "SELECT payment_method, text, locale, shown_at, accepted_at, created_at FROM consents
             WHERE owner_id = $1 ORDER BY id",
        )
        .fetch_all(db)
        .await?,
        payments: of("SELECT id, created_at FROM payments WHERE owner_id = $1 ORDER BY created_at, id")
            .fetch_all(db)
            .await?,
        setup_intents: of("SELECT id, created_at FROM intents WHERE owner_id = $1 ORDER BY created_at, id")
            .fetch_all(db)
            .await?,
        payment_methods: of(
            "SELECT payment_method AS id, created_at FROM saves WHERE owner_id = $1
             UNION SELECT payment_method AS id, created_at FROM abandoned_payment_methods WHERE owner_id = $1
             ORDER BY 2, 1",
        )
        .fetch_all(db)
        .await?,
        card_entry_attempts: of("SELECT created_at FROM attempts WHERE owner_id = $1 ORDER BY id")
            .scalars(db)
            .await?,
        password_resets: of(
            "SELECT created_at, expires_at FROM password_resets WHERE owner_id = $1 ORDER BY created_at",
        )
        .fetch_all(db)
        .await?,
        audit_events: audit_events::list(db, &filter).await?,
        owner,
    })
}
