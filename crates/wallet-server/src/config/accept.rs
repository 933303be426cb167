//! The section `[accounts.accept]`: the brands, fundings and expiry of cards that an account accepts.
//!
//! Called by every save with the gateway's card details. A page can show the same rules; the server enforces them. It
//! must never accept a card because of what a page claims about it.

use card_entry_protocol::card::{Brand, Funding};
use serde::Deserialize;

use super::ConfigError;
use super::error::invalid;
use super::range::number;
use crate::clock::now;
use crate::expiry::YearMonth;
use wallet_store::cards::GatewayCard;

/// Cards are valid for three to eight years: above five years, an account would refuse new cards of many banks.
const MAX_MIN_MONTHS_VALID: u8 = 60;

/// The raw section `[accounts.accept]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AcceptSettings {
    /// The accepted brands, such as `visa` and `mastercard`. Empty accepts all.
    pub brands: Vec<String>,
    /// The accepted fundings: `credit`, `debit`, `prepaid`. Empty accepts all.
    pub funding: Vec<String>,
    /// The number of months after the current one for which a new card must be valid. Default 0.
    pub min_months_valid: u8,
}

/// The checked form of the section `[accounts.accept]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptedCards {
    /// The accepted brands. Empty accepts all.
    pub brands: Vec<Brand>,
    /// The accepted fundings. Empty accepts all. A card of unknown funding is always accepted.
    pub funding: Vec<Funding>,
    /// The number of months after the current one for which a new card must be valid.
    pub min_months_valid: u8,
}

impl AcceptedCards {
    pub(super) fn check(setting: &str, given: AcceptSettings) -> Result<Self, ConfigError> {
        let brands = given.brands.iter().map(|text| match Brand::parse(text) {
            Some(Brand::Other(_) | Brand::Unknown) | None => Err(invalid(
                format!("{setting}.brands"),
                format!("`{text}` is no brand this server knows; use names such as visa, mastercard, amex"),
            )),
            Some(brand) => Ok(brand),
        });
        let funding = given.funding.iter().map(|text| match Funding::parse(text) {
            Some(funding @ (Funding::Credit | Funding::Debit | Funding::Prepaid)) => Ok(funding),
            _ => Err(invalid(
                format!("{setting}.funding"),
                format!("`{text}` is no funding; use credit, debit or prepaid"),
            )),
        });
        let months = "months; 0 accepts every card that is valid";
        Ok(Self {
            brands: brands.collect::<Result<_, _>>()?,
            funding: funding.collect::<Result<_, _>>()?,
            min_months_valid: number(
                &format!("{setting}.min_months_valid"),
                given.min_months_valid,
                0..=MAX_MIN_MONTHS_VALID,
                months,
            )?,
        })
    }

    /// Why the card is not accepted, as a sentence that names the accepted kinds. `None` means that it is accepted.
    #[must_use]
    pub fn reason_not_accepted(&self, card: &GatewayCard) -> Option<String> {
        let brand = Brand::parse(&card.brand).unwrap_or(Brand::Unknown);
        let funding = Funding::parse(&card.funding).unwrap_or(Funding::Unknown);
        let takes_brand = self.brands.is_empty() || self.brands.contains(&brand);
        let takes_funding = self.funding.is_empty()
            || funding == Funding::Unknown
            || self.funding.contains(&funding);
        if !takes_brand || !takes_funding {
            return Some(self.accepted_kinds_sentence());
        }
        self.reason_expiry_not_accepted(card.exp_month, card.exp_year)
    }

    /// Why a card with this expiry is not accepted, as a sentence that names the first month that is. `None` means that
    /// it is accepted. Also called for the new expiry of a stored card.
    #[must_use]
    pub fn reason_expiry_not_accepted(&self, month: u16, year: u16) -> Option<String> {
        let today = time::OffsetDateTime::from_unix_timestamp(now()).ok()?;
        let needed = YearMonth::of(today).plus(self.min_months_valid);
        let too_soon = self.min_months_valid > 0 && YearMonth::of_card(month, year) < needed;
        too_soon.then(|| {
            format!("This card expires too soon: it has to be valid through {needed}. Please use another card.")
        })
    }

    fn accepted_kinds_sentence(&self) -> String {
        let brands: Vec<&str> = self.brands.iter().map(Brand::title).collect();
        let takes = |funding: &Funding| self.funding.contains(funding);
        let all = [Funding::Credit, Funding::Debit, Funding::Prepaid];
        let kinds = match all.each_ref().map(takes) {
            [true, false, false] => "credit cards",
            [false, true, false] => "debit cards",
            [false, false, true] => "prepaid cards",
            [true, true, false] => "credit or debit cards",
            [true, false, true] => "credit or prepaid cards",
            [false, true, true] => "debit or prepaid cards",
            _ => "",
        };
        let taken = match (brands.is_empty(), kinds.is_empty()) {
            (true, _) => kinds.to_owned(),
            (false, true) => brands.join(", "),
            (false, false) => format!("{} ({kinds})", brands.join(", ")),
        };
        format!("This card isn’t accepted here. Please use one of these: {taken}.")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::locale::Locale;

    fn accept(brands: &[&str], funding: &[&str], min_months_valid: u8) -> AcceptedCards {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let given = AcceptSettings {
            brands: owned(brands),
            funding: owned(funding),
            min_months_valid,
        };
        AcceptedCards::check("accounts[0].accept", given).unwrap()
    }

    fn card(brand: &str, funding: &str, exp_year: u16) -> GatewayCard {
        GatewayCard {
            customer_id: String::new(),
            payment_method: String::new(),
            fingerprint: None,
            brand: brand.to_owned(),
            last4: "4242".to_owned(),
            exp_month: 12,
            exp_year,
            funding: funding.to_owned(),
            country: None,
            preferred_network: None,
            display_brand: None,
            name: None,
            address_line1: None,
            address_city: None,
            address_state: None,
            address_zip: None,
            address_country: None,
        }
    }

    #[test]
    fn a_refusal_names_the_accepted_kinds() {
        let some = accept(&["visa", "MasterCard"], &["credit"], 0);
        assert_eq!(
            some.reason_not_accepted(&card("visa", "credit", 2090)),
            None
        );
        assert_eq!(
            some.reason_not_accepted(&card("mastercard", "unknown", 2090)),
            None
        );
        for other in [
            card("amex", "credit", 2090),
            card("visa", "debit", 2090),
            card("verve", "unknown", 2090),
        ] {
            assert_eq!(
                some.reason_not_accepted(&other).unwrap(),
                "This card isn’t accepted here. Please use one of these: Visa, Mastercard (credit cards)."
            );
        }
        let funding = accept(&[], &["credit", "debit"], 0);
        assert_eq!(
            funding
                .reason_not_accepted(&card("visa", "prepaid", 2090))
                .unwrap(),
            "This card isn’t accepted here. Please use one of these: credit or debit cards."
        );
        assert_eq!(
            AcceptedCards::default().reason_not_accepted(&card("amex", "prepaid", 2001)),
            None
        );
    }

    #[test]
    fn a_refusal_is_translated() {
        let sentence =
            accept(&["visa"], &["debit"], 0).reason_not_accepted(&card("visa", "credit", 2090));
        assert_eq!(
            Locale::De.translate(&sentence.unwrap()).text,
            "Diese Karte wird hier nicht akzeptiert. Bitte verwenden Sie eine von diesen: Visa (Debitkarten)."
        );
    }

    #[test]
    fn a_card_must_be_valid_for_the_minimum_of_months() {
        let months = accept(&[], &[], 3);
        assert_eq!(
            months.reason_not_accepted(&card("visa", "credit", 2090)),
            None
        );
        let sentence = months
            .reason_not_accepted(&card("visa", "credit", 2001))
            .unwrap();
        assert!(
            sentence.starts_with("This card expires too soon: it has to be valid through "),
            "{sentence}"
        );
    }

    #[test]
    fn an_unknown_name_stops_the_start() {
        for (brands, funding, named) in [
            (vec!["vsia"], vec![], "vsia"),
            (vec![], vec!["gift"], "gift"),
        ] {
            let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
            let given = AcceptSettings {
                brands: owned(brands),
                funding: owned(funding),
                min_months_valid: 0,
            };
            let error = AcceptedCards::check("accounts[0].accept", given).unwrap_err();
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
