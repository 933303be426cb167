//! Recognises a card number where none may be: in a name, a telephone number, an id, a message, a log line.
//!
//! Called by the frame before it sends a name, by the companion on every message, and by the server on every text that
//! it stores or sends on. It must never return, keep or print what it found.
//!
//! A card number is a row of digits with the beginning and the length of a card network (ISO/IEC 7812-1 and the
//! networks' own ranges) that passes the Luhn check. Zeros and other rows that belong to no network are none.
//! A telephone number behind a plus sign has 15 digits at most (ITU-T E.164) and is none either, unless it has the form
//! of Diners Club or American Express: no country whose code begins with 3 has telephone numbers of 14 or 15 digits.

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

/// The value of a digit, as people type it: ASCII's, Arabic, Persian, or the full-width ones of East Asian keyboards.
fn digit(c: char) -> Option<u32> {
    let value = |zero: u32| (c as u32).checked_sub(zero).filter(|value| *value < 10);
    [0x30, 0x660, 0x6f0, 0xff10].into_iter().find_map(value)
}

/// Whether a network has numbers of this beginning and length, and the digits pass Luhn.
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

/// A row of digits as it stands in a text.
#[derive(Default)]
struct DigitRun {
    digits: Vec<u32>,
    /// Whether a plus sign stands before it.
    plus: bool,
    /// Whether anything stands between its digits.
    grouped: bool,
    /// Characters since the last digit.
    gap: usize,
}

impl DigitRun {
    /// Whether it is a number, or begins, ends or holds one.
    ///
    /// Among other digits one row in ten passes by chance, so that only the commonest lengths count there: sixteen, and
    /// fifteen of American Express.
    fn holds_number(&self) -> bool {
        let is_phone = match (self.digits.len(), self.digits.first()) {
            (14 | 15, first) => self.plus && first != Some(&3),
            (length, _) => self.plus && length < 14,
        };
        let holds = |length| self.digits.windows(length).any(is_number);
        !is_phone && (is_number(&self.digits) || holds(16) || holds(15))
    }

    /// As [`Self::holds_number`], but an unbroken row that is longer than any card number holds none.
    fn holds_number_in_id(&self) -> bool {
        (self.grouped || self.digits.len() <= MAX_CARD_DIGITS) && self.holds_number()
    }
}

/// The longest card number (ISO/IEC 7812-1).
const MAX_CARD_DIGITS: usize = 19;

/// The longest gap inside a number, characters: a dash between spaces.
const MAX_GAP_CHARS: usize = 3;

/// What people group digits with. No slash and no colon: an expiry and a time of day are no part of a number.
fn groups(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '-' | '.' | '_' | '(' | ')' | '\u{a0}' | '\u{b7}' | '\u{2000}'
            ..='\u{2015}' | '\u{202f}' | '\u{2212}' | '\u{3000}' | '\u{ff0d}'
    )
}

/// Whether any row of digits in the text is a find.
fn any_row(text: &str, is_find: fn(&DigitRun) -> bool) -> bool {
    let mut row = DigitRun::default();
    let mut found = false;
    for c in text.chars().chain(core::iter::once('\n')) {
        if let Some(digit) = digit(c) {
            row.grouped |= row.gap > 0 && !row.digits.is_empty();
            row.digits.push(digit);
            row.gap = 0;
        } else if groups(c) && row.gap < MAX_GAP_CHARS {
            row.gap += 1;
        } else {
            found |= is_find(&row);
            row = DigitRun {
                plus: c == '+',
                ..DigitRun::default()
            };
        }
    }
    found
}

/// Whether the text is the number of a card: 13 to 19 digits that pass Luhn, not all the same, and nothing else.
#[must_use]
pub fn is_card_number(text: &str) -> bool {
    // Nothing of it is copied: see the type that keeps one.
    let digits = text.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    (13..=MAX_CARD_DIGITS).contains(&text.len())
        && digits.clone().all(|digit| digit < 10)
        && digits
            .clone()
            .any(|digit| Some(digit) != digits.clone().next())
        && passes_luhn(digits)
}

/// Whether the text holds a card number, grouped as people group them, with or without other digits (an expiry, a
/// security code) around it.
#[must_use]
pub fn contains_card_number(text: &str) -> bool {
    any_row(text, DigitRun::holds_number)
}

/// The same for an id that a program made. An unbroken row of 20 digits or more is an id of some directory, in which
/// sixteen digits would often look like a card number by chance.
#[must_use]
pub fn id_contains_card_number(text: &str) -> bool {
    any_row(text, DigitRun::holds_number_in_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_found_in_any_grouping() {
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
            // Moments, and telephone numbers of 13 to 15 digits that pass Luhn.
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
    fn a_long_id_is_no_card_number() {
        // Sixteen of its digits look like one by chance.
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
    fn a_number_is_nothing_but_its_digits() {
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
        fn whatever_stands_around_a_number_hides_it_not(before in "[0-9 a-z]{0,8}", gap in "[-. ]{0,3}", after in "[0-9 /a-z]{0,8}") {
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
