//! Stripe's rules for amounts: the decimals of a currency, its step, its smallest and its largest charge.
//!
//! Called wherever an amount is read, checked or shown. The source is Stripe's page on currencies,
//! <https://docs.stripe.com/currencies>, sections "Zero-decimal currencies", "Special cases" and "Minimum and maximum
//! charge amounts" (as of July 2026), and for the three-decimal currencies the section of that name in its older editions.

use super::currency::lists;
use super::{Currency, MinorUnits};

/// No minor unit at all. UGX is not among them: Stripe takes it in hundredths, as it takes ISK.
const ZERO_DECIMAL: &str = "bifclpdjfgnfjpykmfkrwmgapygrwfvndvuvxafxofxpf";

/// Three decimals, of which the last must be 0.
const THREE_DECIMAL: &str = "bhdjodkwdomrtnd";

/// Two decimals for Stripe, which must both be 0: there are no fractions any more.
const WHOLE_IN_HUNDREDTHS: &str = "iskugx";

/// The smallest charge in minor units. It is Stripe's for an account that is paid out in the same currency; currencies
/// without an entry have none that is published.
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

/// The largest amount, where it is not [`DEFAULT_MAX`].
const MAX: &[(&str, u64)] = &[
    ("idr", MinorUnits::MAX),
    ("lbp", 99_999_999_999),
    ("cophufjpy", 9_999_999_999),
    ("inr", 999_999_999),
];

/// Eight digits: what the API reference of the `PaymentIntent` allows where the page on currencies names no more.
const DEFAULT_MAX: u64 = 99_999_999;

fn find(rows: &[(&str, u64)], code: &str) -> Option<u64> {
    rows.iter()
        .find(|(codes, _)| lists(codes, code))
        .map(|(_, value)| *value)
}

/// Why a number is no amount of a currency, or none that can be charged. Amounts in it are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing.
    Zero,
    /// More decimals than the currency has, or decimals that must be 0: 12.995 dollars, 50.01 shillings of Uganda.
    TooPrecise,
    /// Less than the smallest charge.
    BelowMinimum(u64),
    /// More than the largest amount.
    AboveMaximum(u64),
}

impl Currency {
    /// How many of an amount's last digits are decimals for Stripe: 0, 2 or 3.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        if lists(ZERO_DECIMAL, self.as_str()) {
            0
        } else if lists(THREE_DECIMAL, self.as_str()) {
            3
        } else {
            2
        }
    }

    /// What every amount in minor units must be a multiple of: 1, 10 or 100.
    #[must_use]
    pub fn step(&self) -> u64 {
        if lists(THREE_DECIMAL, self.as_str()) {
            10
        } else if lists(WHOLE_IN_HUNDREDTHS, self.as_str()) {
            100
        } else {
            1
        }
    }

    /// The smallest charge in minor units, where Stripe publishes one.
    #[must_use]
    pub fn min_charge(&self) -> Option<u64> {
        find(MIN_CHARGE, self.as_str())
    }

    /// The largest amount in minor units.
    #[must_use]
    pub fn max_amount(&self) -> u64 {
        find(MAX, self.as_str()).unwrap_or(DEFAULT_MAX)
    }

    /// Checks an amount that is not charged by itself, such as a price or a part that is captured: no smallest charge.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn amount(&self, count: u64) -> Result<MinorUnits, AmountError> {
        if count > self.max_amount() {
            return Err(AmountError::AboveMaximum(self.max_amount()));
        }
        if !count.is_multiple_of(self.step()) {
            return Err(AmountError::TooPrecise);
        }
        MinorUnits::new(count).ok_or(AmountError::Zero)
    }

    /// Checks an amount that is to be charged.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn charge(&self, count: u64) -> Result<MinorUnits, AmountError> {
        let amount = self.amount(count)?;
        match self.min_charge() {
            Some(least) if count < least => Err(AmountError::BelowMinimum(least)),
            _ => Ok(amount),
        }
    }

    /// A count of minor units as a person writes it, without the code and without grouping: `12.99`, `500`, `1.250`.
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
    /// A sentence for whoever sent the amount: it names the rule and the limit, never the amount.
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
            Self::BelowMinimum(least) => format!(
                "The amount is too small. The least is {} {code}.",
                currency.format(least)
            ),
            Self::AboveMaximum(most) => format!(
                "The amount is too large. The most is {} {code}.",
                currency.format(most)
            ),
        }
    }
}
