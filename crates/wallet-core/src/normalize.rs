//! Unicode normalization of passwords and e-mail addresses: devices send the same letters as different code points.
//!
//! Called by sign-up, sign-in and the table of users. Passwords follow OpaqueString of RFC 8265: other spaces become the
//! ASCII space, then the text is normalized to NFC. It must never change what a person sees, such as the case of a
//! password.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use crate::secret::Secret;

fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .into_owned()
}

fn nfd(text: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize(text)
        .into_owned()
}

/// Whether a character is a space (Unicode category Zs) other than the ASCII space.
fn is_non_ascii_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Normalizes a password: <https://www.rfc-editor.org/rfc/rfc8265#section-4.2>.
///
/// ```
/// use wallet_core::normalize;
///
/// assert_eq!(normalize::password("bla\u{30a}"), "bl\u{e5}");
/// ```
#[must_use]
pub fn password(text: &str) -> String {
    nfc(&text.replace(is_non_ascii_space, " "))
}

/// The forms under which a password may have been hashed, today's form first. Older accounts have the form that the
/// device sent, composed or decomposed.
#[must_use]
pub fn password_forms(text: &Secret) -> Vec<Secret> {
    let text = text.reveal();
    let mut forms = vec![password(text)];
    for form in [text.to_owned(), nfd(text)] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.into_iter().map(Secret::new).collect()
}

/// The form in which e-mail addresses are compared: lower case, trimmed, NFC.
#[must_use]
pub fn email_key(email: &str) -> String {
    nfc(&email.trim().to_lowercase())
}

/// The forms under which an address may be stored: today's form, NFD, and as it was typed (lower case).
#[must_use]
pub fn email_keys(email: &str) -> [String; 3] {
    let typed = email.trim().to_lowercase();
    [nfc(&typed), nfd(&typed), typed]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const COMPOSED: &str = "Bl\u{e5}b\u{e4}rssylt \u{e9} 12";
    const DECOMPOSED: &str = "Bla\u{30a}ba\u{308}rssylt e\u{301} 12";

    #[test]
    fn a_password_is_normalized_and_keeps_its_letters() {
        assert_eq!(password(DECOMPOSED), COMPOSED);
        assert_eq!(password(COMPOSED), COMPOSED);
        assert_eq!(password("a\u{3000}b\u{a0}c"), "a b c");
        // Case, width and similar characters are not folded.
        for text in ["Stra\u{df}e", "STRASSE", "\u{ff21}", "\u{fb01}", " a ", ""] {
            assert_eq!(password(text), text);
        }
    }

    #[test]
    fn every_form_a_password_may_have_been_hashed_in_is_returned() {
        let forms = |text: &str| {
            let forms = password_forms(&Secret::new(text.to_owned()));
            let forms = forms.iter().map(|form| form.reveal().to_owned());
            forms.collect::<Vec<_>>()
        };
        assert_eq!(forms("plain words"), ["plain words"]);
        assert_eq!(forms(COMPOSED), [COMPOSED, DECOMPOSED]);
        assert_eq!(forms(DECOMPOSED), [COMPOSED, DECOMPOSED]);
        assert_eq!(forms("a\u{a0}b"), ["a b", "a\u{a0}b"]);
    }

    #[test]
    fn an_email_address_is_compared_in_one_form() {
        let key = email_key(" Bla\u{30a}@Example.com ");
        assert_eq!(key, "bl\u{e5}@example.com");
        assert!(email_keys("BL\u{c5}@example.com").contains(&key));
    }
}
