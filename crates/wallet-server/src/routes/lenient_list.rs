//! Lists that skip a row that cannot be shown.
//!
//! Used by every list of a vendor's API. A skipped row is logged, stays in the database and can still be deleted. One bad
//! row must never fail the whole list.

use crate::error::ApiError;

/// The rows that can be shown.
pub(super) fn skip_unreadable<T>(rows: impl IntoIterator<Item = Result<T, ApiError>>) -> Vec<T> {
    let shown = |row| match row {
        Ok(row) => Some(row),
        Err(ApiError::Internal(cause)) => {
            tracing::error!(cause, "list row skipped: it cannot be shown");
            None
        }
        Err(error) => {
            tracing::error!(?error, "list row skipped: it cannot be shown");
            None
        }
    };
    rows.into_iter().filter_map(shown).collect()
}
