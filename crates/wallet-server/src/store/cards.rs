//! Cards: the facts the gateway gave, never what a client said.

use card_entry_protocol::card::Brand;
use sqlx::{FromRow, SqliteExecutor};

use super::owners::OwnerId;
use super::{StoreError, Write};
use crate::clock::now;

/// What the gateway says of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `cus_…`.
    pub customer_id: String,
    /// `pm_…`.
    pub payment_method: String,
    /// The same for every copy of one card, when the gateway tells.
    pub fingerprint: Option<String>,
    /// As the gateway spells it.
    pub brand: String,
    /// Four digits.
    pub last4: String,
    /// 1 to 12.
    pub exp_month: u16,
    /// Four digits.
    pub exp_year: u16,
    /// As the gateway spells it.
    pub funding: String,
    /// ISO 3166, of the issuer.
    pub country: Option<String>,
    /// The network its holder chose, of a card that runs on more than one.
    pub preferred_network: Option<String>,
    /// The brand to show for that choice, as the gateway spells it.
    pub display_brand: Option<String>,
    /// The name on the card.
    pub name: Option<String>,
    /// Billing address, first line.
    pub address_line1: Option<String>,
    /// Billing address, city.
    pub address_city: Option<String>,
    /// Billing address, state.
    pub address_state: Option<String>,
    /// Billing address, postal code.
    pub address_zip: Option<String>,
    /// Billing address, ISO 3166.
    pub address_country: Option<String>,
}

/// A card's row number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct CardId(pub i64);

/// A stored card.
#[derive(Debug, Clone, FromRow)]
pub struct Card {
    /// Its row.
    pub id: CardId,
    /// Whose it is.
    pub owner_id: OwnerId,
    /// `cus_…`.
    pub customer_id: String,
    /// `pm_…`.
    pub payment_method: String,
    /// The same for every copy of one card.
    pub fingerprint: Option<String>,
    /// As the gateway spells it.
    pub brand: String,
    /// Four digits.
    pub last4: String,
    /// 1 to 12.
    pub exp_month: u16,
    /// Four digits.
    pub exp_year: u16,
    /// ISO 3166, of the issuer.
    pub country: Option<String>,
    /// The network its holder chose, of a card that runs on more than one.
    pub preferred_network: Option<String>,
    /// The brand to show for that choice, as the gateway spells it.
    pub display_brand: Option<String>,
    /// The name on the card.
    pub name: Option<String>,
    /// Billing address, first line.
    pub address_line1: Option<String>,
    /// Billing address, city.
    pub address_city: Option<String>,
    /// Billing address, state.
    pub address_state: Option<String>,
    /// Billing address, postal code.
    pub address_zip: Option<String>,
    /// Billing address, ISO 3166.
    pub address_country: Option<String>,
    /// Whether it is the one used unless another is chosen.
    pub is_default: bool,
    /// When it came.
    pub created_at: i64,
}

impl Card {
    /// The brand to show: the one its holder chose, of a card that runs on more than one network.
    #[must_use]
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

/// An owner's cards: the default first, then the newest.
///
/// # Errors
/// When the database refuses.
pub async fn of_owner(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Vec<Card>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, owner_id, customer_id, payment_method, fingerprint, brand, last4, exp_month, exp_year, country,
                preferred_network, display_brand, name, address_line1, address_city, address_state, address_zip, address_country, is_default, created_at
         FROM cards WHERE owner_id = ? ORDER BY is_default DESC, created_at DESC, id DESC",
    )
    .bind(owner)
    .fetch_all(db)
    .await?)
}

/// Whether any wallet holds a payment method.
///
/// # Errors
/// When the database refuses.
pub async fn holds(db: impl SqliteExecutor<'_>, payment_method: &str) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM cards WHERE payment_method = ?)")
            .bind(payment_method)
            .fetch_one(db)
            .await?,
    )
}

/// The card of an account an appointment needs: named by its payment method, alone or after its customer and a bar, or
/// the default of an owner.
///
/// # Errors
/// When the database refuses.
pub async fn wanted(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    name: Option<&str>,
    owner: Option<OwnerId>,
) -> Result<Option<Card>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT c.id, c.owner_id, c.customer_id, c.payment_method, c.fingerprint, c.brand, c.last4, c.exp_month,
                c.exp_year, c.country, c.preferred_network, c.display_brand, c.name, c.address_line1, c.address_city, c.address_state, c.address_zip,
                c.address_country, c.is_default, c.created_at
         FROM cards c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = ?1 AND (?3 IS NULL OR o.id = ?3)
           AND CASE WHEN ?2 IS NULL THEN c.is_default = 1
                    ELSE c.payment_method = ?2 OR c.customer_id || '|' || c.payment_method = ?2 END",
    )
    .bind(account_id)
    .bind(name)
    .bind(owner)
    .fetch_optional(db)
    .await?)
}

/// Adds a card. `sole`: the wallet holds one, and the database refuses a second.
///
/// # Errors
/// When the database refuses; [`StoreError::is_duplicate`] when the payment method is another owner's.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    facts: &Facts,
    sole: bool,
    is_default: bool,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO cards (owner_id, sole, is_default, customer_id, payment_method, fingerprint, brand, last4,
                            exp_month, exp_year, funding, country, name, address_line1, address_city, address_state,
                            address_zip, address_country, created_at, updated_at, preferred_network, display_brand)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?19, ?20, ?21)",
    )
    .bind(owner)
    .bind(sole)
    .bind(is_default)
    .bind(&facts.customer_id)
    .bind(&facts.payment_method)
    .bind(&facts.fingerprint)
    .bind(&facts.brand)
    .bind(&facts.last4)
    .bind(facts.exp_month)
    .bind(facts.exp_year)
    .bind(&facts.funding)
    .bind(&facts.country)
    .bind(&facts.name)
    .bind(&facts.address_line1)
    .bind(&facts.address_city)
    .bind(&facts.address_state)
    .bind(&facts.address_zip)
    .bind(&facts.address_country)
    .bind(now())
    .bind(&facts.preferred_network)
    .bind(&facts.display_brand)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes other facts into a card's row: what refers to it, such as a hold, moves along.
///
/// # Errors
/// As [`insert`].
pub async fn put(db: impl SqliteExecutor<'_>, id: CardId, facts: &Facts) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE cards SET customer_id = ?2, payment_method = ?3, fingerprint = ?4, brand = ?5, last4 = ?6,
                          exp_month = ?7, exp_year = ?8, funding = ?9, country = ?10, name = ?11, address_line1 = ?12,
                          address_city = ?13, address_state = ?14, address_zip = ?15, address_country = ?16,
                          updated_at = ?17,
                          preferred_network = ?18, display_brand = ?19
         WHERE id = ?1",
    )
    .bind(id)
    .bind(&facts.customer_id)
    .bind(&facts.payment_method)
    .bind(&facts.fingerprint)
    .bind(&facts.brand)
    .bind(&facts.last4)
    .bind(facts.exp_month)
    .bind(facts.exp_year)
    .bind(&facts.funding)
    .bind(&facts.country)
    .bind(&facts.name)
    .bind(&facts.address_line1)
    .bind(&facts.address_city)
    .bind(&facts.address_state)
    .bind(&facts.address_zip)
    .bind(&facts.address_country)
    .bind(now())
    .bind(&facts.preferred_network)
    .bind(&facts.display_brand)
    .execute(db)
    .await?;
    Ok(())
}

/// A card's new holder and date; what is `None` stays.
#[derive(Debug)]
pub struct Dating<'a> {
    /// The name on the card.
    pub name: Option<&'a str>,
    /// Month and year.
    pub expiry: Option<(u16, u16)>,
}

/// Writes a card's new holder and date.
///
/// # Errors
/// When the database refuses.
pub async fn redate(
    db: impl SqliteExecutor<'_>,
    id: CardId,
    new: &Dating<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE cards SET name = COALESCE(?2, name), exp_month = COALESCE(?3, exp_month),
                          exp_year = COALESCE(?4, exp_year), updated_at = ?5
         WHERE id = ?1",
    )
    .bind(id)
    .bind(new.name)
    .bind(new.expiry.map(|(month, _)| month))
    .bind(new.expiry.map(|(_, year)| year))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Makes one card of an owner the default, and no other.
///
/// # Errors
/// When the database refuses.
pub async fn make_default(tx: &mut Write, owner: OwnerId, id: CardId) -> Result<(), StoreError> {
    // Two steps: the index would meet two defaults in the middle of one.
    sqlx::query(
        "UPDATE cards SET is_default = 0 WHERE owner_id = ? AND is_default = 1 AND id <> ?",
    )
    .bind(owner)
    .bind(id)
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE cards SET is_default = 1 WHERE owner_id = ? AND id = ?")
        .bind(owner)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a card; a live hold on it makes the database refuse.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: impl SqliteExecutor<'_>, id: CardId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM cards WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
