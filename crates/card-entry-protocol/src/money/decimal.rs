//! An amount in major units as a decimal, e.g. 12.99, as a JSON number or in quotes.
//!
//! Some dialects write amounts in this form. An amount must never pass through a float: most decimal fractions have no exact
//! binary form, and some JSON readers are off by one in the last digit. Therefore `decimal/json.rs` reads a number from the
//! text of the JSON itself. A browser does not give that text, so there only an amount in quotes is read.

use super::{AmountError, Currency, MinorUnits};

#[cfg(not(target_arch = "wasm32"))]
mod json;
#[cfg(test)]
mod tests;

/// A longer text is not an amount.
const MAX_DECIMAL_BYTES: usize = 32;

/// An unsigned decimal, stored exactly as it was written.
///
/// ```
/// use card_entry_protocol::money::{Currency, Decimal, MinorUnits};
///
/// let usd = Currency::parse("usd").expect("a known currency");
/// let decimal: Decimal = serde_json::from_str("12.990").expect("a decimal");
/// assert_eq!(decimal.minor_units(&usd), Ok(MinorUnits::new(1299).expect("positive")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    target_arch = "wasm32",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Decimal {
    /// `12.99`, or `1299e-2` from a JSON number.
    text: String,
    /// Whether it is written in quotes.
    quoted: bool,
}

impl Decimal {
    /// Reads the text in quotes: digits, at most one point with digits on both sides, no sign, no exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (_, scale) = parts(text)?;
        (scale.exponent == 0).then(|| Self {
            text: text.to_owned(),
            quoted: true,
        })
    }

    /// Reads the text of a JSON number, which may have an exponent.
    #[must_use]
    pub fn parse_number(text: &str) -> Option<Self> {
        parts(text).map(|_| Self {
            text: text.to_owned(),
            quoted: false,
        })
    }

    /// Converts an amount into a decimal in quotes, e.g. `12.99`, `500` or `1.250`.
    #[must_use]
    pub fn from_minor_units(amount: MinorUnits, currency: &Currency) -> Self {
        let text = currency.format(amount.get());
        Self { text, quoted: true }
    }

    /// The same decimal, written as a JSON number.
    #[must_use]
    pub fn as_number(mut self) -> Self {
        self.quoted = false;
        self
    }

    /// The decimal as it was written, without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Converts the decimal exactly into minor units of a currency. Zeros after the last decimal of the currency are
    /// ignored. [`Self::charge_amount`] also checks the minimum charge.
    ///
    /// # Errors
    /// The rule of the currency that the amount breaks.
    pub fn minor_units(&self, currency: &Currency) -> Result<MinorUnits, AmountError> {
        currency.check_amount(self.count(currency)?)
    }

    /// As [`Self::minor_units`], for an amount that is to be charged.
    ///
    /// # Errors
    /// The rule of the currency that the amount breaks, its minimum charge included.
    pub fn charge_amount(&self, currency: &Currency) -> Result<MinorUnits, AmountError> {
        currency.check_charge(self.count(currency)?)
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

/// The position of a decimal's point.
struct Scale {
    decimals: i32,
    exponent: i32,
}

/// Splits a decimal into its digits without the point, and the position of the point.
fn parts(text: &str) -> Option<(String, Scale)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if text.len() > MAX_DECIMAL_BYTES {
        return None;
    }
    let (number, exponent) = match text.split_once(['e', 'E']) {
        // An exponent of three digits is larger than any amount needs, and the sum in `count` cannot overflow.
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
    // As in JSON, no digit follows a leading zero: 012.99 is a mistake, e.g. a concatenation of "0" and "12.99".
    let canonical = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    canonical.then(|| (format!("{whole}{fraction}"), scale))
}

#[cfg(feature = "schemas")]
impl schemars::JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    /// A text where this server writes an amount; a text or a number where it reads one.
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        if generator.contract().is_serialize() {
            schemars::json_schema!({"type": "string", "examples": ["12.99"]})
        } else {
            schemars::json_schema!({"type": ["string", "number"], "examples": ["12.99", 12.99]})
        }
    }
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
