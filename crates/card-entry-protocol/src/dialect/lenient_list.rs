//! Reads lists without their invalid items.
//!
//! Used by `deserialize_with` for every list of a server's response. One invalid item must never empty the list.
//! [`crate::tree::Tree::lenient_list`] does the same for trees.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

#[derive(Deserialize)]
#[serde(untagged)]
enum LenientItem<T> {
    Valid(T),
    Invalid(IgnoredAny),
}

/// Reads the valid items of a list; the others are left out.
///
/// # Errors
/// The value is not a list.
///
/// ```
/// use card_entry_protocol::dialect::lenient_list;
///
/// #[derive(serde::Deserialize)]
/// struct Page {
///     #[serde(deserialize_with = "lenient_list::read")]
///     ids: Vec<u64>,
/// }
/// let page: Page = serde_json::from_str(r#"{"ids": [1, "x", 3]}"#)?;
/// assert_eq!(page.ids, [1, 3]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let valid = |item| match item {
        LenientItem::Valid(item) => Some(item),
        LenientItem::Invalid(_) => None,
    };
    Ok(Vec::<LenientItem<T>>::deserialize(from)?
        .into_iter()
        .filter_map(valid)
        .collect())
}
