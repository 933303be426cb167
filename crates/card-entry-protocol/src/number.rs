//! Detects a card number in a text that must not contain one: a name, a telephone number, an id, a message, a log line.
//!
//! The frame calls it before it sends a name, the companion for every message, the server for every text that it stores or
//! sends on. It must never return, store or print what it found.
//!
//! A card number is a run of digits with the prefix and the length of a card network (ISO/IEC 7812-1 and the networks' own
//! ranges) that passes the Luhn check. Zeros and other runs that belong to no network are not card numbers.
//! A telephone number after a plus sign has at most 15 digits (ITU-T E.164) and is not a card number, unless it has the
//! form of Diners Club or American Express: no country whose code begins with 3 has telephone numbers of 14 or 15 digits.

/// Whether the digits pass the Luhn check (ISO/IEC 7812-1).
fn passes_luhn(digits: impl DoubleEndedIterator<Item = u32>) -> bool {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The value of a digit: ASCII, Arabic, Persian, or the full-width digits of East Asian keyboards.
fn digit(c: char) -> Option<u32> {
    let value = |zero: u32| (c as u32).checked_sub(zero).filter(|value| *value < 10);
    [0x30, 0x660, 0x6f0, 0xff10].into_iter().find_map(value)
}

/// Whether a card network has numbers of this prefix and length, and the digits pass the Luhn check.
fn is_number(row: &[u32]) -> bool {
    let begins = row
        .iter()
        .take(4)
        .fold(0, |number, digit| number * 10 + digit);
    let has_length = match (begins, row.len()) {
        // American Express.
        (3400..=3499 | 3700..=3799, length) => length == 15,
        // Diners Club.
        (3000..=3059 | 3095 | 3600..=3699 | 3800..=3999, 14) => true,
        // Mastercard, Troy.
        (2221..=2720 | 5100..=5599 | 9792, length) => length == 16,
        // Visa.
        (4000..=4999, length) => matches!(length, 13 | 16 | 19),
        // Mir, Diners Club, JCB, UnionPay, RuPay.
        (
            2200..=2204
            | 3000..=3059
            | 3095
            | 3528..=3589
            | 3600..=3699
            | 3800..=3999
            | 6200..=6299
            | 8100..=8299,
            length,
        ) => (16..=19).contains(&length),
        // Maestro, Discover, Elo, Verve, Hipercard.
        (5000..=5099 | 5600..=5899 | 6000..=6999, length) => (13..=19).contains(&length),
        _ => false,
    };
    has_length && passes_luhn(row.iter().copied())
}

/// A run of digits in a text.
#[derive(Default)]
struct DigitRun {
    digits: Vec<u32>,
    /// Whether a plus sign is before the first digit.
    plus: bool,
    /// Whether there are other characters between the digits.
    grouped: bool,
    /// The number of characters since the last digit.
    gap: usize,
}

impl DigitRun {
    /// Whether the run is a card number or contains one.
    ///
    /// One run in ten passes the Luhn check by chance. Therefore, among other digits, only the most common lengths count:
    /// sixteen digits, and the fifteen of American Express.
    fn contains_number(&self) -> bool {
        let is_phone = match (self.digits.len(), self.digits.first()) {
            (14 | 15, first) => self.plus && first != Some(&3),
            (length, _) => self.plus && length < 14,
        };
        let contains = |length| self.digits.windows(length).any(is_number);
        !is_phone && (is_number(&self.digits) || contains(16) || contains(15))
    }

    /// As [`Self::contains_number`], but not for an unbroken run that is longer than any card number.
    fn contains_number_in_id(&self) -> bool {
        (self.grouped || self.digits.len() <= MAX_CARD_DIGITS) && self.contains_number()
    }
}

/// The longest card number (ISO/IEC 7812-1).
const MAX_CARD_DIGITS: usize = 19;

/// Two groups of one number are separated by at most a dash between spaces.
const MAX_GAP_CHARS: usize = 3;

/// Whether people separate groups of digits with this character. A slash and a colon separate other things: an expiry date
/// and a time of day.
fn separates_groups(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '-' | '.' | '_' | '(' | ')' | '\u{a0}' | '\u{b7}' | '\u{2000}'
            ..='\u{2015}' | '\u{202f}' | '\u{2212}' | '\u{3000}' | '\u{ff0d}'
    )
}

/// Whether any run of digits in the text passes the check.
fn any_run(text: &str, check: fn(&DigitRun) -> bool) -> bool {
    let mut run = DigitRun::default();
    let mut found = false;
    for c in text.chars().chain(core::iter::once('\n')) {
        if let Some(digit) = digit(c) {
            run.grouped |= run.gap > 0 && !run.digits.is_empty();
            run.digits.push(digit);
            run.gap = 0;
        } else if separates_groups(c) && run.gap < MAX_GAP_CHARS {
            run.gap += 1;
        } else {
            found |= check(&run);
            run = DigitRun {
                plus: c == '+',
                ..DigitRun::default()
            };
        }
    }
    found
}

/// Whether the text is a card number and nothing else: 13 to 19 digits that pass the Luhn check and are not all equal.
///
/// ```
/// use card_entry_protocol::number::is_card_number;
///
/// assert!(is_card_number("4242424242424242"));
/// assert!(!is_card_number("4242 4242 4242 4242"));
/// ```
#[must_use]
pub fn is_card_number(text: &str) -> bool {
    // The digits must not be copied, see `CardNumber`.
    let digits = text.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    (13..=MAX_CARD_DIGITS).contains(&text.len())
        && digits.clone().all(|digit| digit < 10)
        && digits
            .clone()
            .any(|digit| Some(digit) != digits.clone().next())
        && passes_luhn(digits)
}

/// Whether the text contains a card number, grouped as people group them, with or without other digits around it, e.g. an
/// expiry date or a security code.
///
/// ```
/// use card_entry_protocol::number::contains_card_number;
///
/// assert!(contains_card_number("card 4242 4242 4242 4242 12/34"));
/// assert!(!contains_card_number("+1 (555) 010-0123"));
/// ```
#[must_use]
pub fn contains_card_number(text: &str) -> bool {
    any_run(text, DigitRun::contains_number)
}

/// As [`contains_card_number`], for an id that a program created. An unbroken run of 20 digits or more is such an id, and
/// sixteen of its digits would often pass as a card number by chance.
///
/// ```
/// use card_entry_protocol::number::{contains_card_number, id_contains_card_number};
///
/// let directory_id = "104242424242424242421";
/// assert!(contains_card_number(directory_id) && !id_contains_card_number(directory_id));
/// ```
#[must_use]
pub fn id_contains_card_number(text: &str) -> bool {
    any_run(text, DigitRun::contains_number_in_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_card_numbers_in_any_grouping() {
        for text in [
            "4242424242424242",
            "card 4242 4242 4242 4242!",
            "3782-822463-10005",
            "6205500000000000004",
            "4242 4242 4242 4242 12/34",
            "4242424242424242 123",
            "4242.4242.4242.4242",
            "4242  4242  4242  4242",
            "4242 - 4242 - 4242 - 4242",
            "4242\u{2013}4242\u{2013}4242\u{2013}4242",
            "４２４２４２４２４２４２４２４２",
            "Ann 378282246310005 1234",
            "(4242) 4242 4242 4242",
            "+4242 4242 4242 4242",
            "+378282246310005",
            "+36227206271667",
            "2223003122003222",
            "4222222222222",
            "٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢",
            "۴۲۴۲۴۲۴۲۴۲۴۲۴۲۴۲",
            "+49 151 4242 4242 4242 4242",
        ] {
            assert!(contains_card_number(text), "{text}");
        }
        for text in [
            "",
            "4242",
            "4242424242424241",
            "2026-11-21 10:30",
            "Ann Lee",
            "424242424242",
            "2026-11-21T10:30:12.123456Z",
            "pm_1PqRs4242TuVw4242XyZa4242",
            "+1 (555) 010-0123",
            "0000000000000",
            "0000 0000 0000 0000",
            // Timestamps, and telephone numbers of 13 to 15 digits that pass the Luhn check.
            "1732888719009",
            "20261129140517",
            "+49 1512 3456787",
            "+43 664 12345678 03",
            "+628123456789017",
            "+62 812 3456 7892 7",
            "+55 (11) 91234-5676",
        ] {
            assert!(!contains_card_number(text), "{text}");
        }
    }

    #[test]
    fn a_long_id_is_not_a_card_number() {
        // Sixteen of its digits pass as a card number by chance.
        let long = "104242424242424242421";
        assert!(contains_card_number(long));
        assert!(!id_contains_card_number(long));
        for id in [
            "4242424242424242",
            "booking 4111 1111 1111 1111",
            "4111-1111-1111-1111 12 27",
        ] {
            assert!(id_contains_card_number(id), "{id}");
        }
    }

    #[test]
    fn a_card_number_alone_has_no_other_characters() {
        assert!(is_card_number("4242424242424242"));
        for text in [
            "4242 4242 4242 4242",
            "4242424242424241",
            "42424242424242420",
            "0000000000000",
            "",
        ] {
            assert!(!is_card_number(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn finds_a_card_number_in_any_context(before in "[0-9 a-z]{0,8}", gap in "[-. ]{0,3}", after in "[0-9 /a-z]{0,8}") {
            let gap = gap.as_str();
            let number = ["4000", "0566", "5566", "5556"].join(gap);
            prop_assert!(contains_card_number(&format!("{before}{number}{after}")), "{}", number);
        }

        #[test]
        fn never_panics(text in ".{0,60}") {
            prop_assert!(contains_card_number(&text) || !id_contains_card_number(&text));
        }
    }
}
