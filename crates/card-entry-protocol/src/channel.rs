//! The channel: 128 random bits, made by the companion, carried in the frame URL's hash, spoken back in the hello.
//!
//! It tells two frames of one page apart. It is no secret and proves nothing alone: origins and sources are checked
//! beside it.

use crate::text::public_text;

public_text!(
    /// 22 to 86 base64url characters (128 bits and more).
    Channel,
    "not a channel",
    |text| (22..=86).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
);

/// A hash has a `ch=` that is no channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedChannel;

impl Channel {
    /// Reads `#ch=…` (with or without `#`) out of a location's hash; `Ok(None)` means a plain listener.
    ///
    /// # Errors
    /// A `ch=` that is no channel: the address was damaged on its way, and whoever wrote it expects a handshake.
    pub fn read_hash(hash: &str) -> Result<Option<Self>, MalformedChannel> {
        let mut pairs = hash.strip_prefix('#').unwrap_or(hash).split('&');
        match pairs.find_map(|pair| pair.strip_prefix("ch=")) {
            Some(text) => Self::parse(text).map(Some).ok_or(MalformedChannel),
            None => Ok(None),
        }
    }

    /// The channel of a hash; `None` when there is none, or a damaged one.
    #[must_use]
    pub fn from_hash(hash: &str) -> Option<Self> {
        Self::read_hash(hash).ok().flatten()
    }

    /// Spells 16 random bytes as base64url without padding.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut bits = u128::from_be_bytes(bytes);
        let mut text = String::with_capacity(22);
        for _ in 0..22 {
            let letter = match (bits & 63) as u8 {
                n @ 0..=25 => b'A' + n,
                n @ 26..=51 => b'a' + (n - 26),
                n @ 52..=61 => b'0' + (n - 52),
                62 => b'-',
                _ => b'_',
            };
            text.push(char::from(letter));
            bits >>= 6;
        }
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_is_read_or_damaged_or_not_there() {
        let channel = Channel::from_random([7; 16]);
        assert_eq!(
            Channel::from_hash(&format!("#ch={channel}")),
            Some(channel.clone())
        );
        assert_eq!(
            Channel::from_hash(&format!("a=b&ch={channel}")),
            Some(channel)
        );
        for hash in ["", "#", "#other=AAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(Channel::read_hash(hash), Ok(None), "{hash}");
        }
        for hash in [
            "#ch=",
            "#ch=short",
            "#ch=%41AAAAAAAAAAAAAAAAAAAAAAAA",
            "#a=b&ch=",
        ] {
            assert_eq!(Channel::read_hash(hash), Err(MalformedChannel), "{hash}");
            assert_eq!(Channel::from_hash(hash), None, "{hash}");
        }
    }

    proptest! {
        #[test]
        fn random_bytes_make_distinct_valid_channels(a: [u8; 16], b: [u8; 16]) {
            let (one, two) = (Channel::from_random(a), Channel::from_random(b));
            prop_assert!(Channel::parse(one.as_str()).is_some());
            prop_assert_eq!(a == b, one == two);
        }
    }
}
