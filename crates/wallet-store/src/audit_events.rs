//! The audit trail: what was done to wallets and people, by whom, when and from where.
//!
//! Written by the server's `audit` module, in the transaction of the change where there is one. Rows are added and never
//! changed; they are deleted when they are too old. An event must never hold a secret, an e-mail address or more of a card
//! than its last four digits.

use sqlx::FromRow;

use crate::{Executor, StoreError, query, text_enum};
use wallet_core::clock::{Seconds, now};
use wallet_core::ids::{CardRowId, OwnerId};

text_enum! {
    /// What was done.
    pub enum AuditAction {
        /// A user or a guest was created, with a session.
        SignedUp = "signed_up",
        SignedIn = "signed_in",
        /// The password was wrong, or the e-mail address has no user.
        SignInFailed = "sign_in_failed",
        SignedOut = "signed_out",
        CardAdded = "card_added",
        /// Another card took the place of the card of a wallet with one.
        CardReplaced = "card_replaced",
        /// The details of a card were changed, or the same card was saved once more.
        CardUpdated = "card_updated",
        CardDeleted = "card_deleted",
        DefaultCardSet = "default_card_set",
        /// A request was refused. The reason says why.
        Refused = "refused",
        PasswordResetRequested = "password_reset_requested",
        PasswordReset = "password_reset",
        PersonExported = "person_exported",
        PersonDeleted = "person_deleted",
    }
}

text_enum! {
    /// Why something was refused, or why this server did it by itself.
    pub enum AuditReason {
        /// A rate limit is reached.
        Limit = "limit",
        /// The account accepts no new cards for a while.
        Cooldown = "cooldown",
        /// The CAPTCHA was missing or wrong.
        Captcha = "captcha",
        /// The bank wants to challenge the cardholder first.
        Challenge = "challenge",
        /// An appointment needs the card.
        DeletionBlock = "deletion_block",
        /// The issuer declined the card. Why, is not stored.
        Declined = "declined",
        /// The gateway no longer has the card.
        GoneAtGateway = "gone_at_gateway",
        /// The last session of the guest has ended.
        GuestLeft = "guest_left",
    }
}

text_enum! {
    /// Who did it.
    pub enum Actor {
        /// The person, in a browser.
        Person = "person",
        /// The server of the booking site.
        SiteServer = "site_server",
        /// This server by itself.
        WalletServer = "wallet_server",
        /// The operator, by a command.
        Operator = "operator",
    }
}

/// An event to record.
#[derive(Debug, Clone, Copy)]
pub struct NewAuditEvent<'a> {
    pub account_id: i64,
    pub owner: Option<OwnerId>,
    pub action: AuditAction,
    pub reason: Option<AuditReason>,
    pub actor: Actor,
    pub request_id: Option<&'a str>,
    /// The network of the client, as a fingerprint.
    pub client_network: Option<&'a [u8]>,
    /// The row of the card, and its last four digits.
    pub card: Option<(CardRowId, &'a str)>,
}

/// A recorded event.
#[derive(Debug, Clone, FromRow)]
pub struct AuditEvent {
    pub id: i64,
    pub account_id: i64,
    pub owner_id: Option<i64>,
    #[sqlx(try_from = "String")]
    pub action: AuditAction,
    reason: Option<String>,
    #[sqlx(try_from = "String")]
    pub actor: Actor,
    pub request_id: Option<String>,
    pub client_network: Option<Vec<u8>>,
    pub card_id: Option<i64>,
    pub last4: Option<String>,
    pub created_at: Seconds,
}

impl AuditEvent {
    /// The word of the reason, if the event has one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

pub async fn insert(db: impl Executor<'_>, new: &NewAuditEvent<'_>) -> Result<(), StoreError> {
    // A damaged row of a card must not keep the card from being deleted, nor bring another text into the trail.
    let last4 = new
        .card
        .map(|(_, last4)| last4)
        .filter(|last4| last4.len() == 4 && last4.bytes().all(|byte| byte.is_ascii_digit()));
    query(
        "INSERT INTO audit_events (account_id, owner_id, action, reason, actor, request_id, client_network, card_id,
                                   last4, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(new.account_id)
    .bind(new.owner)
    .bind(new.action)
    .bind(new.reason)
    .bind(new.actor)
    .bind(new.request_id)
    .bind(new.client_network)
    .bind(new.card.map(|(id, _)| id))
    .bind(last4)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Which events are read. `None` means all.
#[derive(Debug, Clone, Copy)]
pub struct AuditFilter {
    pub account_id: Option<i64>,
    pub owner: Option<OwnerId>,
    /// The time of the earliest event.
    pub since: Option<Seconds>,
    /// The maximum number of events; the newest are returned.
    pub limit: u32,
}

const OF_ALL: &str =
    "SELECT id, account_id, owner_id, action, reason, actor, request_id, client_network, card_id, last4, created_at
    FROM audit_events
    WHERE ($1 IS NULL OR account_id = $1) AND $2 IS NULL AND ($3 IS NULL OR created_at >= $3)
    ORDER BY id DESC LIMIT $4";
const OF_OWNER: &str =
    "SELECT id, account_id, owner_id, action, reason, actor, request_id, client_network, card_id, last4, created_at
    FROM audit_events
    WHERE owner_id = $2 AND ($1 IS NULL OR account_id = $1) AND ($3 IS NULL OR created_at >= $3)
    ORDER BY id DESC LIMIT $4";

/// The newest events that pass the filter, oldest first.
pub async fn list(
    db: impl Executor<'_>,
    filter: &AuditFilter,
) -> Result<Vec<AuditEvent>, StoreError> {
    // Each text has its own index: the events of a person are few among many.
    let sql = match filter.owner {
        Some(_) => OF_OWNER,
        None => OF_ALL,
    };
    let mut events: Vec<AuditEvent> = query(sql)
        .bind(filter.account_id)
        .bind(filter.owner)
        .bind(filter.since)
        .bind(filter.limit)
        .fetch_all(db)
        .await?;
    events.reverse();
    Ok(events)
}

/// Deletes at most `limit` events that are older than `age`.
pub async fn delete_older_than(
    db: impl Executor<'_>,
    age: Seconds,
    limit: u32,
) -> Result<(), StoreError> {
    query(
        "DELETE FROM audit_events WHERE id IN
             (SELECT id FROM audit_events WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(now().saturating_sub(age))
    .bind(limit)
    .execute(db)
    .await?;
    Ok(())
}
