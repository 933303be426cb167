//! A card number and its security code. Their memory is overwritten when they are dropped.
//!
//! They must never be printed, serialized or stored.

use zeroize::Zeroizing;

use crate::card::Last4;
use crate::number::is_card_number;

/// A card number: 13 to 19 digits that pass the Luhn check. It can neither be cloned nor serialized: only
/// [`CardNumber::expose`] gives its digits.
// On the heap, so that a move copies a pointer and leaves no digits on the stack.
pub struct CardNumber(Zeroizing<String>);

/// The security code of a card (CVC), three or four digits. It may be sent to the vault and must not be stored (PCI DSS).
pub struct VerificationCode(Zeroizing<String>);

fn is_digits(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

impl CardNumber {
    /// Reads a card number of digits without spaces or dashes; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_card_number(text).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The last four digits, which may be shown.
    #[must_use]
    pub fn last4(&self) -> Option<Last4> {
        Last4::parse(self.0.get(self.0.len().checked_sub(4)?..)?)
    }
}

impl VerificationCode {
    /// Reads three or four digits; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_digits(text, 3, 4).then(|| Self(Zeroizing::new(text.to_owned())))
    }
}

macro_rules! hidden {
    ($($kind:ty),+) => {
        $(impl $kind {
            /// The digits in plain text, for the vault only.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Debug for $kind {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("***")
            }
        })+
    };
}

hidden!(CardNumber, VerificationCode);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_card_number_passes_luhn_and_never_prints_itself() {
        for text in ["4111111111111111", "378282246310005", "6205500000000000004"] {
            let number = CardNumber::parse(text).unwrap();
            assert_eq!(number.expose(), text);
            assert_eq!(format!("{number:?}"), "***");
            assert_eq!(number.last4().unwrap().as_str(), &text[text.len() - 4..]);
        }
        for text in [
            "",
            "4111 1111 1111 1111",
            "4111111111111112",
            "411111111111",
            "４１１１１１１１１１１１１１１１",
        ] {
            assert!(CardNumber::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_code_is_three_or_four_digits() {
        let code = VerificationCode::parse("7809").unwrap();
        assert_eq!(
            (code.expose(), format!("{code:?}").as_str()),
            ("7809", "***")
        );
        for text in ["", "12", "12345", "12a", "１２３"] {
            assert!(VerificationCode::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9]{0,24}", other in ".{0,24}") {
            for text in [text, other] {
                let _ = (CardNumber::parse(&text), VerificationCode::parse(&text));
            }
        }
    }
}
