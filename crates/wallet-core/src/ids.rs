//! The ids of rows that this server numbers itself. A type for each, so that one is never taken for another.
//!
//! Used by the store and everything above it. They must never be compared across two databases.

/// The number of an owner. MyTime shows it as the user's `id`.
///
/// ```
/// use wallet_core::ids::OwnerId;
///
/// assert_eq!(OwnerId(7).0, 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnerId(pub i64);

/// The row of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardRowId(pub i64);

impl From<i64> for OwnerId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}

impl From<i64> for CardRowId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}
