//! `metrics_listen`, the address of the metrics: an address and a port, or a port alone, which means the loopback.
//!
//! Parsed from the settings. It must never be the address of the server: the metrics have no authentication.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::ConfigError;
use super::error::invalid;

/// The address that the metrics are served at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricsListen(pub SocketAddr);

/// Why a text is not an address of the metrics.
#[derive(Debug, thiserror::Error)]
#[error("is not an address with a port, such as 127.0.0.1:9464, nor a port")]
pub struct MetricsListenError;

impl FromStr for MetricsListen {
    type Err = MetricsListenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let of_port = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let address = text.parse().or_else(|_| text.parse().map(of_port));
        address.map(Self).map_err(|_| MetricsListenError)
    }
}

impl<'de> Deserialize<'de> for MetricsListen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MetricsListenVisitor)
    }
}

struct MetricsListenVisitor;

impl Visitor<'_> for MetricsListenVisitor {
    type Value = MetricsListen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address with a port, or a port")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<MetricsListen, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: serde::de::Error>(self, port: i64) -> Result<MetricsListen, E> {
        port.to_string().parse().map_err(E::custom)
    }
}

/// The address, unless the server itself listens on it.
pub(super) fn check(
    given: Option<MetricsListen>,
    listen: SocketAddr,
) -> Result<Option<SocketAddr>, ConfigError> {
    let Some(MetricsListen(address)) = given else {
        return Ok(None);
    };
    let is_same_host = address.ip() == listen.ip()
        || address.ip().is_unspecified()
        || listen.ip().is_unspecified();
    // Port 0 takes a free one.
    if address.port() != 0 && address.port() == listen.port() && is_same_host {
        return Err(invalid(
            "metrics_listen",
            "is the address of listen; give the metrics a port of their own, because they have no authentication",
        ));
    }
    Ok(Some(address))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(text: &str) -> Option<String> {
        let parsed: Result<MetricsListen, _> = text.parse();
        parsed.ok().map(|listen| listen.0.to_string())
    }

    #[test]
    fn a_port_alone_is_on_the_loopback() {
        assert_eq!(parse("9464").as_deref(), Some("127.0.0.1:9464"));
        assert_eq!(parse("10.0.0.5:9464").as_deref(), Some("10.0.0.5:9464"));
        assert_eq!(parse("[::1]:9464").as_deref(), Some("[::1]:9464"));
        for wrong in ["", "-1", "65536", "localhost:9464", "10.0.0.5"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_of_the_server_is_refused() {
        let listen = |text: &str| text.parse().unwrap();
        let check = |metrics: &str, own: &str| check(Some(listen(metrics)), own.parse().unwrap());
        for (metrics, own) in [
            ("4401", "127.0.0.1:4401"),
            ("0.0.0.0:4401", "127.0.0.1:4401"),
            ("4401", "0.0.0.0:4401"),
        ] {
            assert_eq!(check(metrics, own).unwrap_err().setting, "metrics_listen");
        }
        for metrics in ["9464", "10.0.0.5:4401", "0"] {
            assert!(check(metrics, "127.0.0.1:4401").is_ok(), "{metrics}");
        }
    }
}
