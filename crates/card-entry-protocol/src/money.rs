//! Amounts in minor units, currencies, and Stripe's rules for each currency.
//!
//! The query parser, the dialects, the wallet server and the sandbox use it; no other code contains the number of decimals
//! of a currency. An amount must never pass through a float. The decimals must never come from the browser's `Intl`: its
//! number of digits differs between browsers, and from Stripe's (HUF, COP, IDR, PKR).

mod currency;
mod decimal;
mod rules;

pub use currency::Currency;
pub use decimal::Decimal;
pub use rules::AmountError;

/// A positive amount in the minor units of a currency (cents, yen, fils). [`Currency::check_amount`] and [`Currency::check_charge`]
/// check it against the rules of the currency.
///
/// ```
/// use card_entry_protocol::money::{Currency, MinorUnits};
///
/// let usd = Currency::parse("USD").expect("a known currency");
/// let amount = usd.check_charge(1299)?;
/// assert_eq!((amount.get(), usd.format(amount.get()).as_str()), (1299, "12.99"));
/// assert!(usd.check_charge(49).is_err(), "below Stripe's minimum charge");
/// # Ok::<(), card_entry_protocol::money::AmountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MinorUnits(u64);

impl MinorUnits {
    /// Stripe's maximum in any currency, twelve digits.
    pub const MAX: u64 = 999_999_999_999;

    /// Checks a number of minor units; `None` when it is 0 or above [`Self::MAX`].
    #[must_use]
    pub fn new(count: u64) -> Option<Self> {
        (1..=Self::MAX).contains(&count).then_some(Self(count))
    }

    /// Reads 1 to 12 ASCII digits; `None` for a sign, decimals or an exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok().and_then(Self::new))?
    }

    /// The number of minor units.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests;
