//! Percent-encoding and form-urlencoding, decoded once and strictly.
//!
//! [`crate::query`] calls it, and the wallet server and the companion for path segments. It must never replace malformed
//! input by a replacement character, and never panic.

/// Decodes `%XX`, as in a path segment. `None` when an escape is malformed or the result is not UTF-8.
///
/// ```
/// use card_entry_protocol::encoding::{percent_decode, percent_encode};
///
/// assert_eq!(percent_encode("cus_A|pm_B"), "cus_A%7Cpm_B");
/// assert_eq!(percent_decode("cus_A%7Cpm_B").as_deref(), Some("cus_A|pm_B"));
/// assert_eq!(percent_decode("%zz"), None);
/// ```
#[must_use]
pub fn percent_decode(text: &str) -> Option<String> {
    decode(text, b'+')
}

/// Decodes `%XX`, and `+` as a space, as in a form-urlencoded query
/// (<https://url.spec.whatwg.org/#application/x-www-form-urlencoded>). `None` when an escape is malformed or the result is
/// not UTF-8.
///
/// ```
/// use card_entry_protocol::encoding::form_decode;
///
/// assert_eq!(form_decode("Ann+Lee%2B1").as_deref(), Some("Ann Lee+1"));
/// ```
#[must_use]
pub fn form_decode(text: &str) -> Option<String> {
    decode(text, b' ')
}

fn decode(text: &str, plus: u8) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let high = char::from(bytes.next()?).to_digit(16)?;
                let low = char::from(bytes.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' => plus,
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

/// Encodes every byte but unreserved characters (RFC 3986) as `%XX`, so that the result is safe in a path segment and in
/// a query.
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
    fn refuses_malformed_encoding() {
        for text in ["%", "%4", "%zz", "%C0%AF", "%ED%A0%80", "%FF", "a%"] {
            assert_eq!(form_decode(text), None, "{text}");
        }
        assert_eq!(form_decode("a+b%2B%7c").as_deref(), Some("a b+|"));
        assert_eq!(percent_decode("a+b").as_deref(), Some("a+b"));
        assert_eq!(percent_encode("cus_A|pm_B"), "cus_A%7Cpm_B");
    }

    proptest! {
        #[test]
        fn decodes_what_it_encodes(text in ".{0,80}") {
            prop_assert_eq!(form_decode(&percent_encode(&text)), Some(text.clone()));
            prop_assert_eq!(percent_decode(&percent_encode(&text)), Some(text));
        }

        #[test]
        fn decoding_never_panics(text in ".{0,80}") {
            let _ = form_decode(&text);
        }
    }
}
