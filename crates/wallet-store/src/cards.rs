//! Stored cards, as the gateway described them. It must never store what a client sent about a card.

mod write;

use crate::{Executor, StoreError, query};
use card_entry_protocol::card::Brand;
use sqlx::FromRow;

use super::owners::OwnerId;
pub use write::{
    CardFlags, HolderAndExpiry, delete, insert, set_default, update, update_holder_and_expiry,
};

/// A card as the gateway describes it, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayCard {
    /// The gateway's customer, `cus_…`.
    pub customer_id: String,
    /// The gateway's payment method, `pm_…`.
    pub payment_method: String,
    /// The same for every copy of one card, if the gateway has one.
    pub fingerprint: Option<String>,
    /// The brand, as the gateway spells it.
    pub brand: String,
    pub last4: String,
    pub exp_month: u16,
    pub exp_year: u16,
    /// `credit`, `debit`, `prepaid` or `unknown`.
    pub funding: String,
    /// The country of the issuer, ISO 3166.
    pub country: Option<String>,
    /// For a card of more than one network: the network that the cardholder chose.
    pub preferred_network: Option<String>,
    /// The brand to show for that choice, as the gateway spells it.
    pub display_brand: Option<String>,
    pub name: Option<String>,
    pub address_line1: Option<String>,
    pub address_city: Option<String>,
    pub address_state: Option<String>,
    pub address_zip: Option<String>,
    pub address_country: Option<String>,
}

pub use wallet_core::ids::CardRowId;

/// A card in a wallet. Its fields are those of [`GatewayCard`].
#[derive(Debug, Clone, FromRow)]
pub struct Card {
    #[sqlx(try_from = "i64")]
    pub id: CardRowId,
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    pub customer_id: String,
    pub payment_method: String,
    pub fingerprint: Option<String>,
    pub brand: String,
    pub last4: String,
    #[sqlx(try_from = "i64")]
    pub exp_month: u16,
    #[sqlx(try_from = "i64")]
    pub exp_year: u16,
    pub country: Option<String>,
    pub preferred_network: Option<String>,
    pub display_brand: Option<String>,
    pub name: Option<String>,
    pub address_line1: Option<String>,
    pub address_city: Option<String>,
    pub address_state: Option<String>,
    pub address_zip: Option<String>,
    pub address_country: Option<String>,
    pub is_default: bool,
    pub created_at: i64,
}

impl Card {
    /// The brand to show. For a card of more than one network it is the brand that the cardholder chose.
    pub fn shown_brand(&self) -> Brand {
        let chosen = self
            .preferred_network
            .as_ref()
            .and(self.display_brand.as_ref());
        chosen
            .and_then(|brand| Brand::parse(brand))
            .or_else(|| Brand::parse(&self.brand))
            .unwrap_or(Brand::Unknown)
    }
}

/// The cards of an owner: the default card first, then the newest.
pub async fn of_owner(db: impl Executor<'_>, owner: OwnerId) -> Result<Vec<Card>, StoreError> {
    query(
        "SELECT id, owner_id, customer_id, payment_method, fingerprint, brand, last4, exp_month, exp_year, country,
                preferred_network, display_brand, name, address_line1, address_city, address_state, address_zip,
                address_country, is_default, created_at
         FROM cards WHERE owner_id = $1 ORDER BY is_default DESC, created_at DESC, id DESC",
    )
    .bind(owner)
    .fetch_all(db)
    .await
}

/// Whether a payment method is in any wallet.
pub async fn contains(db: impl Executor<'_>, payment_method: &str) -> Result<bool, StoreError> {
    query("SELECT EXISTS (SELECT 1 FROM cards WHERE payment_method = $1)")
        .bind(payment_method)
        .scalar(db)
        .await
}

/// Finds a card by payment method id, by MyTime id (`cus_..|pm_..`), or the owner's default card if `id` is `None`.
pub async fn find_by_id_or_default(
    db: impl Executor<'_>,
    account_id: i64,
    id: Option<&str>,
    owner: Option<OwnerId>,
) -> Result<Option<Card>, StoreError> {
    // In two statements, so that each has an index to search in.
    let statement = match id {
        Some(id) => query(
            "SELECT c.id, c.owner_id, c.customer_id, c.payment_method, c.fingerprint, c.brand, c.last4, c.exp_month,
                    c.exp_year, c.country, c.preferred_network, c.display_brand, c.name, c.address_line1,
                    c.address_city, c.address_state, c.address_zip, c.address_country, c.is_default, c.created_at
             FROM cards c JOIN owners o ON o.id = c.owner_id
             WHERE (c.payment_method = $1 OR c.customer_id || '|' || c.payment_method = $1)
               AND o.account_id = $2 AND ($3 IS NULL OR o.id = $3)",
        )
        .bind(id)
        .bind(account_id)
        .bind(owner),
        None => query(
            "SELECT c.id, c.owner_id, c.customer_id, c.payment_method, c.fingerprint, c.brand, c.last4, c.exp_month,
                    c.exp_year, c.country, c.preferred_network, c.display_brand, c.name, c.address_line1,
                    c.address_city, c.address_state, c.address_zip, c.address_country, c.is_default, c.created_at
             FROM cards c JOIN owners o ON o.id = c.owner_id
             WHERE c.owner_id = $1 AND c.is_default AND o.account_id = $2",
        )
        .bind(owner)
        .bind(account_id),
    };
    statement.fetch_optional(db).await
}
