//! Lists of which one bad row never empties the rest.
//!
//! Named in the `deserialize_with` of every list a server answers with. [`crate::tree::Tree::rows`] is the same for
//! trees.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

#[derive(Deserialize)]
#[serde(untagged)]
enum LenientItem<T> {
    Good(T),
    Bad(IgnoredAny),
}

/// Reads the rows that can be read; the others are left out.
///
/// # Errors
/// It is no list at all.
pub fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let good = |row| match row {
        LenientItem::Good(row) => Some(row),
        LenientItem::Bad(_) => None,
    };
    Ok(Vec::<LenientItem<T>>::deserialize(from)?
        .into_iter()
        .filter_map(good)
        .collect())
}
