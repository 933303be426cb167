//! People: found by whatever names them, deleted with everything that is theirs, and guests who have left.
//!
//! Called by the server's own calls and commands for people, and by the clean-up. What is kept of a deleted person, and
//! why, is in `docs/people.md`. A number of a person must never be used twice.

mod export;

use sqlx::FromRow;

use crate::cards::Card;
use crate::owners::{self, Owner, OwnerId};
use crate::{Executor, StoreConnection, StoreError, cards, query, users};
use wallet_core::clock::{Seconds, now};

pub use export::{CardLabel, ClientRow, ConsentRow, Dated, Export, OwnerIdentity, Period, export};

/// What names one person of an account.
#[derive(Debug, Clone, Copy)]
pub enum PersonKey<'a> {
    /// The number of the owner.
    Number(OwnerId),
    /// The e-mail address of a user.
    Email(&'a str),
    /// The booking site's own id.
    ExternalId(&'a str),
}

pub async fn find(
    db: &crate::StorePool,
    account_id: i64,
    key: PersonKey<'_>,
) -> Result<Option<Owner>, StoreError> {
    match key {
        PersonKey::Number(id) => owners::find(db, account_id, id).await,
        PersonKey::Email(email) => match users::find_by_email(db, account_id, email).await? {
            Some(user) => owners::find(db, account_id, user.owner_id).await,
            None => Ok(None),
        },
        PersonKey::ExternalId(id) => {
            query(
                "SELECT id, account_id, customer_id, created_at FROM owners
                 WHERE account_id = $1 AND external_id = $2",
            )
            .bind(account_id)
            .bind(id)
            .fetch_optional(db)
            .await
        }
    }
}

/// Deletes a person with cards, deletion blocks, sessions and everything else of theirs, but not the consents.
pub async fn delete(db: &mut StoreConnection, owner: &Owner) -> Result<(), StoreError> {
    let blocks =
        "DELETE FROM deletion_blocks WHERE card_id IN (SELECT id FROM cards WHERE owner_id = $1)";
    query(blocks).bind(owner.id).execute(&mut *db).await?;
    query("DELETE FROM cards WHERE owner_id = $1")
        .bind(owner.id)
        .execute(&mut *db)
        .await?;
    // The rows of the other tables refer to the owner, and go with it.
    query("DELETE FROM owners WHERE id = $1")
        .bind(owner.id)
        .execute(&mut *db)
        .await?;
    query("INSERT INTO deleted_people (owner_id, account_id, deleted_at) VALUES ($1, $2, $3)")
        .bind(owner.id)
        .bind(owner.account_id)
        .bind(now())
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes the consents of people who were deleted longer than `age` ago, of at most `limit` people.
pub async fn delete_consents_of_deleted(
    db: &mut StoreConnection,
    age: Seconds,
    limit: u32,
) -> Result<(), StoreError> {
    let gone: Vec<i64> = query(
        "SELECT owner_id FROM deleted_people WHERE deleted_at <= $1 ORDER BY deleted_at LIMIT $2",
    )
    .bind(now().saturating_sub(age))
    .bind(limit)
    .scalars(&mut *db)
    .await?;
    for owner in gone {
        query("DELETE FROM consents WHERE owner_id = $1")
            .bind(owner)
            .execute(&mut *db)
            .await?;
        query("DELETE FROM deleted_people WHERE owner_id = $1")
            .bind(owner)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// A guest without a session who still has a card that no appointment needs.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct GoneGuest {
    pub account_id: i64,
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
}

/// At most `limit` guests whose last session has ended, and who have a card without an active deletion block.
pub async fn gone_guests(db: impl Executor<'_>, limit: u32) -> Result<Vec<GoneGuest>, StoreError> {
    query(
        "SELECT o.account_id, o.id AS owner_id FROM owners o
         WHERE o.kind = 'guest'
           AND EXISTS (SELECT 1 FROM cards c WHERE c.owner_id = o.id AND NOT EXISTS
                           (SELECT 1 FROM deletion_blocks h WHERE h.card_id = c.id AND h.until_at > $1))
           AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.owner_id = o.id AND s.expires_at > $1)
         ORDER BY o.id LIMIT $2",
    )
    .bind(now())
    .bind(limit)
    .fetch_all(db)
    .await
}

/// The cards of a guest whose last session has ended, but for those with an active deletion block. Of another owner there
/// are none.
pub async fn cards_of_gone_guest(
    db: &mut StoreConnection,
    owner: OwnerId,
) -> Result<Vec<Card>, StoreError> {
    let is_gone: bool = query(
        "SELECT EXISTS (SELECT 1 FROM owners WHERE id = $1 AND kind = 'guest')
            AND NOT EXISTS (SELECT 1 FROM sessions WHERE owner_id = $1 AND expires_at > $2)",
    )
    .bind(owner)
    .bind(now())
    .scalar(&mut *db)
    .await?;
    if !is_gone {
        return Ok(Vec::new());
    }
    let blocked: Vec<i64> = query(
        "SELECT h.card_id FROM deletion_blocks h JOIN cards c ON c.id = h.card_id
         WHERE c.owner_id = $1 AND h.until_at > $2",
    )
    .bind(owner)
    .bind(now())
    .scalars(&mut *db)
    .await?;
    let mut free = cards::of_owner(db, owner).await?;
    free.retain(|card| !blocked.contains(&card.id.0));
    Ok(free)
}
