//! The channel id: 128 random bits that the companion creates, puts into the frame URL's hash, and gets back in `hello`.
//!
//! It distinguishes two frames of one page. It is not a secret and must never be the only check: the origin and the source
//! window of every message are checked too.

use crate::text::public_text;

public_text!(
    /// A channel id: 22 to 86 base64url characters (128 bits or more).
    ///
    /// ```
    /// use card_entry_protocol::channel::Channel;
    ///
    /// let channel = Channel::from_random([7; 16]);
    /// assert_eq!(channel.as_str().len(), 22);
    /// assert_eq!(Channel::from_hash(&format!("#ch={channel}")), Some(channel));
    /// ```
    Channel,
    "not a channel",
    |text| (22..=86).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
);

/// A URL hash has a `ch=` whose value is not a channel id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedChannel;

impl Channel {
    /// Reads `#ch=…` (with or without `#`) from a location's hash. `Ok(None)` means that the parent has no companion.
    ///
    /// # Errors
    /// [`MalformedChannel`] when the value of `ch=` is not a channel id: the URL was damaged, and its author expects a
    /// handshake.
    pub fn read_hash(hash: &str) -> Result<Option<Self>, MalformedChannel> {
        let mut pairs = hash.strip_prefix('#').unwrap_or(hash).split('&');
        match pairs.find_map(|pair| pair.strip_prefix("ch=")) {
            Some(text) => Self::parse(text).map(Some).ok_or(MalformedChannel),
            None => Ok(None),
        }
    }

    /// Reads `#ch=…` as [`Self::read_hash`] does; `None` when it is absent or malformed.
    #[must_use]
    pub fn from_hash(hash: &str) -> Option<Self> {
        Self::read_hash(hash).ok().flatten()
    }

    /// Encodes 16 random bytes as 22 base64url characters without padding.
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
    fn reads_a_hash_with_a_valid_a_malformed_or_no_channel() {
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
