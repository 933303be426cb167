//! Amounts in minor units, and the currencies they are in.
//!
//! Called by the query parser and the dialects. It must never pass through a float.

mod decimal;

pub use decimal::{AmountError, Decimal};

/// An amount in a currency's minor units (cents, yen, fils), 1 to 99,999,999: Stripe's own limit of eight digits.
/// See <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinorUnits(u32);

impl MinorUnits {
    /// Reads ASCII digits only: no sign, no decimals, no exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let amount = if digits {
            text.parse().ok()?
        } else {
            return None;
        };
        (amount > 0).then_some(Self(amount))
    }

    /// Checks a count.
    #[must_use]
    pub fn new(count: u32) -> Option<Self> {
        (1..=99_999_999).contains(&count).then_some(Self(count))
    }

    /// The count of minor units.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

/// The currencies a card can be charged in (<https://docs.stripe.com/currencies>), three letters each.
const KNOWN: &str = "\
    aedafnallamdangaoaarsaudawgaznbambbdbdtbgnbhdbifbmdbndbobbrlbsdbwpbynbzdcadcdfchfclp\
    cnycopcrccveczkdjfdkkdopdzdegpetbeurfjdfkpgbpgelghsgipgmdgnfgtqgydhkdhnlhtghufidrils\
    inriskjmdjodjpykeskgskhrkmfkrwkwdkydkztlaklbplkrlrdlslmadmdlmgamkdmmkmntmopmurmvrmwk\
    mxnmyrmznnadngnnionoknprnzdomrpabpenpgkphppkrplnpygqarronrsdrubrwfsarsbdscrseksgdshp\
    slesossrdstdszlthbtjstndtoptryttdtwdtzsuahugxusduyuuzsvndvuvwstxafxcdxofxpfyerzarzmw";

/// Currencies with no minor unit. See <https://docs.stripe.com/currencies#zero-decimal>.
const ZERO_DECIMAL: &str = "bifclpdjfgnfjpykmfkrwmgapygrwfugxvndvuvxafxofxpf";

/// Currencies with three decimals. See <https://docs.stripe.com/currencies#three-decimal>.
const THREE_DECIMAL: &str = "bhdjodkwdomrtnd";

fn lists(list: &str, code: &str) -> bool {
    list.as_bytes()
        .chunks(3)
        .any(|chunk| chunk == code.as_bytes())
}

/// An ISO 4217 currency, in lower case as Stripe writes it.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(String);

impl TryFrom<String> for Currency {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a currency")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.0
    }
}

impl Currency {
    /// Reads three ASCII letters of any case; unknown currencies are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.to_ascii_lowercase();
        (code.len() == 3 && lists(KNOWN, &code)).then_some(Self(code))
    }

    /// The code in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many decimals a person writes: 0, 2 or 3.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        if lists(ZERO_DECIMAL, &self.0) {
            0
        } else if lists(THREE_DECIMAL, &self.0) {
            3
        } else {
            2
        }
    }
}

impl core::fmt::Debug for Currency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_plain_digits() {
        assert_eq!(MinorUnits::parse("1299").unwrap().get(), 1299);
        for text in [
            "",
            "0",
            "-1",
            "+5",
            "NaN",
            "Infinity",
            "1e3",
            "0x10",
            "1.5",
            "１２",
            "100000000",
            " 1",
        ] {
            assert_eq!(MinorUnits::parse(text), None, "{text}");
        }
        assert_eq!(MinorUnits::parse(&"9".repeat(10_000)), None);
    }

    #[test]
    fn currencies_are_known_ones() {
        assert_eq!(Currency::parse("UsD").unwrap().as_str(), "usd");
        for text in ["us", "usdd", "u$d", "usԁ", "", "xyz", "edaf"] {
            assert_eq!(Currency::parse(text), None, "{text}");
        }
        assert_eq!((KNOWN.len() % 3, ZERO_DECIMAL.len() / 3), (0, 16));
        for code in ZERO_DECIMAL.as_bytes().chunks(3) {
            assert_eq!(
                Currency::parse(core::str::from_utf8(code).unwrap())
                    .unwrap()
                    .decimals(),
                0
            );
        }
        assert_eq!(Currency::parse("kwd").unwrap().decimals(), 3);
        assert_eq!(Currency::parse("eur").unwrap().decimals(), 2);
    }

    proptest! {
        #[test]
        fn every_amount_reads_as_itself(amount in 1u32..=99_999_999) {
            prop_assert_eq!(MinorUnits::parse(&amount.to_string()).map(MinorUnits::get), Some(amount));
        }

        #[test]
        fn never_panics(text in ".{0,12}") {
            let _ = (MinorUnits::parse(&text), Currency::parse(&text));
        }
    }
}
