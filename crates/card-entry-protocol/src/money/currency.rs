//! A currency that a card can be charged in, by its ISO 4217 code.
//!
//! Made from addresses, settings and answers; its rules are in [`super::rules`]. It must never guess: a code that is not
//! on Stripe's list is none.

/// The currencies a card can be charged in (<https://docs.stripe.com/currencies>), three letters each.
const KNOWN: &str = "\
    aedafnallamdangaoaarsaudawgaznbambbdbdtbgnbhdbifbmdbndbobbrlbsdbwpbynbzdcadcdfchfclp\
    cnycopcrccveczkdjfdkkdopdzdegpetbeurfjdfkpgbpgelghsgipgmdgnfgtqgydhkdhnlhtghufidrils\
    inriskjmdjodjpykeskgskhrkmfkrwkwdkydkztlaklbplkrlrdlslmadmdlmgamkdmmkmntmopmurmvrmwk\
    mxnmyrmznnadngnnionoknprnzdomrpabpenpgkphppkrplnpygqarronrsdrubrwfsarsbdscrseksgdshp\
    slesossrdstdszlthbtjstndtoptryttdtwdtzsuahugxusduyuuzsvndvuvwstxafxcdxofxpfyerzarzmw";

/// Whether a list of three-letter codes holds one.
pub(super) fn lists(list: &str, code: &str) -> bool {
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

    /// Every known currency, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN
            .as_bytes()
            .chunks(3)
            .filter_map(|code| core::str::from_utf8(code).ok().and_then(Self::parse))
    }

    /// The code in lower case.
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
