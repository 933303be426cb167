//! Who saves a card next, and when: a Poisson process over accounts of unequal size. Used by the simulation. It must never
//! read a clock: all randomness comes from the seed.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

use crate::error::BenchError;

/// Random numbers that are the same on every computer for a seed.
#[derive(Debug)]
pub struct Random(Pcg64Mcg);

impl Random {
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// A number from 0, which it can be, to 1, which it cannot be: 53 random bits.
    pub fn unit(&mut self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // 53 bits are exact
        let bits = (self.0.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// The time to the next event of a Poisson process, in seconds.
    pub fn interval_seconds(&mut self, per_second: f64) -> f64 {
        -(1.0 - self.unit()).ln() / per_second
    }
}

/// The accounts with their shares of all saves. The first account is the busiest.
#[derive(Debug, Clone)]
pub struct Arrivals {
    /// The sum of the shares up to each account. The last one is 1.
    cumulative: Vec<f64>,
}

impl Arrivals {
    /// Accounts by Zipf's law: the account with rank r has a share in proportion to 1 / r^skew.
    ///
    /// # Errors
    /// There are no accounts, or the exponent is no number from 0 on.
    pub fn of_unequal(accounts: u32, skew: f64) -> Result<Self, BenchError> {
        if accounts == 0 || !skew.is_finite() || skew < 0.0 {
            let problem = "give 1 account or more, and a skew of 0 or more";
            return Err(BenchError::Failed(problem.to_owned()));
        }
        let weights: Vec<f64> = (1..=accounts)
            .map(|rank| f64::from(rank).powf(-skew))
            .collect();
        let total: f64 = weights.iter().sum();
        let cumulative = weights.iter().scan(0.0, |sum, weight| {
            *sum += weight / total;
            Some(*sum)
        });
        Ok(Self {
            cumulative: cumulative.collect(),
        })
    }

    /// The number of accounts.
    #[must_use]
    pub fn accounts(&self) -> usize {
        self.cumulative.len()
    }

    /// The share of the busiest account, from 0 to 1.
    #[must_use]
    pub fn busiest_share(&self) -> f64 {
        self.cumulative.first().copied().unwrap_or_default()
    }

    /// The account of the next save, by its index.
    pub fn choose(&self, random: &mut Random) -> usize {
        let at = random.unit();
        let index = self.cumulative.partition_point(|sum| *sum <= at);
        index.min(self.cumulative.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn shares_follow_zipfs_law() {
        let arrivals = Arrivals::of_unequal(3, 1.0).unwrap();
        assert!((arrivals.busiest_share() - 6.0 / 11.0).abs() < 1e-12);
        let mut random = Random::seeded(1);
        let mut counts = [0_u32; 3];
        for _ in 0..110_000 {
            let account = arrivals.choose(&mut random);
            *counts.get_mut(account).unwrap() += 1;
        }
        for (count, expected) in counts.iter().zip([60_000.0, 30_000.0, 20_000.0]) {
            assert!(
                (f64::from(*count) - expected).abs() < expected * 0.03,
                "{counts:?}"
            );
        }
    }

    #[test]
    fn intervals_have_the_mean_of_their_rate() {
        let mut random = Random::seeded(1);
        let sum: f64 = (0..100_000).map(|_| random.interval_seconds(4.0)).sum();
        assert!((sum / 100_000.0 - 0.25).abs() < 0.005, "{sum}");
    }

    #[test]
    fn unusable_shares_are_refused() {
        assert!(Arrivals::of_unequal(0, 1.0).is_err());
        assert!(Arrivals::of_unequal(1, -1.0).is_err());
        assert!(Arrivals::of_unequal(1, f64::NAN).is_err());
    }
}
