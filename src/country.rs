//! The countries a card can be billed in, and what each has of postal codes. Pure.
//!
//! Read by the state, which asks for a postal code only where there are any, and by the list the person chooses from.
//! Checked against the Universal Postal Union's list of addressing systems and the address metadata that browsers ship
//! (which fields an address of a country must have); a country for which the two differ asks for less. It must never be
//! stricter than the country: no form of a code is checked here.

#[cfg(target_arch = "wasm32")]
pub mod list;

/// Whether an address of a country has a postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostalCode {
    Required,
    /// There are codes, and addresses without one are delivered.
    Optional,
    Absent,
}

// ISO 3166-1 alpha-2, two letters each, without the uninhabited; and Kosovo. Each country stands in one list.

const REQUIRED: &str = "\
    ATAUAXBEBLBRCACHCNCZDEDKEEESFIFKFMFRGBGFGGGLGPGRGUHUIMINITJEJPKRLILTLULVMFMHMPMQMXMYNCNLNONZPFPLPMPRPTPWRERORUSESG\
    SHSKSMTCTRTWUAUSVIWFYTZA";

const OPTIONAL: &str = "\
    ADAFAIALAMARAZBABBBDBGBHBMBNBTBYCLCOCRCUCVCYDJDODZECEGETFOGEGHGIGNGTGWHNHRHTIDIEILIQIRISJMJOKEKGKHKNKWKYKZLALBLCLK\
    LRLSLYMAMCMDMEMGMKMMMNMSMTMUMVMWMZNANENGNINPOMPAPEPGPHPKPSPYRSSASDSISNSOSVSZTHTJTLTMTNTTTZUYUZVAVCVEVGVNWSXKZM";

const ABSENT: &str = "\
    AEAGAOAWBFBIBJBOBQBSBWBZCDCFCGCICKCMCWDMERFJGAGDGMGQGYHKKIKMKPMLMOMRNRNUQARWSBSCSLSRSSSTSXSYTDTGTOTVUGVUYEZW";

/// All of them, and what their addresses have.
pub const LISTS: [(&str, PostalCode); 3] = [
    (REQUIRED, PostalCode::Required),
    (OPTIONAL, PostalCode::Optional),
    (ABSENT, PostalCode::Absent),
];

/// What the addresses of a country have; `None` for what is no country of the list.
#[must_use]
pub fn postal_code(country: &str) -> Option<PostalCode> {
    let code = country.as_bytes();
    let holds = |list: &str| list.as_bytes().chunks(2).any(|known| known == code);
    LISTS
        .iter()
        .find_map(|(list, rule)| holds(list).then_some(*rule))
}

/// What English speakers of a country call their postal code; elsewhere it is a postal code.
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
    fn every_country_stands_once() {
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
    fn the_rule_follows_the_country() {
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
