//! The minimum, the median and the maximum of one figure over all rounds. Used by the report. It must never drop a round.

use serde::Serialize;

use crate::error::BenchError;

/// One figure over all rounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    pub min: f64,
    pub median: f64,
    pub max: f64,
}

impl Spread {
    /// Of the values of all rounds, in any order. The median of an even number is the mean of the middle two.
    ///
    /// # Errors
    /// There are no values, or one of them is not a number.
    pub fn of(values: &[f64]) -> Result<Self, BenchError> {
        if values.iter().any(|value| value.is_nan()) {
            return Err(BenchError::Failed(
                "a measured value is not a number".to_owned(),
            ));
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let upper = sorted.get(middle).copied();
        let lower = match sorted.len() % 2 {
            0 => middle
                .checked_sub(1)
                .and_then(|index| sorted.get(index))
                .copied(),
            _ => upper,
        };
        match (sorted.first(), lower, upper, sorted.last()) {
            (Some(min), Some(lower), Some(upper), Some(max)) => Ok(Self {
                min: *min,
                median: lower.midpoint(upper),
                max: *max,
            }),
            _ => Err(BenchError::NothingMeasured("rounds")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_median_is_the_middle_of_the_sorted_values() {
        let odd = Spread::of(&[3.0, 1.0, 2.0]).unwrap();
        assert_eq!((odd.min, odd.median, odd.max), (1.0, 2.0, 3.0));
        let even = Spread::of(&[4.0, 1.0, 2.0, 3.0]).unwrap();
        assert_eq!((even.min, even.median, even.max), (1.0, 2.5, 4.0));
    }

    #[test]
    fn no_rounds_and_no_numbers_are_errors() {
        assert!(matches!(
            Spread::of(&[]),
            Err(BenchError::NothingMeasured(_))
        ));
        assert!(Spread::of(&[1.0, f64::NAN]).is_err());
    }
}
