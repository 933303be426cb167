//! Users: people who signed up with e-mail and password. The `Debug` output must never show personal data.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::normalize::{email_key, email_keys};

#[derive(Clone, FromRow)]
pub struct User {
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    pub account_id: i64,
    /// The e-mail address, as it was typed.
    pub email: String,
    /// An Argon2id hash, as a PHC string.
    pub password_hash: String,
    pub first_name: String,
    pub last_name: String,
    pub phone_number: Option<String>,
    pub zip_code: Option<String>,
    pub country: Option<String>,
}

impl core::fmt::Debug for User {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("User")
            .field("owner_id", &self.owner_id)
            .finish_non_exhaustive()
    }
}

/// Adds a user. Fails with [`StoreError::is_duplicate`] if the account has a user with this e-mail address.
pub async fn insert(db: impl Executor<'_>, user: &User) -> Result<(), StoreError> {
    query(
        "INSERT INTO users (owner_id, account_id, email, email_key, password_hash, first_name, last_name,
                            phone_number, zip_code, country)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
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
    zip_code, country FROM users WHERE account_id = $1 AND email_key IN ($2, $3, $4)
    ORDER BY email_key = $5 DESC LIMIT 1";
const BY_OWNER: &str =
    "SELECT owner_id, account_id, email, password_hash, first_name, last_name, phone_number,
    zip_code, country FROM users WHERE owner_id = $1";

/// Finds a user by e-mail address. Also finds addresses that were stored before they were normalized.
pub async fn find_by_email(
    db: impl Executor<'_>,
    account_id: i64,
    email: &str,
) -> Result<Option<User>, StoreError> {
    let [key, decomposed, typed] = email_keys(email);
    query(BY_EMAIL)
        .bind(account_id)
        .bind(&key)
        .bind(decomposed)
        .bind(typed)
        .bind(&key)
        .fetch_optional(db)
        .await
}

pub async fn update_password_hash(
    db: impl Executor<'_>,
    owner: OwnerId,
    password_hash: &str,
) -> Result<(), StoreError> {
    query("UPDATE users SET password_hash = $1 WHERE owner_id = $2")
        .bind(password_hash)
        .bind(owner)
        .execute(db)
        .await?;
    Ok(())
}

/// Finds the user of an owner; `None` for guests.
pub async fn find_by_owner(
    db: impl Executor<'_>,
    owner: OwnerId,
) -> Result<Option<User>, StoreError> {
    query(BY_OWNER).bind(owner).fetch_optional(db).await
}
