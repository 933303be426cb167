//! Ticket Evolution's clients: owners with a name, addresses and telephone numbers.

use crate::{Executor, StoreConnection, StoreError, query};
use card_entry_protocol::dialect::ticket_evolution::{NewAddress, NewPhone};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{Seconds, now};

#[derive(Debug, Clone, FromRow)]
pub struct StoredClient {
    /// The owner. Its number is the client's id.
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    /// First and last name.
    pub name: String,
}

#[derive(Debug, Clone, FromRow)]
pub struct Address {
    pub id: i64,
    pub label: Option<String>,
    pub name: Option<String>,
    pub street_address: String,
    pub extended_address: Option<String>,
    pub locality: String,
    pub region: Option<String>,
    pub postal_code: String,
    pub country_code: String,
    pub is_primary: bool,
}

#[derive(Debug, Clone, FromRow)]
pub struct PhoneNumber {
    pub id: i64,
    pub label: Option<String>,
    pub country_code: String,
    pub number: String,
    pub extension: Option<String>,
    pub created_at: Seconds,
    pub is_primary: bool,
}

/// Makes a client of an owner.
pub async fn insert(
    db: impl Executor<'_>,
    owner: OwnerId,
    name: &str,
) -> Result<StoredClient, StoreError> {
    query(
        "INSERT INTO clients (owner_id, name, created_at) VALUES ($1, $2, $3) RETURNING owner_id, name",
    )
    .bind(owner)
    .bind(name)
    .bind(now())
    .fetch_one(db)
    .await
}

pub async fn find(
    db: impl Executor<'_>,
    account_id: i64,
    owner: OwnerId,
) -> Result<Option<StoredClient>, StoreError> {
    query(
        "SELECT c.owner_id, c.name FROM clients c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = $1 AND o.id = $2",
    )
    .bind(account_id)
    .bind(owner)
    .fetch_optional(db)
    .await
}

/// The clients of an account, oldest first.
pub async fn of_account(
    db: impl Executor<'_>,
    account_id: i64,
) -> Result<Vec<StoredClient>, StoreError> {
    query(
        "SELECT c.owner_id, c.name FROM clients c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = $1 ORDER BY c.owner_id",
    )
    .bind(account_id)
    .fetch_all(db)
    .await
}

/// Adds an address. If it is primary, the client's other addresses no longer are.
pub async fn add_address(
    db: &mut StoreConnection,
    owner: OwnerId,
    new: &NewAddress,
) -> Result<Address, StoreError> {
    if new.primary == Some(true) {
        query("UPDATE addresses SET is_primary = FALSE WHERE owner_id = $1")
            .bind(owner)
            .execute(&mut *db)
            .await?;
    }
    query(
        "INSERT INTO addresses (owner_id, label, name, street_address, extended_address, locality, region,
                                postal_code, country_code, is_primary)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         RETURNING id, label, name, street_address, extended_address, locality, region, postal_code, country_code,
                   is_primary",
    )
    .bind(owner)
    .bind(&new.label)
    .bind(&new.name)
    .bind(&new.street_address)
    .bind(&new.extended_address)
    .bind(&new.locality)
    .bind(&new.region)
    .bind(&new.postal_code)
    .bind(&new.country_code)
    .bind(new.primary == Some(true))
    .fetch_one(&mut *db)
    .await
}

/// The addresses of a client, oldest first.
pub async fn addresses(db: impl Executor<'_>, owner: OwnerId) -> Result<Vec<Address>, StoreError> {
    query(
        "SELECT id, label, name, street_address, extended_address, locality, region, postal_code, country_code,
                is_primary
         FROM addresses WHERE owner_id = $1 ORDER BY id",
    )
    .bind(owner)
    .fetch_all(db)
    .await
}

/// Adds a telephone number. If it is primary, the client's other numbers no longer are.
pub async fn add_phone(
    db: &mut StoreConnection,
    owner: OwnerId,
    new: &NewPhone,
) -> Result<PhoneNumber, StoreError> {
    if new.primary {
        query("UPDATE phone_numbers SET is_primary = FALSE WHERE owner_id = $1")
            .bind(owner)
            .execute(&mut *db)
            .await?;
    }
    query(
        "INSERT INTO phone_numbers (owner_id, label, country_code, number, extension, created_at, is_primary)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         RETURNING id, label, country_code, number, extension, created_at, is_primary",
    )
    .bind(owner)
    .bind(&new.label)
    .bind(&new.country_code)
    .bind(&new.number)
    .bind(&new.extension)
    .bind(now())
    .bind(new.primary)
    .fetch_one(&mut *db)
    .await
}

/// The telephone numbers of a client, newest first, as Ticket Evolution lists them.
pub async fn phones(db: impl Executor<'_>, owner: OwnerId) -> Result<Vec<PhoneNumber>, StoreError> {
    query(
        "SELECT id, label, country_code, number, extension, created_at, is_primary
         FROM phone_numbers WHERE owner_id = $1 ORDER BY id DESC",
    )
    .bind(owner)
    .fetch_all(db)
    .await
}
