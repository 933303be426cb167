//! Recognises a card number where none may be: in a name field, a message, a log line.
//!
//! Called by the frame before it sends a name, by the companion on every message and by the server's log checks. It
//! must never return, keep or print what it found.

/// Whether the digits pass the Luhn check (ISO/IEC 7812-1).
#[must_use]
fn passes_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the text holds 13 to 19 digits in a row (single spaces and dashes between them allowed) that pass Luhn.
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    let mut digits: Vec<u32> = Vec::new();
    let mut separators = 0;
    let mut found = false;
    for c in text.chars().chain(core::iter::once('\n')) {
        if let Some(digit) = c.to_digit(10) {
            digits.push(digit);
            separators = 0;
        } else if matches!(c, ' ' | '-' | '\u{a0}') && separators == 0 && !digits.is_empty() {
            separators = 1;
        } else {
            found |= (13..=19).contains(&digits.len()) && passes_luhn(&digits);
            digits.clear();
            separators = 0;
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
        ] {
            assert!(!holds_card_number(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,60}") {
            let _ = holds_card_number(&text);
        }
    }
}
