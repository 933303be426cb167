//! Text that a person types again on another device, in one form: the same letters may come as other code points.
//!
//! Called by sign-up, sign-in and the table of users. Passwords take the mapping of RFC 8265's OpaqueString: spaces of
//! other scripts become ASCII's, then Unicode's form NFC. It must never change what a person can see, as capitals.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use crate::secret::Secret;

fn composed(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .into_owned()
}

fn decomposed(text: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize(text)
        .into_owned()
}

/// A space of Unicode's category Zs, other than ASCII's.
fn is_other_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// A password in its one form: <https://www.rfc-editor.org/rfc/rfc8265#section-4.2>.
#[must_use]
pub fn password(text: &str) -> String {
    composed(&text.replace(is_other_space, " "))
}

/// The forms a password was hashed in, the one of today first: accounts that are older than it keep the form their
/// person's device had, composed or decomposed.
#[must_use]
pub fn password_forms(text: &Secret) -> Vec<Secret> {
    let text = text.reveal();
    let mut forms = vec![password(text)];
    for form in [text.to_owned(), decomposed(text)] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.into_iter().map(Secret::new).collect()
}

/// An e-mail address as it is compared: without case, surrounding space and form.
#[must_use]
pub fn email_key(email: &str) -> String {
    composed(&email.trim().to_lowercase())
}

/// The keys an address may be stored under: the one of today, as typed, decomposed.
#[must_use]
pub fn email_keys(email: &str) -> [String; 3] {
    let typed = email.trim().to_lowercase();
    [composed(&typed), decomposed(&typed), typed]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const COMPOSED: &str = "Bl\u{e5}b\u{e4}rssylt \u{e9} 12";
    const DECOMPOSED: &str = "Bla\u{30a}ba\u{308}rssylt e\u{301} 12";

    #[test]
    fn a_password_has_one_form_and_keeps_its_letters() {
        assert_eq!(password(DECOMPOSED), COMPOSED);
        assert_eq!(password(COMPOSED), COMPOSED);
        assert_eq!(password("a\u{3000}b\u{a0}c"), "a b c");
        // No folding of case, width or look-alikes.
        for text in ["Stra\u{df}e", "STRASSE", "\u{ff21}", "\u{fb01}", " a ", ""] {
            assert_eq!(password(text), text);
        }
    }

    #[test]
    fn a_password_is_tried_in_every_form_it_may_have_been_hashed_in() {
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
    fn an_address_is_compared_in_one_form() {
        let key = email_key(" Bla\u{30a}@Example.com ");
        assert_eq!(key, "bl\u{e5}@example.com");
        assert!(email_keys("BL\u{c5}@example.com").contains(&key));
    }
}
