//! Whether an owner has a history: a card that was saved before a time. A card tester with new names has none.
//!
//! Called by the limits of the wallet server, and by the queries of open intents. It must never count a card that was
//! only tried.

use crate::{Executor, StoreError, query};

use super::owners::OwnerId;
use wallet_core::clock::Seconds;

/// The SQL condition that the owner in a column has a history before the time in a parameter. A wallet of one card keeps
/// its row when the card is replaced, and a vault's cards have no row in `saves`: so both tables are read.
macro_rules! has_history_sql {
    ($owner:literal, $before:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM saves s WHERE s.owner_id = ",
            $owner,
            " AND s.created_at <= ",
            $before,
            ") OR EXISTS (SELECT 1 FROM cards c WHERE c.owner_id = ",
            $owner,
            " AND c.created_at <= ",
            $before,
            "))"
        )
    };
}
pub(crate) use has_history_sql;

/// Whether the owner saved a card at this time or earlier.
pub async fn exists(
    db: impl Executor<'_>,
    owner: OwnerId,
    before: Seconds,
) -> Result<bool, StoreError> {
    query(concat!("SELECT ", has_history_sql!("$1", "$2")))
        .bind(owner)
        .bind(before)
        .scalar(db)
        .await
}
