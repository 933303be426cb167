//! The countries of a billing address, and whether each has postal codes. Pure.
//!
//! Read by the state, which asks for a postal code only where the country has them, and by the country list. Checked
//! against the Universal Postal Union's list of addressing systems and the address metadata of browsers (the required
//! fields of each country's addresses). Where the two differ, the weaker rule applies. It must never be stricter than
//! the country: the format of a code is not checked.

#[cfg(target_arch = "wasm32")]
pub mod list;

/// Whether the addresses of a country have a postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostalCode {
    Required,
    /// The country has codes, and delivers mail without one.
    Optional,
    Absent,
}

// ISO 3166-1 alpha-2 codes of two letters each: the inhabited countries, and Kosovo. Each country is in one list.

const REQUIRED: &str = "\
    ATAUAXBEBLBRCACHCNCZDEDKEEESFIFKFMFRGBGFGGGLGPGRGUHUIMINITJEJPKRLILTLULVMFMHMPMQMXMYNCNLNONZPFPLPMPRPTPWRERORUSESG\
    SHSKSMTCTRTWUAUSVIWFYTZA";

const OPTIONAL: &str = "\
    ADAFAIALAMARAZBABBBDBGBHBMBNBTBYCLCOCRCUCVCYDJDODZECEGETFOGEGHGIGNGTGWHNHRHTIDIEILIQIRISJMJOKEKGKHKNKWKYKZLALBLCLK\
    LRLSLYMAMCMDMEMGMKMMMNMSMTMUMVMWMZNANENGNINPOMPAPEPGPHPKPSPYRSSASDSISNSOSVSZTHTJTLTMTNTTTZUYUZVAVCVEVGVNWSXKZM";

const ABSENT: &str = "\
    AEAGAOAWBFBIBJBOBQBSBWBZCDCFCGCICKCMCWDMERFJGAGDGMGQGYHKKIKMKPMLMOMRNRNUQARWSBSCSLSRSSSTSXSYTDTGTOTVUGVUYEZW";

/// All countries, one list for each rule.
pub const LISTS: [(&str, PostalCode); 3] = [
    (REQUIRED, PostalCode::Required),
    (OPTIONAL, PostalCode::Optional),
    (ABSENT, PostalCode::Absent),
];

/// The rule of a country; `None` for a code that is in no list.
#[must_use]
pub fn postal_code(country: &str) -> Option<PostalCode> {
    let code = country.as_bytes();
    let holds = |list: &str| list.as_bytes().chunks(2).any(|known| known == code);
    LISTS
        .iter()
        .find_map(|(list, rule)| holds(list).then_some(*rule))
}

/// The name of the postal code in the English of a country; `None` where it is "postal code".
#[must_use]
pub fn english_name(country: &str) -> Option<&'static str> {
    Some(match country {
        "US" | "PR" | "GU" | "VI" => "ZIP code",
        "GB" | "AU" | "NZ" | "JE" | "GG" | "IM" | "ZA" => "Postcode",
        "IN" => "PIN code",
        "IE" => "Eircode",
        _ => return None,
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn each_country_is_in_one_list() {
        let mut all: Vec<&[u8]> = LISTS
            .iter()
            .flat_map(|(list, _)| list.as_bytes().chunks(2))
            .collect();
        assert!(
            all.iter()
                .all(|code| code.len() == 2 && code.iter().all(u8::is_ascii_uppercase))
        );
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!((all.len(), count), (235, 235));
    }

    #[test]
    fn each_country_has_its_rule() {
        for (country, rule) in [
            ("US", Some(PostalCode::Required)),
            ("GB", Some(PostalCode::Required)),
            ("SE", Some(PostalCode::Required)),
            ("IE", Some(PostalCode::Optional)),
            ("CL", Some(PostalCode::Optional)),
            ("HK", Some(PostalCode::Absent)),
            ("AE", Some(PostalCode::Absent)),
            ("QA", Some(PostalCode::Absent)),
            ("", None),
            ("us", None),
            ("SU", None),
            ("USGB", None),
        ] {
            assert_eq!(postal_code(country), rule, "{country}");
        }
    }
}
