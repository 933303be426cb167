//! Ticket Evolution's clients: owners with a name, addresses and telephone numbers.

use card_entry_protocol::dialect::ticket_evolution::{NewAddress, NewPhone};
use sqlx::{FromRow, SqliteConnection, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{Seconds, now};

/// A client.
#[derive(Debug, Clone, FromRow)]
pub struct Client {
    /// The owner, whose number is the client's.
    pub owner_id: OwnerId,
    /// Given and family name.
    pub name: String,
}

/// An address of a client.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs)] // the vendor's members, documented with its types
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

/// A telephone number of a client.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs)] // as above
pub struct Phone {
    pub id: i64,
    pub label: Option<String>,
    pub country_code: String,
    pub number: String,
    pub extension: Option<String>,
    pub created_at: Seconds,
    pub is_primary: bool,
}

/// Makes an owner a client.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    name: &str,
) -> Result<Client, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO clients (owner_id, name, created_at) VALUES (?, ?, ?) RETURNING owner_id, name",
    )
    .bind(owner)
    .bind(name)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// A client of an account.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    owner: OwnerId,
) -> Result<Option<Client>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT c.owner_id, c.name FROM clients c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = ? AND o.id = ?",
    )
    .bind(account_id)
    .bind(owner)
    .fetch_optional(db)
    .await?)
}

/// An account's clients, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_account(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
) -> Result<Vec<Client>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT c.owner_id, c.name FROM clients c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = ? ORDER BY c.owner_id",
    )
    .bind(account_id)
    .fetch_all(db)
    .await?)
}

/// Adds an address; of several the last primary one is the primary one.
///
/// # Errors
/// When the database refuses.
pub async fn add_address(
    db: &mut SqliteConnection,
    owner: OwnerId,
    new: &NewAddress,
) -> Result<Address, StoreError> {
    if new.primary == Some(true) {
        sqlx::query("UPDATE addresses SET is_primary = 0 WHERE owner_id = ?")
            .bind(owner)
            .execute(&mut *db)
            .await?;
    }
    Ok(sqlx::query_as(
        "INSERT INTO addresses (owner_id, label, name, street_address, extended_address, locality, region,
                                postal_code, country_code, is_primary)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
    .await?)
}

/// A client's addresses, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn addresses(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Vec<Address>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, label, name, street_address, extended_address, locality, region, postal_code, country_code,
                is_primary
         FROM addresses WHERE owner_id = ? ORDER BY id",
    )
    .bind(owner)
    .fetch_all(db)
    .await?)
}

/// Adds a telephone number; of several the last primary one is the primary one.
///
/// # Errors
/// When the database refuses.
pub async fn add_phone(
    db: &mut SqliteConnection,
    owner: OwnerId,
    new: &NewPhone,
) -> Result<Phone, StoreError> {
    if new.primary {
        sqlx::query("UPDATE phone_numbers SET is_primary = 0 WHERE owner_id = ?")
            .bind(owner)
            .execute(&mut *db)
            .await?;
    }
    Ok(sqlx::query_as(
        "INSERT INTO phone_numbers (owner_id, label, country_code, number, extension, created_at, is_primary)
         VALUES (?, ?, ?, ?, ?, ?, ?)
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
    .await?)
}

/// A client's telephone numbers, newest first, as the vendor lists them.
///
/// # Errors
/// When the database refuses.
pub async fn phones(db: impl SqliteExecutor<'_>, owner: OwnerId) -> Result<Vec<Phone>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, label, country_code, number, extension, created_at, is_primary
         FROM phone_numbers WHERE owner_id = ? ORDER BY id DESC",
    )
    .bind(owner)
    .fetch_all(db)
    .await?)
}
