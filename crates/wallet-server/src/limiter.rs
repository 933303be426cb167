//! How often something was tried, in fixed windows, in memory.
//!
//! Called by sign-in and sign-up. A restart forgets the counts; limits that must outlive one are counted in the
//! database (intents). Keys are fingerprints, so that no e-mail address lies about in memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::clock::{Seconds, now};
use crate::secret::Fingerprint;

/// Above this many counts the ones that have run out are dropped: about 10 MB at worst.
const REMEMBERED: usize = 100_000;

/// The counts.
#[derive(Debug, Default)]
pub struct Limiter(Mutex<HashMap<[u8; 32], Count>>);

#[derive(Debug, Clone, Copy)]
struct Count {
    ends: Seconds,
    taken: u32,
}

/// Too often; good again in so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub Seconds);

impl Limiter {
    /// Counts one try of `what`.
    ///
    /// # Errors
    /// When it was tried `limit` times in this window already.
    pub fn take(&self, what: &str, limit: u32, window: Seconds) -> Result<(), TooMany> {
        let at = now();
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > REMEMBERED {
            counts.retain(|_, count| count.ends > at);
        }
        let count = counts.entry(name(what)).or_insert(Count {
            ends: at + window,
            taken: 0,
        });
        if count.ends <= at {
            *count = Count {
                ends: at + window,
                taken: 0,
            };
        }
        if count.taken >= limit {
            return Err(TooMany((count.ends - at).max(1)));
        }
        count.taken += 1;
        Ok(())
    }

    /// How often `what` was tried in the window that runs.
    pub fn count(&self, what: &str) -> u32 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let running = counts.get(&name(what)).filter(|count| count.ends > now());
        running.map_or(0, |count| count.taken)
    }

    /// Takes one try back: it was no failure.
    pub fn give_back(&self, what: &str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&name(what)) {
            count.taken = count.taken.saturating_sub(1);
        }
    }
}

fn name(what: &str) -> [u8; 32] {
    let mut name = [0; 32];
    name.copy_from_slice(Fingerprint::of(what).as_bytes());
    name
}

/// Where somebody calls from, as far as one subscriber goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// The place of an address.
    #[must_use]
    pub fn of(ip: IpAddr) -> Self {
        Self(subscriber(ip))
    }

    /// What the database counts it by: with another database's name it is another.
    #[must_use]
    pub fn fingerprint(&self, instance: &str) -> Fingerprint {
        Fingerprint::of(&format!("place {instance} {}", self.0))
    }
}

impl core::fmt::Display for Place {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The part of an address one subscriber has: all of IPv4, the first 64 bits of IPv6.
#[must_use]
pub fn subscriber(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("{:x}/64", ip.to_bits() >> 64),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_limit_is_exact_and_failures_only_count() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            limiter.take("a", 3, 60).unwrap();
        }
        assert!(matches!(limiter.take("a", 3, 60), Err(TooMany(1..=60))));
        limiter.take("b", 3, 60).unwrap();
        limiter.give_back("a");
        limiter.take("a", 3, 60).unwrap();
        assert!(
            limiter.take("a", 3, 0).is_err(),
            "the running window keeps its own end"
        );
    }

    #[test]
    fn neighbours_in_one_ipv6_net_are_one_subscriber() {
        let of = |text: &str| subscriber(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
