//! A range of IP addresses, such as `10.0.0.0/8` or `fd00::/8`. A single address is a range of one.
//!
//! Parsed from `trusted_proxies`. It must never accept a range of all addresses: every caller could then claim any
//! address.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::Deserialize;

/// IP addresses with a common prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct IpRange {
    network: IpAddr,
    prefix_bits: u8,
}

/// Why a text is not a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IpRangeError {
    /// The text is not an address, or not a number of bits after the slash.
    #[error("is neither an address nor a range; write it as 10.0.0.1, 10.0.0.0/8 or fd00::/8")]
    Malformed,
    /// The prefix has more bits than the address.
    #[error(
        "has more bits after the slash than the address; use at most 32 for IPv4 and 128 for IPv6"
    )]
    TooLong,
    /// The prefix is `/0`, which contains every address.
    #[error(
        "holds every address, so that every caller could name its own; list the proxies' own ranges"
    )]
    Everything,
    /// The address has bits set after its prefix, so that it is not clear which range is meant.
    #[error(
        "has an address with bits set after its prefix; write the first address of the range, such as 10.0.0.0/8"
    )]
    HostBits,
}

impl IpRange {
    /// Whether the address is in the range. An IPv4-mapped IPv6 address counts as IPv4.
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.network, ip.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(ip)) => {
                let bits = 32 - u32::from(self.prefix_bits);
                network.to_bits().checked_shr(bits) == ip.to_bits().checked_shr(bits)
            }
            (IpAddr::V6(network), IpAddr::V6(ip)) => {
                let bits = 128 - u32::from(self.prefix_bits);
                network.to_bits().checked_shr(bits) == ip.to_bits().checked_shr(bits)
            }
            _ => false,
        }
    }
}

impl IpRange {
    /// Whether the range is wider than any private network: 10.0.0.0/8, or fc00::/7.
    #[must_use]
    pub fn is_very_wide(&self) -> bool {
        let narrowest = if self.network.is_ipv4() { 8 } else { 7 };
        self.prefix_bits < narrowest
    }
}

impl From<IpAddr> for IpRange {
    fn from(ip: IpAddr) -> Self {
        let network = ip.to_canonical();
        Self {
            network,
            prefix_bits: width(network),
        }
    }
}

fn width(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

impl FromStr for IpRange {
    type Err = IpRangeError;

    fn from_str(text: &str) -> Result<Self, IpRangeError> {
        let text = text.trim();
        let Some((address, bits)) = text.split_once('/') else {
            let ip: IpAddr = text.parse().map_err(|_| IpRangeError::Malformed)?;
            return Ok(ip.into());
        };
        let written: IpAddr = address.parse().map_err(|_| IpRangeError::Malformed)?;
        if bits.is_empty() || !bits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IpRangeError::Malformed);
        }
        let bits: u8 = bits.parse().map_err(|_| IpRangeError::TooLong)?;
        if bits > width(written) {
            return Err(IpRangeError::TooLong);
        }
        // `::ffff:10.0.0.0/104` is `10.0.0.0/8`; with fewer than 96 bits it is a range of IPv6.
        let canonical = written.to_canonical();
        let (network, prefix_bits) = match bits.checked_sub(width(written) - width(canonical)) {
            Some(bits) if bits > 0 => (canonical, bits),
            _ => (written, bits),
        };
        let has_host_bits = match network {
            IpAddr::V4(ip) => prefix_bits < 32 && ip.to_bits() << prefix_bits != 0,
            IpAddr::V6(ip) => prefix_bits < 128 && ip.to_bits() << prefix_bits != 0,
        };
        if prefix_bits == 0 {
            Err(IpRangeError::Everything)
        } else if has_host_bits {
            Err(IpRangeError::HostBits)
        } else {
            Ok(Self {
                network,
                prefix_bits,
            })
        }
    }
}

impl TryFrom<String> for IpRange {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map_err(|error: IpRangeError| format!("trusted_proxies: `{text}` {error}"))
    }
}

impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix_bits)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    fn contains(range: &str, ip: &str) -> bool {
        let range: IpRange = range.parse().unwrap();
        range.contains(ip.parse().unwrap())
    }

    #[test]
    fn a_range_contains_the_addresses_of_its_prefix() {
        assert!(contains("10.0.0.1", "10.0.0.1"));
        assert!(!contains("10.0.0.1", "10.0.0.2"));
        assert!(contains("10.0.0.0/8", "10.255.3.4"));
        assert!(!contains("10.0.0.0/8", "11.0.0.0"));
        assert!(contains("10.0.0.0/8", "::ffff:10.2.3.4"));
        assert!(contains("::ffff:10.0.0.0/104", "10.2.3.4"));
        assert!(contains("fd00::/8", "fdab::1"));
        assert!(!contains("fd00::/8", "fe80::1"));
        assert!(!contains("fd00::/8", "10.0.0.1"));
        assert!(contains("203.0.113.4/32", "203.0.113.4"));
    }

    #[test]
    fn a_malformed_range_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<IpRange>().unwrap_err();
        for text in [
            "",
            "x",
            "10.0.0",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "10.0.0.0/a",
            "/8",
            "10.0.0.0/8/8",
        ] {
            assert_eq!(error(text), IpRangeError::Malformed, "{text}");
        }
        assert_eq!(error("10.0.0.0/33"), IpRangeError::TooLong);
        assert_eq!(error("fd00::/999"), IpRangeError::TooLong);
        assert_eq!(error("0.0.0.0/0"), IpRangeError::Everything);
        assert_eq!(error("::/0"), IpRangeError::Everything);
        assert_eq!(error("10.1.0.0/8"), IpRangeError::HostBits);
        assert_eq!(error("fd00::1/64"), IpRangeError::HostBits);
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused(text in ".{0,60}") {
            if let Ok(range) = text.parse::<IpRange>() {
                prop_assert_eq!(range.to_string().parse::<IpRange>(), Ok(range));
            }
        }

        #[test]
        fn an_ipv4_range_contains_exactly_its_prefix(bits in any::<u32>(), other in any::<u32>(), prefix in 1u32..=32) {
            let mask = u32::MAX << (32 - prefix);
            let range: IpRange = format!("{}/{prefix}", Ipv4Addr::from_bits(bits & mask)).parse().unwrap();
            prop_assert!(range.contains(Ipv4Addr::from_bits(bits).into()));
            let same = bits & mask == other & mask;
            prop_assert_eq!(range.contains(Ipv4Addr::from_bits(other).into()), same);
        }

        #[test]
        fn an_ipv6_range_contains_exactly_its_prefix(bits in any::<u128>(), other in any::<u128>(), prefix in 1u32..=128) {
            // Outside of `::ffff:0:0/96`, which is IPv4.
            let (bits, other) = (bits | 1 << 127, other | 1 << 127);
            let mask = u128::MAX << (128 - prefix);
            let range: IpRange = format!("{}/{prefix}", Ipv6Addr::from_bits(bits & mask)).parse().unwrap();
            prop_assert_eq!(range.contains(Ipv6Addr::from_bits(other).into()), bits & mask == other & mask);
        }
    }
}
