//! The network of a client: the part of its IP address that one internet subscriber has.
//!
//! Attempts are counted under it, because a subscriber with IPv6 can use any of 2^64 addresses. It must never reach the
//! database in clear: see [`ClientNetwork::fingerprint`].

use std::net::IpAddr;

use crate::secret::Fingerprint;

/// The whole of an IPv4 address, or the first 64 bits of an IPv6 address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientNetwork(String);

impl ClientNetwork {
    /// The network of an address. An IPv4-mapped IPv6 address counts as IPv4.
    #[must_use]
    pub fn of(ip: IpAddr) -> Self {
        Self(match ip.to_canonical() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("{:x}/64", ip.to_bits() >> 64),
        })
    }

    /// The fingerprint under which the database counts the network. It differs between databases, by their `instance`.
    #[must_use]
    pub fn fingerprint(&self, instance: &str) -> Fingerprint {
        Fingerprint::of(&format!("place {instance} {}", self.0))
    }
}

impl core::fmt::Display for ClientNetwork {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn addresses_of_one_ipv6_subscriber_are_one_network() {
        let of = |text: &str| ClientNetwork::of(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
