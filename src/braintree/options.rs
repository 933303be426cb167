//! The options that are passed to Hosted Fields, as plain data.
//!
//! Turned into JavaScript objects by the card fields. It must never contain anything typed but the person's name,
//! postal code and country.

use card_entry_protocol::tree::Tree;

use crate::stripe::field_style::FieldStyle;

#[must_use]
pub fn styles(field_style: &FieldStyle) -> Tree {
    let color = |color: &str| Tree::map(&mut [("color", Tree::text(color))]);
    let input = Tree::map(&mut [
        ("color", Tree::text(&field_style.text)),
        ("font-family", Tree::text(&field_style.family)),
        ("font-size", Tree::text(&field_style.size)),
        ("line-height", Tree::text("24px")),
    ]);
    Tree::map(&mut [
        ("input", input),
        ("::placeholder", color(&field_style.muted)),
        (".invalid", color(&field_style.danger)),
    ])
}

/// Options of `tokenize`: the name and the address, as far as the form asked for them or the site knows them.
#[must_use]
pub fn tokenize_options(billing: &Tree) -> Tree {
    let entered = billing.get("address");
    let address = Tree::sparse(&mut [
        ("postalCode", entered.get("postal_code").clone()),
        ("countryCodeAlpha2", entered.get("country").clone()),
    ]);
    let address = match address {
        Tree::Map(entries) if entries.is_empty() => Tree::Null,
        full => full,
    };
    Tree::sparse(&mut [
        ("cardholderName", billing.get("name").clone()),
        ("billingAddress", address),
    ])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn billing(name: &str, postal_code: &str) -> Tree {
        let text = |text: &str| match text {
            "" => Tree::Null,
            text => Tree::text(text),
        };
        Tree::sparse(&mut [
            ("name", text(name)),
            (
                "address",
                Tree::sparse(&mut [("postal_code", text(postal_code))]),
            ),
        ])
    }

    #[test]
    fn tokenize_gets_only_known_details() {
        let options = tokenize_options(&billing("Ada", "94107"));
        assert_eq!(options.get("cardholderName").as_text(), Some("Ada"));
        let address = options.get("billingAddress");
        assert_eq!(address.get("postalCode").as_text(), Some("94107"));
        assert_eq!(*address.get("countryCodeAlpha2"), Tree::Null);
        assert_eq!(tokenize_options(&billing("", "")), Tree::Map(Vec::new()));
    }
}
