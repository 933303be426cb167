//! A currency in which a card can be charged, by its ISO 4217 code.
//!
//! [`super::rules`] has the rules of each currency. A code that is not on Stripe's list must never be accepted.

/// The currencies in which a card can be charged (<https://docs.stripe.com/currencies>), three letters each.
const KNOWN: &str = "\
    aedafnallamdangaoaarsaudawgaznbambbdbdtbgnbhdbifbmdbndbobbrlbsdbwpbynbzdcadcdfchfclp\
    cnycopcrccveczkdjfdkkdopdzdegpetbeurfjdfkpgbpgelghsgipgmdgnfgtqgydhkdhnlhtghufidrils\
    inriskjmdjodjpykeskgskhrkmfkrwkwdkydkztlaklbplkrlrdlslmadmdlmgamkdmmkmntmopmurmvrmwk\
    mxnmyrmznnadngnnionoknprnzdomrpabpenpgkphppkrplnpygqarronrsdrubrwfsarsbdscrseksgdshp\
    slesossrdstdszlthbtjstndtoptryttdtwdtzsuahugxusduyuuzsvndvuvwstxafxcdxofxpfyerzarzmw";

/// Whether a list of three-letter codes contains a code.
pub(super) fn contains_code(list: &str, code: &str) -> bool {
    list.as_bytes()
        .chunks(3)
        .any(|chunk| chunk == code.as_bytes())
}

/// A currency code (ISO 4217), lower case as Stripe writes it, e.g. `usd`.
///
/// ```
/// use card_entry_protocol::money::Currency;
///
/// let yen = Currency::parse("JPY").expect("a known currency");
/// assert_eq!((yen.as_str(), yen.decimals(), yen.min_charge()), ("jpy", 0, Some(50)));
/// assert_eq!(Currency::parse("xyz"), None);
/// ```
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline))]
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
    /// Reads three ASCII letters of any case; `None` for a currency that is not on Stripe's list.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.to_ascii_lowercase();
        (code.len() == 3 && contains_code(KNOWN, &code)).then_some(Self(code))
    }

    /// Every known currency, in alphabetical order.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN
            .as_bytes()
            .chunks(3)
            .filter_map(|code| core::str::from_utf8(code).ok().and_then(Self::parse))
    }

    /// The code in lower case, e.g. `usd`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Currency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}
