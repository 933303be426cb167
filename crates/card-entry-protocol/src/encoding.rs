//! Form-urlencoded text, decoded once and strictly.
//!
//! Called by [`crate::query`] and by the wallet server for path segments. Damaged encoding is an answer, never a
//! replacement character and never a panic.

/// Decodes `%XX` and, when `plus` is set, `+` as a space. `None`: a broken escape, or not UTF-8.
#[must_use]
pub fn decode(text: &str, plus: bool) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let high = char::from(bytes.next()?).to_digit(16)?;
                let low = char::from(bytes.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' if plus => b' ',
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

/// Encodes everything but unreserved characters, so that the result is safe in a path segment and in a query.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |n: u8| {
                char::from_digit(u32::from(n), 16)
                    .unwrap_or('0')
                    .to_ascii_uppercase()
            };
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn damage_is_refused() {
        for text in ["%", "%4", "%zz", "%C0%AF", "%ED%A0%80", "%FF", "a%"] {
            assert_eq!(decode(text, true), None, "{text}");
        }
        assert_eq!(decode("a+b%2B%7c", true).as_deref(), Some("a b+|"));
        assert_eq!(decode("a+b", false).as_deref(), Some("a+b"));
        assert_eq!(percent_encode("cus_A|pm_B"), "cus_A%7Cpm_B");
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(text in ".{0,80}") {
            prop_assert_eq!(decode(&percent_encode(&text), true), Some(text.clone()));
            prop_assert_eq!(decode(&percent_encode(&text), false), Some(text));
        }

        #[test]
        fn decoding_never_panics(text in ".{0,80}") {
            let _ = decode(&text, true);
        }
    }
}
