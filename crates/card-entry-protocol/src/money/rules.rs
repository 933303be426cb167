//! Stripe's rules for amounts: the decimals of a currency, its step, its minimum charge and its maximum amount.
//!
//! All code that reads, checks or shows an amount uses it. The source is Stripe's page on currencies,
//! <https://docs.stripe.com/currencies>, sections "Zero-decimal currencies", "Special cases" and "Minimum and maximum
//! charge amounts" (as of July 2026), and for the three-decimal currencies the section of that name in its older editions.
//! An error must never repeat the amount.

use super::currency::contains_code;
use super::{Currency, MinorUnits};

/// Currencies without minor unit. UGX is not one of them: Stripe counts it in hundredths, as it counts ISK.
const ZERO_DECIMAL: &str = "bifclpdjfgnfjpykmfkrwmgapygrwfvndvuvxafxofxpf";

/// Currencies with three decimals, of which the last must be 0.
const THREE_DECIMAL: &str = "bhdjodkwdomrtnd";

/// Currencies with two decimals for Stripe, which must both be 0, because the currency has no fractions any more.
const WHOLE_IN_HUNDREDTHS: &str = "iskugx";

/// The minimum charge in minor units, for an account that is paid out in the same currency. For the other currencies Stripe
/// publishes none.
const MIN_CHARGE: &[(&str, u64)] = &[
    ("usdarsaudbrlcadchfcopeuridrilsinrjpykrwnzdphprubsgdzar", 50),
    ("gbp", 30),
    ("bgn", 100),
    ("aedmyrplnron", 200),
    ("dkk", 250),
    ("noksek", 300),
    ("hkd", 400),
    ("mxnthb", 1_000),
    ("czk", 1_500),
    ("huf", 17_500),
];

/// The maximum amount in minor units, where it is not [`DEFAULT_MAX`].
const MAX: &[(&str, u64)] = &[
    ("idr", MinorUnits::MAX),
    ("lbp", 99_999_999_999),
    ("cophufjpy", 9_999_999_999),
    ("inr", 999_999_999),
];

/// Eight digits, from the API reference of the PaymentIntent, where the page on currencies has no other value.
const DEFAULT_MAX: u64 = 99_999_999;

fn find(rows: &[(&str, u64)], code: &str) -> Option<u64> {
    rows.iter()
        .find(|(codes, _)| contains_code(codes, code))
        .map(|(_, value)| *value)
}

/// The rule of a currency that an amount breaks. The limits are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// The amount is zero minor units.
    Zero,
    /// The amount has more decimals than the currency, or decimals that must be 0, e.g. 12.995 dollars or 50.01 Ugandan
    /// shillings.
    TooPrecise,
    /// The amount is below this minimum charge.
    BelowMinimum(u64),
    /// The amount is above this maximum.
    AboveMaximum(u64),
}

impl Currency {
    /// The number of decimals in Stripe's amounts: 0, 2 or 3.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        if contains_code(ZERO_DECIMAL, self.as_str()) {
            0
        } else if contains_code(THREE_DECIMAL, self.as_str()) {
            3
        } else {
            2
        }
    }

    /// The step of amounts: every amount in minor units must be a multiple of it. 1, 10 or 100.
    #[must_use]
    pub fn step(&self) -> u64 {
        if contains_code(THREE_DECIMAL, self.as_str()) {
            10
        } else if contains_code(WHOLE_IN_HUNDREDTHS, self.as_str()) {
            100
        } else {
            1
        }
    }

    /// The minimum charge in minor units; `None` where Stripe publishes none.
    #[must_use]
    pub fn min_charge(&self) -> Option<u64> {
        find(MIN_CHARGE, self.as_str())
    }

    /// The maximum amount in minor units.
    #[must_use]
    pub fn max_amount(&self) -> u64 {
        find(MAX, self.as_str()).unwrap_or(DEFAULT_MAX)
    }

    /// Checks an amount in minor units that is not charged on its own, e.g. a price or a partial capture. The minimum charge
    /// is not checked.
    ///
    /// # Errors
    /// The rule that the amount breaks.
    pub fn check_amount(&self, count: u64) -> Result<MinorUnits, AmountError> {
        if count > self.max_amount() {
            return Err(AmountError::AboveMaximum(self.max_amount()));
        }
        if !count.is_multiple_of(self.step()) {
            return Err(AmountError::TooPrecise);
        }
        MinorUnits::new(count).ok_or(AmountError::Zero)
    }

    /// Checks an amount in minor units that is to be charged.
    ///
    /// # Errors
    /// The rule that the amount breaks, the minimum charge included.
    pub fn check_charge(&self, count: u64) -> Result<MinorUnits, AmountError> {
        let amount = self.check_amount(count)?;
        match self.min_charge() {
            Some(minimum) if count < minimum => Err(AmountError::BelowMinimum(minimum)),
            _ => Ok(amount),
        }
    }

    /// Formats an amount in minor units as a decimal without currency code and grouping, e.g. `12.99`, `500` or `1.250`.
    #[must_use]
    pub fn format(&self, count: u64) -> String {
        let decimals = usize::from(self.decimals());
        let mut text = format!("{count:0width$}", width = decimals + 1);
        if decimals > 0 {
            text.insert(text.len() - decimals, '.');
        }
        text
    }
}

impl AmountError {
    /// A sentence for the caller. It names the rule and the limit, and never the amount.
    #[must_use]
    pub fn sentence(self, currency: &Currency) -> String {
        let code = currency.as_str().to_ascii_uppercase();
        match self {
            Self::Zero => "The amount must be above zero.".to_owned(),
            Self::TooPrecise => match (currency.decimals(), currency.step()) {
                (0, _) | (_, 100) => format!("An amount in {code} has no fraction."),
                (_, 10) => format!("An amount in {code} has two decimals; a third must be 0."),
                (decimals, _) => {
                    format!("The amount has more than the {decimals} decimals of {code}.")
                }
            },
            Self::BelowMinimum(minimum) => format!(
                "The amount is too small. The least is {} {code}.",
                currency.format(minimum)
            ),
            Self::AboveMaximum(maximum) => format!(
                "The amount is too large. The most is {} {code}.",
                currency.format(maximum)
            ),
        }
    }
}
