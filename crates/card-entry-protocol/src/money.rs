//! Amounts in minor units, the currencies they are in, and Stripe's rules for each currency.
//!
//! Called by the query parser, the dialects, the wallet server and the sandbox: nothing else in the workspace knows how
//! many decimals a currency has. An amount must never pass through a float, and `Intl` is never asked for decimals: its
//! number of digits differs between browsers, and from what Stripe takes (HUF, COP, IDR, PKR).

mod currency;
mod decimal;
mod rules;

pub use currency::Currency;
pub use decimal::Decimal;
pub use rules::AmountError;

/// A positive amount in some currency's minor units (cents, yen, fils); whether that currency takes it, its rules say:
/// [`Currency::amount`], [`Currency::charge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MinorUnits(u64);

impl MinorUnits {
    /// The most that Stripe takes in any currency: twelve digits.
    pub const MAX: u64 = 999_999_999_999;

    /// Checks a count: 1 to [`Self::MAX`].
    #[must_use]
    pub fn new(count: u64) -> Option<Self> {
        (1..=Self::MAX).contains(&count).then_some(Self(count))
    }

    /// Reads ASCII digits only: no sign, no decimals, no exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok().and_then(Self::new))?
    }

    /// The count of minor units.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests;
