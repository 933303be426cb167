//! An amount as a decimal: 12.99, as a JSON number or in quotes.
//!
//! Read and written by the dialects that write amounts so. It must never pass through a float: binary fractions hold
//! almost no decimal ones, and some JSON readers are off by one in the last place. So a number is taken from the text
//! of the JSON itself, by `decimal/json.rs`; in a browser that text is gone before we see it, and only quotes are read.

use super::{AmountError, Currency, MinorUnits};

#[cfg(not(target_arch = "wasm32"))]
mod json;
#[cfg(test)]
mod tests;

/// Digits and point of the longest amount that is read: a limit against texts that are no amounts.
const MAX_DECIMAL_BYTES: usize = 32;

/// An unsigned decimal, kept exactly as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    target_arch = "wasm32",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Decimal {
    /// `12.99`, and of a JSON number perhaps `1299e-2`.
    text: String,
    /// Whether it is written in quotes.
    quoted: bool,
}

impl Decimal {
    /// Reads what stands in quotes: digits, at most one point with digits on both sides, no sign, no exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (_, scale) = parts(text)?;
        (scale.exponent == 0).then(|| Self {
            text: text.to_owned(),
            quoted: true,
        })
    }

    /// Reads the text of a JSON number; an exponent is exact and may be there.
    #[must_use]
    pub fn parse_number(text: &str) -> Option<Self> {
        parts(text).map(|_| Self {
            text: text.to_owned(),
            quoted: false,
        })
    }

    /// An amount as a person of this currency writes it: `12.99`, `500`, `1.250`. Written in quotes.
    #[must_use]
    pub fn from_minor_units(amount: MinorUnits, currency: &Currency) -> Self {
        let text = currency.format(amount.get());
        Self { text, quoted: true }
    }

    /// The same, written as a JSON number.
    #[must_use]
    pub fn as_number(mut self) -> Self {
        self.quoted = false;
        self
    }

    /// As it was written, without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The exact count of a currency's minor units. Zeros behind the last decimal of the currency change nothing. There is
    /// no smallest charge here: see [`Self::charge`].
    ///
    /// # Errors
    /// It is no amount of this currency.
    pub fn minor_units(&self, currency: &Currency) -> Result<MinorUnits, AmountError> {
        currency.amount(self.count(currency)?)
    }

    /// The same, of an amount that is to be charged.
    ///
    /// # Errors
    /// It is no amount of this currency, or less than its smallest charge.
    pub fn charge(&self, currency: &Currency) -> Result<MinorUnits, AmountError> {
        currency.charge(self.count(currency)?)
    }

    fn count(&self, currency: &Currency) -> Result<u64, AmountError> {
        let above = AmountError::AboveMaximum(currency.max_amount());
        let (mut digits, scale) = parts(&self.text).ok_or(above)?;
        let mut shift = i32::from(currency.decimals()) + scale.exponent - scale.decimals;
        while shift < 0 {
            match digits.pop() {
                Some('0') | None => shift += 1,
                Some(_) => return Err(AmountError::TooPrecise),
            }
        }
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Err(AmountError::Zero);
        }
        let zeros = usize::try_from(shift)
            .unwrap_or(MAX_DECIMAL_BYTES)
            .min(MAX_DECIMAL_BYTES);
        let count = format!("{digits}{}", "0".repeat(zeros));
        count.parse().map_err(|_| above)
    }
}

/// How far the digits of a decimal stand from their point.
struct Scale {
    decimals: i32,
    exponent: i32,
}

/// Takes a decimal apart: its digits without the point, and where the point was.
fn parts(text: &str) -> Option<(String, Scale)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if text.len() > MAX_DECIMAL_BYTES {
        return None;
    }
    let (number, exponent) = match text.split_once(['e', 'E']) {
        // Three digits reach past any amount, and the sum below stays far from its limits.
        Some((number, power)) if (1..=4).contains(&power.len()) => (number, power.parse().ok()?),
        Some(_) => return None,
        None => (text, 0),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) if digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (number, ""),
    };
    let scale = Scale {
        decimals: i32::try_from(fraction.len()).ok()?,
        exponent,
    };
    // As in JSON, no zero leads another digit: 012.99 is a slip, and 1 + "2.99" is one that loses money.
    let canonical = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    canonical.then(|| (format!("{whole}{fraction}"), scale))
}

impl TryFrom<String> for Decimal {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a decimal amount")
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.text
    }
}
