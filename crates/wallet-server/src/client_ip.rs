//! Extracts the client's IP address from the connection and the `X-Forwarded-For` of trusted proxies.
//!
//! Used by the routes with rate limits. Only `X-Forwarded-For` is read, and only from a peer in `trusted_proxies`.
//! `X-Real-IP`, `Forwarded` and `X-Forwarded-Host` are never read, because proxies forward them from the client. It must
//! never take an address from a part of the header that a client can write.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::app::App;
use crate::client_network::ClientNetwork;
use crate::config::IpRange;
use crate::error::ApiError;

const HEADER: &str = "x-forwarded-for";

/// The IP address of the client, as far as trusted proxies report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

impl FromRequestParts<App> for ClientIp {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(address)| address.ip());
        let peer = peer
            .ok_or_else(|| ApiError::Internal("the connection has no address".to_owned()))?
            .to_canonical();
        let trusted = &app.config.trusted_proxies;
        app.proxy_warning.check(peer, &parts.headers, trusted);
        Ok(Self(client_ip(peer, &forwarded(&parts.headers), trusted)))
    }
}

impl FromRequestParts<App> for ClientNetwork {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let ClientIp(ip) = ClientIp::from_request_parts(parts, app).await?;
        Ok(Self::of(ip))
    }
}

/// Joins all values of the header into one list. Bytes that are not UTF-8 become characters that are no address.
fn forwarded(headers: &HeaderMap) -> String {
    let lines = headers.get_all(HEADER).iter();
    let lines: Vec<_> = lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect();
    lines.join(",")
}

/// Walks the list from right to left while the current address is a trusted proxy. It stops at a part that is not an
/// address, because the client may have written everything to the left of it.
fn client_ip(peer: IpAddr, forwarded: &str, trusted: &[IpRange]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|range| range.contains(ip));
    let mut client = peer;
    // Empty parts of a list are ignored: RFC 9110, 5.6.1.
    let hops = forwarded.rsplit(',').map(str::trim);
    for hop in hops.filter(|hop| !hop.is_empty()) {
        match parse_hop(hop) {
            Some(hop) if is_trusted(client) => client = hop,
            _ => break,
        }
    }
    client
}

/// Parses a hop in the formats of proxies: `ip`, `ip:port`, `[v6]`, `[v6]:port`.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.parse::<IpAddr>().ok();
    let with_port = || Some(hop.parse::<SocketAddr>().ok()?.ip());
    let in_brackets = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let ip = bare.or_else(with_port).or_else(in_brackets)?;
    Some(ip.to_canonical())
}

/// Logs once that an untrusted peer sends the header. Most often the operator forgot a proxy in the settings.
#[derive(Debug, Default)]
pub struct ProxyWarning(AtomicBool);

impl ProxyWarning {
    /// Logs the warning if it is due, and returns whether it was.
    pub fn check(&self, peer: IpAddr, headers: &HeaderMap, trusted: &[IpRange]) -> bool {
        let untrusted = || !trusted.iter().any(|range| range.contains(peer));
        let due =
            headers.contains_key(HEADER) && untrusted() && !self.0.swap(true, Ordering::Relaxed);
        if due {
            tracing::warn!(
                peer = loggable(peer),
                "ignoring X-Forwarded-For: the peer is not in trusted_proxies; add it if it is your proxy"
            );
        }
        due
    }
}

/// The address as log lines have it. A public address may be that of a person, so it is not logged.
pub(crate) fn loggable(ip: IpAddr) -> String {
    if is_internal(ip.to_canonical()) {
        ip.to_canonical().to_string()
    } else {
        "a public address".to_owned()
    }
}

fn is_internal(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn trusted() -> Vec<IpRange> {
        ["10.0.0.0/8", "fd00::/8"]
            .map(|range| range.parse().unwrap())
            .to_vec()
    }

    fn client_of(peer: &str, header: &str) -> String {
        client_ip(ip(peer), header, &trusted()).to_string()
    }

    #[test]
    fn only_the_header_of_a_trusted_proxy_is_used() {
        assert_eq!(client_of("192.0.2.7", "203.0.113.9"), "192.0.2.7");
        assert_eq!(client_of(PROXY, "203.0.113.9, 192.0.2.7"), "192.0.2.7");
        assert_eq!(
            client_of(PROXY, "203.0.113.9, 192.0.2.7, 10.9.9.9"),
            "192.0.2.7"
        );
        assert_eq!(client_of("fd00::1", "2001:db8::5"), "2001:db8::5");
        assert_eq!(client_of(PROXY, ""), PROXY);
        assert_eq!(client_of(PROXY, "10.0.0.3, 10.0.0.2"), "10.0.0.3");
    }

    #[test]
    fn a_part_that_is_not_an_address_ends_the_walk() {
        for junk in [
            "x",
            "unknown",
            "_hidden",
            "203.0.113.9:",
            "[::1",
            "fe80::1%eth0",
            "1.2.3.4, 256.1.1.1",
        ] {
            assert_eq!(
                client_of(PROXY, &format!("203.0.113.9, {junk}")),
                PROXY,
                "{junk}"
            );
            assert_eq!(
                client_of(PROXY, &format!("203.0.113.9, {junk}, 10.0.0.2")),
                "10.0.0.2",
                "{junk}"
            );
        }
    }

    #[test]
    fn hops_are_parsed_in_every_format_of_proxies() {
        for hop in [
            "192.0.2.7",
            "192.0.2.7:4711",
            "::ffff:192.0.2.7",
            "[::ffff:192.0.2.7]:1",
            " 192.0.2.7 ,",
        ] {
            assert_eq!(client_of(PROXY, hop), "192.0.2.7", "{hop}");
        }
        for hop in ["2001:db8::5", "[2001:db8::5]", "[2001:db8::5]:443"] {
            assert_eq!(client_of(PROXY, hop), "2001:db8::5", "{hop}");
        }
    }

    #[test]
    fn several_header_values_are_one_list_and_invalid_bytes_are_not_an_address() {
        let mut headers = HeaderMap::new();
        headers.append(HEADER, HeaderValue::from_static("203.0.113.9"));
        headers.append(HEADER, HeaderValue::from_static("192.0.2.7"));
        assert_eq!(
            client_ip(ip(PROXY), &forwarded(&headers), &trusted()),
            ip("192.0.2.7")
        );
        headers.append(HEADER, HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(
            client_ip(ip(PROXY), &forwarded(&headers), &trusted()),
            ip(PROXY)
        );
    }

    #[test]
    fn the_warning_is_logged_once_and_only_for_an_untrusted_peer_with_the_header() {
        let warning = ProxyWarning::default();
        let (untrusted_peer, mut headers) = (ip("127.0.0.1"), HeaderMap::new());
        assert!(!warning.check(untrusted_peer, &headers, &trusted()));
        headers.append(HEADER, HeaderValue::from_static("203.0.113.9"));
        assert!(!warning.check(ip(PROXY), &headers, &trusted()));
        assert!(warning.check(untrusted_peer, &headers, &trusted()));
        assert!(!warning.check(untrusted_peer, &headers, &trusted()));
    }

    proptest! {
        #[test]
        fn what_a_client_sends_does_not_change_its_address(sent in ".{0,80}", bits in any::<u32>(), hops in 0usize..4) {
            let real = IpAddr::from(std::net::Ipv4Addr::from_bits(bits));
            prop_assume!(!trusted()[0].contains(real));
            // Each proxy appends the address it was called from.
            let appended = (0..hops).map(|at| format!("10.0.1.{at}"));
            let mut header = format!("{sent}, {real}");
            appended.for_each(|hop| header = format!("{header}, {hop}"));
            prop_assert_eq!(client_ip(ip(PROXY), &header, &trusted()), real);
        }

        #[test]
        fn an_untrusted_peer_is_the_client(header in ".{0,80}", bits in any::<u32>()) {
            let peer = IpAddr::from(std::net::Ipv4Addr::from_bits(bits));
            prop_assume!(!trusted()[0].contains(peer));
            prop_assert_eq!(client_ip(peer, &header, &trusted()), peer);
        }

        #[test]
        fn every_spelling_of_an_address_is_the_same_hop(bits in any::<u128>(), port in any::<u16>()) {
            let ip = IpAddr::from(std::net::Ipv6Addr::from_bits(bits));
            for hop in [format!("{ip}"), format!("[{ip}]"), format!("[{ip}]:{port}")] {
                prop_assert_eq!(parse_hop(&hop), Some(ip.to_canonical()));
            }
        }
    }
}
