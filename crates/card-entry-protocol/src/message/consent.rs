//! The record of a person's consent: the sentence, its language, when it was shown and when the box was ticked.
//!
//! The frame creates it, the companion passes it on, the wallet server checks and stores it. A stored credential needs a
//! record of the cardholder's agreement. It must never contain a card number, nor an invalid timestamp.

use serde::{Deserialize, Serialize};

use crate::number::contains_card_number;
use crate::settings::{MAX_CONSENT_CHARS, is_locale};
use crate::text::public_text;

public_text!(
    /// A timestamp in UTC (RFC 3339), e.g. `2026-11-29T14:03:05.123Z`, with or without a fraction of a second.
    ///
    /// ```
    /// use card_entry_protocol::message::UtcTimestamp;
    ///
    /// assert!(UtcTimestamp::parse("2026-11-29T14:03:05Z").is_some());
    /// assert!(UtcTimestamp::parse("2026-11-29T14:03:05+01:00").is_none());
    /// ```
    #[cfg_attr(feature = "schemas", schemars(extend("format" = "date-time")))]
    UtcTimestamp,
    "not a moment in UTC, as RFC 3339 writes it",
    is_timestamp
);

public_text!(
    /// The consent sentence as it was shown: 1 to 600 characters, without a card number.
    #[cfg_attr(feature = "schemas", schemars(extend("minLength" = 1, "maxLength" = MAX_CONSENT_CHARS)))]
    ConsentText,
    "not a sentence of 1 to 600 characters without a card number",
    |text| {
        !text.trim().is_empty()
            && text.chars().count() <= MAX_CONSENT_CHARS
            && !text.bytes().any(|b| b == 0)
            && !contains_card_number(text)
    }
);

public_text!(
    /// The language of the form, as a BCP 47 tag, e.g. `en-GB`.
    ConsentLocale,
    "not a BCP 47 tag",
    is_locale
);

/// The record of a consent, `consent` of a `result` message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ConsentProof {
    /// The sentence, exactly as it was shown.
    pub text: ConsentText,
    /// The language of the form, as a BCP 47 tag.
    pub locale: ConsentLocale,
    /// When the sentence was first shown, by the person's clock.
    pub shown_at: UtcTimestamp,
    /// When the box was ticked; `None` when the host requires no box, and the person agrees by saving the card.
    #[serde(default)]
    pub accepted_at: Option<UtcTimestamp>,
}

/// Whether a text is `YYYY-MM-DDTHH:MM:SS`, an optional fraction of 1 to 9 digits, and `Z`. A server also checks that the
/// date exists. A page does not, since it gets its timestamps from the browser's clock and has to be small.
fn is_timestamp(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let bytes = text.as_bytes();
    let fits = |(byte, form): (&u8, &u8)| {
        if *form == b'0' {
            byte.is_ascii_digit()
        } else {
            byte == form
        }
    };
    let (whole, rest) = bytes.split_at(FORM.len().min(bytes.len()));
    let fraction = match rest {
        [b'Z'] => true,
        [b'.', digits @ .., b'Z'] => {
            (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    };
    let formed = whole.len() == FORM.len() && whole.iter().zip(FORM).all(fits) && fraction;
    #[cfg(not(target_arch = "wasm32"))]
    let formed = formed && is_in_calendar(text);
    formed
}

/// Whether the date and the time exist, in a text of the right form.
#[cfg(not(target_arch = "wasm32"))]
fn is_in_calendar(text: &str) -> bool {
    let number = |from: usize, to: usize| -> Option<u32> { text.get(from..to)?.parse().ok() };
    let between = |from, to, min, max| number(from, to).is_some_and(|it| (min..=max).contains(&it));
    let (year, month) = (number(0, 4).unwrap_or(0), number(5, 7).unwrap_or(0));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    year > 0
        && between(5, 7, 1, 12)
        && between(8, 10, 1, days)
        && between(11, 13, 0, 23)
        && between(14, 16, 0, 59)
        && between(17, 19, 0, 59)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::tests::{json_of, tree};
    use crate::tree::{FromTree, ToTree};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn accepts_timestamps_in_utc_only() {
        for text in [
            "2026-11-29T14:03:05Z",
            "2026-11-29T14:03:05.123Z",
            "2024-02-29T00:00:00.000Z",
            "2000-02-29T23:59:59Z",
        ] {
            assert!(UtcTimestamp::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "Z",
            "2026-11-29",
            "2026-11-29T14:03:05",
            "2026-11-29T14:03:05+00:00",
            "2026-11-29 14:03:05Z",
            "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00.Z",
            "+002026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.1234567890Z",
            "20\u{e9}6-01-01T00:00:00Z",
            "2026-1-01T00:00:00Z",
            "2026-01-01T+1:00:00Z",
        ] {
            assert!(UtcTimestamp::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn serde_and_tree_read_a_valid_proof_alike() {
        let good = json!({"text": "You may charge this card.", "locale": "en-GB", "shown_at": "2026-11-29T14:03:05.123Z", "accepted_at": "2026-11-29T14:03:09.000Z"});
        let change = |key: &str, value: serde_json::Value| {
            let mut row = good.clone();
            row[key] = value;
            row
        };
        for (row, reads) in [
            (good.clone(), true),
            (change("accepted_at", json!(null)), true),
            (change("text", json!("é".repeat(600))), true),
            (change("text", json!("é".repeat(601))), false),
            (change("text", json!(" ")), false),
            (change("text", json!("Card 4242 4242 4242 4242")), false),
            (change("text", json!("a\u{0}b")), false),
            (change("text", json!(5)), false),
            (change("locale", json!("english!")), false),
            (change("shown_at", json!("yesterday")), false),
            (change("shown_at", json!(null)), false),
            (change("accepted_at", json!(true)), false),
            (json!([]), false),
        ] {
            let by_serde = serde_json::from_value::<ConsentProof>(row.clone()).ok();
            assert_eq!(by_serde.is_some(), reads, "{row}");
            assert_eq!(ConsentProof::from_tree(&tree(&row)), by_serde, "{row}");
            if let Some(proof) = by_serde {
                assert_eq!(
                    json_of(&proof.to_tree()),
                    serde_json::to_value(&proof).unwrap()
                );
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in ".{0,30}") {
            let _ = (UtcTimestamp::parse(&text), ConsentText::parse(&text), ConsentLocale::parse(&text));
        }
    }
}
