//! Recognises a card number where none may be: in a name field, a message, a log line.
//!
//! Called by the frame before it sends a name, by the companion on every message and by the server's log checks. It
//! must never return, keep or print what it found.

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

/// The value of a digit, as people type it: ASCII's, or the full-width ones of East Asian keyboards.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10)
        .or_else(|| (c as u32).checked_sub(0xff10).filter(|value| *value < 10))
}

/// Whether the digits, as they stand, are a number, or begin, end or hold one.
///
/// Alone, any 13 to 19 that pass count. Among others one row in ten passes by chance, so that only the commonest forms
/// count there: sixteen that begin as a network's do (ISO/IEC 7812-1: 2 to 6), and fifteen of American Express.
fn holds_row(digits: &[u32]) -> bool {
    let passes = |row: &[u32]| passes_luhn(row.iter().copied());
    let holds = |length, begins: fn(&[u32]) -> bool| {
        digits.windows(length).any(|row| begins(row) && passes(row))
    };
    (13..=19).contains(&digits.len()) && passes(digits)
        || holds(16, |row| matches!(row, [2..=6, ..]))
        || holds(15, |row| matches!(row, [3, 4 | 7, ..]))
}

/// The longest gap inside a number, characters: a dash between spaces.
const LONGEST_GAP: usize = 3;

/// What people group digits with. No slash and no colon: an expiry and a time of day are no part of a number.
fn groups(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '-' | '.' | '_' | '\u{a0}' | '\u{b7}' | '\u{2000}'
            ..='\u{2015}' | '\u{202f}' | '\u{2212}' | '\u{3000}' | '\u{ff0d}'
    )
}

/// Whether the text is the number of a card: 13 to 19 digits that pass Luhn, and nothing else.
#[must_use]
pub fn is_card_number(text: &str) -> bool {
    // Nothing of it is copied: see the type that keeps one.
    let digits = text.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    (13..=19).contains(&text.len()) && digits.clone().all(|digit| digit < 10) && passes_luhn(digits)
}

/// Whether the text holds 13 to 19 digits in a row that pass Luhn, grouped as people group them, with or without other
/// digits (an expiry, a security code) behind.
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    let mut digits: Vec<u32> = Vec::new();
    let mut gap = 0;
    let mut found = false;
    for c in text.chars().chain(core::iter::once('\n')) {
        if let Some(digit) = digit(c) {
            digits.push(digit);
            gap = 0;
        } else if groups(c) && gap < LONGEST_GAP {
            gap += 1;
        } else {
            found |= holds_row(&digits);
            digits.clear();
            gap = 0;
        }
    }
    found
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
        ] {
            assert!(holds_card_number(text), "{text}");
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
        ] {
            assert!(!holds_card_number(text), "{text}");
        }
    }

    #[test]
    fn a_number_is_nothing_but_its_digits() {
        assert!(is_card_number("4242424242424242"));
        for text in [
            "4242 4242 4242 4242",
            "4242424242424241",
            "42424242424242420",
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
            prop_assert!(holds_card_number(&format!("{before}{number}{after}")), "{}", number);
        }

        #[test]
        fn never_panics(text in ".{0,60}") {
            let _ = holds_card_number(&text);
        }
    }
}
