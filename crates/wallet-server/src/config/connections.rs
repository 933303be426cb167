//! The bounds of client connections: how many there are at a time, and how long each may wait.
//!
//! Called by the check of the configuration. The default of `max_connections` follows from the limit of open files
//! (`RLIMIT_NOFILE`), because a connection is a file descriptor, and a server without descriptors can neither accept nor
//! open its database. It must never allow more connections than the process may have files.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::error::invalid;
use super::range::milliseconds;
use super::{ConfigError, Settings};

/// File descriptors for everything but clients and the gateway: 8 database connections with 3 files each, the outbox,
/// the files of the built frame, the listener, the log and the runtime.
const RESERVED_DESCRIPTORS: u64 = 64;

/// As many as there are requests in progress: see [`crate::tasks`].
const MAX_DEFAULT_CONNECTIONS: u64 = 4096;

/// The default even if almost no descriptors are left.
const MIN_DEFAULT_CONNECTIONS: u64 = 16;

/// Offices and telephone networks share one address.
const DEFAULT_CONNECTIONS_PER_ADDRESS: u64 = 100;

const HEADER_TIMEOUT_MS: RangeInclusive<u64> = 100..=120_000;
const IDLE_TIMEOUT_MS: RangeInclusive<u64> = 100..=3_600_000;

/// The bounds of client connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Connections at a time.
    pub max_connections: u32,
    /// Connections from one client network at a time. Trusted proxies have no such bound.
    pub max_connections_per_address: u32,
    /// The time in which a client must send a request's head: from the start of the connection, or from the head's first
    /// byte.
    pub header_timeout: Duration,
    /// The time that a connection may stay open without a request, or without progress of its response.
    pub idle_timeout: Duration,
}

impl ConnectionLimits {
    pub(super) fn check(given: &Settings) -> Result<Self, ConfigError> {
        Self::check_with(given, descriptor_limit())
    }

    fn check_with(given: &Settings, descriptors: Option<u64>) -> Result<Self, ConfigError> {
        let available =
            descriptors.map_or(u64::MAX, |all| all.saturating_sub(RESERVED_DESCRIPTORS));
        // A request in progress may have a connection to the gateway, which is a descriptor, too.
        let usual = (available / 2).clamp(MIN_DEFAULT_CONNECTIONS, MAX_DEFAULT_CONNECTIONS);
        let max = given.max_connections.map_or(usual, u64::from);
        if max == 0 {
            return Err(invalid(
                "max_connections",
                "give 1 or more, or leave it out",
            ));
        }
        if given.max_connections.is_some() && max > available {
            let problem = format!(
                "is more than this process may open files for; give at most {available}, or raise the limit of open files \
                 (ulimit -n, LimitNOFILE)"
            );
            return Err(invalid("max_connections", problem));
        }
        // One address must not take every connection.
        let usual = DEFAULT_CONNECTIONS_PER_ADDRESS.min(max.div_ceil(2));
        let per_address = given.max_connections_per_address.map_or(usual, u64::from);
        if !(1..=max).contains(&per_address) {
            let problem = format!("give 1 to {max}, the number of max_connections");
            return Err(invalid("max_connections_per_address", problem));
        }
        Ok(Self {
            max_connections: u32::try_from(max).unwrap_or(u32::MAX),
            max_connections_per_address: u32::try_from(per_address).unwrap_or(u32::MAX),
            header_timeout: milliseconds(
                "header_timeout_ms",
                given.header_timeout_ms.unwrap_or(10_000),
                HEADER_TIMEOUT_MS,
            )?,
            idle_timeout: milliseconds(
                "idle_timeout_ms",
                given.idle_timeout_ms.unwrap_or(60_000),
                IDLE_TIMEOUT_MS,
            )?,
        })
    }
}

/// The number of files that this process may have open. `None`: there is no limit.
#[cfg(unix)]
fn descriptor_limit() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn descriptor_limit() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn given(max: Option<u32>, per_address: Option<u32>) -> Settings {
        Settings {
            max_connections: max,
            max_connections_per_address: per_address,
            ..Settings::default()
        }
    }

    #[test]
    fn the_defaults_follow_from_the_limit_of_open_files() {
        let of = |descriptors| {
            let limits = ConnectionLimits::check_with(&given(None, None), descriptors).unwrap();
            (limits.max_connections, limits.max_connections_per_address)
        };
        assert_eq!(of(Some(0)), (16, 8));
        assert_eq!(of(Some(256)), (96, 48));
        assert_eq!(of(Some(1024)), (480, 100));
        assert_eq!(of(Some(u64::MAX)), (4096, 100));
        assert_eq!(of(None), (4096, 100));
    }

    #[test]
    fn a_bound_that_cannot_hold_is_refused() {
        let setting = |max, per_address| {
            let checked = ConnectionLimits::check_with(&given(max, per_address), Some(256));
            checked.map_err(|error| error.setting)
        };
        assert!(setting(Some(192), Some(192)).is_ok());
        assert_eq!(setting(Some(0), None), Err("max_connections".to_owned()));
        assert_eq!(setting(Some(193), None), Err("max_connections".to_owned()));
        let per_address = Err("max_connections_per_address".to_owned());
        assert_eq!(setting(None, Some(0)), per_address);
        assert_eq!(setting(None, Some(97)), per_address);
        let timeouts = |header, idle| {
            let settings = Settings {
                header_timeout_ms: Some(header),
                idle_timeout_ms: Some(idle),
                ..Settings::default()
            };
            ConnectionLimits::check_with(&settings, None).map_err(|error| error.setting)
        };
        assert!(timeouts(100, 3_600_000).is_ok());
        assert_eq!(timeouts(0, 100), Err("header_timeout_ms".to_owned()));
        assert_eq!(timeouts(120_001, 100), Err("header_timeout_ms".to_owned()));
        assert_eq!(timeouts(100, 99), Err("idle_timeout_ms".to_owned()));
    }
}
