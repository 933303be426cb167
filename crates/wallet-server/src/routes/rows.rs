//! Lists of which one bad row never empties the rest.
//!
//! Used by every list a dialect shows. What cannot be shown is left out and logged; it stays in the database, and can
//! still be deleted.

use crate::error::ApiError;

/// The rows that can be shown.
pub(super) fn readable<T>(rows: impl IntoIterator<Item = Result<T, ApiError>>) -> Vec<T> {
    let good = |row| match row {
        Ok(row) => Some(row),
        Err(ApiError::Broken(cause)) => {
            tracing::error!(cause, "a row is left out of a list");
            None
        }
        Err(error) => {
            tracing::error!(?error, "a row is left out of a list");
            None
        }
    };
    rows.into_iter().filter_map(good).collect()
}
