//! Ticket Evolution's clients: owners with a name, addresses and telephone numbers.

use card_entry_protocol::dialect::ticket_evolution::{NewAddress, NewPhone};
use sqlx::{FromRow, SqliteConnection, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{Seconds, now};

#[derive(Debug, Clone, FromRow)]
pub struct StoredClient {
    /// The owner. Its number is the client's id.
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
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    name: &str,
) -> Result<StoredClient, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO clients (owner_id, name, created_at) VALUES (?, ?, ?) RETURNING owner_id, name",
    )
    .bind(owner)
    .bind(name)
    .bind(now())
    .fetch_one(db)
    .await?)
}

pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    owner: OwnerId,
) -> Result<Option<StoredClient>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT c.owner_id, c.name FROM clients c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = ? AND o.id = ?",
    )
    .bind(account_id)
    .bind(owner)
    .fetch_optional(db)
    .await?)
}

/// The clients of an account, oldest first.
pub async fn of_account(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
) -> Result<Vec<StoredClient>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT c.owner_id, c.name FROM clients c JOIN owners o ON o.id = c.owner_id
         WHERE o.account_id = ? ORDER BY c.owner_id",
    )
    .bind(account_id)
    .fetch_all(db)
    .await?)
}

/// Adds an address. If it is primary, the client's other addresses no longer are.
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

/// The addresses of a client, oldest first.
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

/// Adds a telephone number. If it is primary, the client's other numbers no longer are.
pub async fn add_phone(
    db: &mut SqliteConnection,
    owner: OwnerId,
    new: &NewPhone,
) -> Result<PhoneNumber, StoreError> {
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

/// The telephone numbers of a client, newest first, as Ticket Evolution lists them.
pub async fn phones(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Vec<PhoneNumber>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, label, country_code, number, extension, created_at, is_primary
         FROM phone_numbers WHERE owner_id = ? ORDER BY id DESC",
    )
    .bind(owner)
    .fetch_all(db)
    .await?)
}
