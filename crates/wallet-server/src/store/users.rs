//! Users: people who signed up, by account.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::typed::{email_key, email_keys};

/// A person, as they signed up. Debug leaves out what is private.
#[derive(Clone, FromRow)]
pub struct User {
    /// The owner this person is.
    pub owner_id: OwnerId,
    /// The account they signed up with.
    pub account_id: i64,
    /// The address as typed.
    pub email: String,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone, if given.
    pub phone_number: Option<String>,
    /// Postal code, if given.
    pub zip_code: Option<String>,
    /// Country, if given.
    pub country: Option<String>,
}

impl core::fmt::Debug for User {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("User")
            .field("owner_id", &self.owner_id)
            .finish_non_exhaustive()
    }
}

/// Adds a person.
///
/// # Errors
/// When the database refuses; [`StoreError::is_duplicate`] when the address is taken in this account.
pub async fn insert(db: impl SqliteExecutor<'_>, user: &User) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (owner_id, account_id, email, email_key, password_hash, first_name, last_name,
                            phone_number, zip_code, country)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(user.owner_id)
    .bind(user.account_id)
    .bind(user.email.trim())
    .bind(email_key(&user.email))
    .bind(&user.password_hash)
    .bind(&user.first_name)
    .bind(&user.last_name)
    .bind(&user.phone_number)
    .bind(&user.zip_code)
    .bind(&user.country)
    .execute(db)
    .await?;
    Ok(())
}

const BY_EMAIL: &str =
    "SELECT owner_id, account_id, email, password_hash, first_name, last_name, phone_number,
    zip_code, country FROM users WHERE account_id = ? AND email_key IN (?, ?, ?)
    ORDER BY email_key = ? DESC LIMIT 1";
const BY_OWNER: &str =
    "SELECT owner_id, account_id, email, password_hash, first_name, last_name, phone_number,
    zip_code, country FROM users WHERE owner_id = ?";

/// Finds a person by address, also by one that was stored before addresses had one form.
///
/// # Errors
/// When the database refuses.
pub async fn by_email(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    email: &str,
) -> Result<Option<User>, StoreError> {
    let [key, decomposed, typed] = email_keys(email);
    Ok(sqlx::query_as(BY_EMAIL)
        .bind(account_id)
        .bind(&key)
        .bind(decomposed)
        .bind(typed)
        .bind(&key)
        .fetch_optional(db)
        .await?)
}

/// Keeps a new hash of the same password.
///
/// # Errors
/// When the database refuses.
pub async fn rehash(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    password_hash: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET password_hash = ? WHERE owner_id = ?")
        .bind(password_hash)
        .bind(owner)
        .execute(db)
        .await?;
    Ok(())
}

/// Finds the person an owner is; `None` for guests.
///
/// # Errors
/// When the database refuses.
pub async fn by_owner(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Option<User>, StoreError> {
    Ok(sqlx::query_as(BY_OWNER)
        .bind(owner)
        .fetch_optional(db)
        .await?)
}
