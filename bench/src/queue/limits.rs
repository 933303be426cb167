//! The rate limits of an account at Stripe. Used by the simulation. Source: <https://docs.stripe.com/rate-limits>, as of
//! 2026: "Global API rate limit: live mode 100 requests per second, sandbox 25", "individual API endpoints, unless
//! otherwise noted: 25 requests per second". Each method with its path is an endpoint of its own.

use super::plan::{ENDPOINTS, PlannedCall};

/// How many calls one account of the gateway may make in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayLimits {
    /// The name of the mode, for the table.
    pub mode: &'static str,
    /// All calls of the account. `None` means no such limit.
    pub per_second: Option<u32>,
    /// The calls of the account to one endpoint.
    pub per_second_and_endpoint: u32,
}

impl GatewayLimits {
    pub const LIVE: Self = Self {
        mode: "live",
        per_second: Some(100),
        per_second_and_endpoint: 25,
    };
    /// Stripe's own sandbox, with test keys.
    pub const TEST: Self = Self {
        mode: "test",
        per_second: Some(25),
        per_second_and_endpoint: 25,
    };

    /// The microseconds that one call takes of the limit of all calls.
    #[must_use]
    pub fn interval_micros(&self) -> u64 {
        self.per_second
            .map_or(0, |limit| 1_000_000 / u64::from(limit.max(1)))
    }

    /// The microseconds that one call takes of the limit of its endpoint.
    #[must_use]
    pub fn endpoint_interval_micros(&self) -> u64 {
        1_000_000 / u64::from(self.per_second_and_endpoint.max(1))
    }

    /// How much of the tighter limit is used, from 0 on. From 1 on the calls are too many.
    #[must_use]
    pub fn utilization(&self, plan: &[PlannedCall], saves_per_second: f64) -> f64 {
        let calls = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let all = self.per_second.map_or(0.0, |limit| {
            saves_per_second * calls(plan.len()) / f64::from(limit)
        });
        let endpoint = (0..ENDPOINTS)
            .map(|endpoint| plan.iter().filter(|call| call.endpoint == endpoint).count())
            .max()
            .unwrap_or_default();
        let endpoint = saves_per_second * calls(endpoint) / f64::from(self.per_second_and_endpoint);
        all.max(endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::plan::NEW_OWNER;

    #[test]
    fn the_tighter_limit_decides() {
        // Seven calls a save, two of them to one endpoint: 70 of 100 for the account, 20 of 25 for that endpoint.
        assert!((GatewayLimits::LIVE.utilization(NEW_OWNER, 10.0) - 0.8).abs() < 1e-12);
        assert!((GatewayLimits::TEST.utilization(NEW_OWNER, 10.0) - 2.8).abs() < 1e-12);
        let endpoints_only = GatewayLimits {
            per_second: None,
            ..GatewayLimits::LIVE
        };
        assert!((endpoints_only.utilization(NEW_OWNER, 5.0) - 0.4).abs() < 1e-12);
    }
}
