//! Finds the known name that is most like an unknown one, for a hint such as "did you mean `font_size`?".
//!
//! The settings' parser calls it, and the companion for attributes. It must never guess from far: a wrong hint is worse than
//! none.

/// The known name that is most like `name`: equal except for case and punctuation (`fontSize`, `companyid`), or at most two
/// letters different, or contained in it (`colorBackground`).
///
/// ```
/// use card_entry_protocol::nearest::nearest;
///
/// let known = ["font_size", "radius"];
/// assert_eq!(nearest("fontSize", &known), Some("font_size"));
/// assert_eq!(nearest("opacity", &known), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = letters(name);
    let near = |known: &&&str| {
        let known = letters(known);
        let max = if known.len() > 4 { 2 } else { 1 };
        distance(&name, &known) <= max
    };
    // The distance comes first, because a name that is contained in another is a weaker hint.
    known
        .iter()
        .find(|known| letters(known) == name)
        .or_else(|| known.iter().find(near))
        .or_else(|| {
            let inside = |known: &&&str| known.len() > 3 && contains(&name, &letters(known));
            known.iter().find(inside)
        })
        .copied()
}

/// The rest of a longer name is not compared.
const MAX_NAME_BYTES: usize = 40;

/// The letters and digits of a name in lower case, without the punctuation in which naming conventions differ.
fn letters(name: &str) -> Vec<u8> {
    let bytes = name.bytes().filter(u8::is_ascii_alphanumeric);
    bytes
        .take(MAX_NAME_BYTES)
        .map(|b| b.to_ascii_lowercase())
        .collect()
}

fn contains(name: &[u8], part: &[u8]) -> bool {
    name.windows(part.len().max(1)).any(|window| window == part)
}

/// The number of letters to insert, delete or change (Levenshtein distance).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.iter().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let change = before + usize::from(x != y);
            before = *cell;
            left = change.min(before + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Our own names of the style variables, and a name with a hyphen.
    fn known() -> Vec<&'static str> {
        let variables = crate::appearance::Variables::NAMES.into_iter().take(9);
        variables.chain(["company-id"]).collect()
    }

    #[test]
    fn finds_misspelt_names_and_other_naming_conventions() {
        for (name, meant) in [
            ("onAccent", Some("on_accent")),
            ("fontSize", Some("font_size")),
            ("companyid", Some("company-id")),
            ("compnay-id", Some("company-id")),
            ("acent", Some("accent")),
            ("colorBackground", Some("background")),
            ("fontSizeSm", Some("font_size")),
            ("spacingUnit", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, &known()), meant, "{name}");
        }
    }

    #[test]
    fn counts_insertions_deletions_and_changes() {
        for (a, b, apart) in [
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("abc", "acb", 2),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), apart, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn a_known_name_is_most_like_itself(known_name in prop::sample::select(known()), name in ".{0,60}") {
            prop_assert_eq!(nearest(known_name, &known()), Some(known_name));
            let _ = nearest(&name, &known());
        }

        #[test]
        fn distance_has_no_direction(a in "[ab]{0,8}", b in "[ab]{0,8}") {
            prop_assert_eq!(distance(a.as_bytes(), b.as_bytes()), distance(b.as_bytes(), a.as_bytes()));
        }
    }
}
