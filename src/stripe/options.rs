//! The options that are passed to Stripe, as plain data.
//!
//! Filled by the form, turned into JavaScript objects by the client. It must never contain anything typed but the
//! person's name, postal code and country.

use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::query::FormFields;
use card_entry_protocol::settings::BillingDetails;
use card_entry_protocol::tree::{ToTree, Tree};

use super::field_style::FieldStyle;

/// Options of the `Stripe(…)` constructor, <https://docs.stripe.com/js/initializing>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions<'a> {
    pub account: Option<&'a str>,
    /// The language of Stripe's own texts.
    pub locale: &'a str,
}

impl ToTree for ClientOptions<'_> {
    fn to_tree(&self) -> Tree {
        // Stripe's floating test-mode assistant would cover the form.
        let off = Tree::map(&mut [(
            "assistant",
            Tree::map(&mut [("enabled", Tree::Flag(false))]),
        )]);
        Tree::sparse(&mut [
            ("stripeAccount", self.account.map_or(Tree::Null, Tree::text)),
            ("locale", Tree::text(self.locale)),
            ("developerTools", off),
        ])
    }
}

/// Options of `stripe.elements(…)`, <https://docs.stripe.com/js/elements_object/create>; for the Payment Element
/// <https://docs.stripe.com/js/elements_object/create_without_intent>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementsOptions<'a> {
    /// The fields to show. The query parser refuses a one-off Payment Element without an amount.
    pub fields: &'a FormFields,
    /// Whether the card is saved for later; if not, it is a one-off.
    pub for_future_usage: bool,
    pub locale: &'a str,
    /// The style of the Payment Element; each split field gets its own.
    pub field_style: &'a FieldStyle,
    /// What the site knows about the person. For the Payment Element only, which asks for an address itself.
    pub known: &'a BillingDetails,
}

/// The option with the offered payment methods. The releases up to dahlia have one name for it, endive refuses that and
/// has another,
/// <https://docs.stripe.com/changelog/endive/2026-09-30/remove-elements-deferred-intent-payment-method-types>.
/// `release` is `Stripe.version` where that is a name; the script from before the named releases has a number.
#[must_use]
pub fn payment_method_types_option(release: Option<&str>) -> &'static str {
    match release {
        None | Some("acacia" | "basil" | "clover" | "dahlia") => "paymentMethodTypes",
        Some(_) => "allowedPaymentMethodTypes",
    }
}

/// Options of the Payment Element, <https://docs.stripe.com/js/elements_object/create_payment_element>. The known
/// values are filled in. Link is off, because it gives no card that can be saved.
#[must_use]
pub fn payment_element(known: &BillingDetails) -> Tree {
    let never = Tree::map(&mut [("link", Tree::text("never"))]);
    let details = merge_billing_details(known, &EnteredDetails::default());
    let defaults = Tree::sparse(&mut [("billingDetails", details)]);
    Tree::map(&mut [("wallets", never), ("defaultValues", defaults)])
}

impl ElementsOptions<'_> {
    /// The options for the Stripe.js of this release.
    #[must_use]
    pub fn to_tree(&self, release: Option<&str>) -> Tree {
        let locale = ("locale", Tree::text(self.locale));
        let FormFields::AllMethods { amount, currency } = self.fields else {
            return Tree::map(&mut [locale]);
        };
        let (mode, amount) = if self.for_future_usage {
            ("setup", None)
        } else {
            ("payment", *amount)
        };
        Tree::sparse(&mut [
            locale,
            ("mode", Tree::text(mode)),
            (
                "amount",
                amount.map_or(Tree::Null, |amount| amount.to_tree()),
            ),
            ("currency", Tree::text(currency.as_str())),
            ("paymentMethodCreation", Tree::text("manual")),
            // Other payment methods of the account cannot be saved here. Wallets that give a card are part of `card`.
            (
                payment_method_types_option(release),
                Tree::List(vec![Tree::text("card")]),
            ),
            ("appearance", self.field_style.appearance()),
        ])
    }
}

/// The values of the form's own fields; `None` for a field that the person was not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnteredDetails {
    pub name: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}

/// `billing_details`, <https://docs.stripe.com/api/payment_methods/create#create_payment_method-billing_details>. An
/// asked field replaces the known value, also when the person emptied it. A text that contains a card number is left
/// out. Null when nothing is left.
#[must_use]
pub fn merge_billing_details(known: &BillingDetails, typed: &EnteredDetails) -> Tree {
    let pick = |typed: &Option<String>, known: &Option<String>| {
        let text = typed.as_ref().or(known.as_ref());
        let text = text.map_or("", |text| text.trim());
        if text.is_empty() || contains_card_number(text) {
            Tree::Null
        } else {
            Tree::text(text)
        }
    };
    // An empty object becomes null.
    let full = |tree: Tree| match tree {
        Tree::Map(entries) if entries.is_empty() => Tree::Null,
        full => full,
    };
    let address = Tree::sparse(&mut [
        ("postal_code", pick(&typed.postal_code, &known.postal_code)),
        ("country", pick(&typed.country, &known.country)),
    ]);
    full(Tree::sparse(&mut [
        ("name", pick(&typed.name, &known.name)),
        ("email", pick(&None, &known.email)),
        ("phone", pick(&None, &known.phone)),
        ("address", full(address)),
    ]))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use card_entry_protocol::query::FrameQuery;

    fn elements_options(query: &str) -> Tree {
        elements_options_for(query, None)
    }

    fn elements_options_for(query: &str, release: Option<&str>) -> Tree {
        let raw = ["stripe_publishable_key=pk_test_demo&", query].concat();
        let query = FrameQuery::parse(&raw).unwrap();
        let field_style = FieldStyle {
            text: "rgb(1, 2, 3)".into(),
            ..FieldStyle::default()
        };
        ElementsOptions {
            fields: &query.fields,
            for_future_usage: query.for_future_usage,
            locale: "fr",
            field_style: &field_style,
            known: &BillingDetails::default(),
        }
        .to_tree(release)
    }

    #[test]
    fn split_fields_need_only_a_locale() {
        let expected = Tree::map(&mut [("locale", Tree::text("fr"))]);
        assert_eq!(
            elements_options("creditCardsOnly=true&amount=0.5&currency=xx"),
            expected
        );
    }

    #[test]
    fn the_payment_element_is_created_without_an_intent() {
        let payment = elements_options("amount=1299&currency=EUR");
        assert_eq!(payment.get("mode").as_text(), Some("payment"));
        assert_eq!(payment.read::<u32>("amount"), Some(1299));
        assert_eq!(payment.get("currency").as_text(), Some("eur"));
        assert_eq!(
            payment.get("paymentMethodCreation").as_text(),
            Some("manual")
        );
        let setup = elements_options("currency=eur&isForFutureUsage=true&amount=1299");
        assert_eq!(setup.get("mode").as_text(), Some("setup"));
        assert_eq!(setup.get("amount"), &Tree::Null);
        let text = setup.get("appearance").get("variables").get("colorText");
        assert_eq!(text.as_text(), Some("rgb(1, 2, 3)"));
    }

    #[test]
    fn the_payment_element_offers_only_cards_in_every_release() {
        let card = Tree::List(vec![Tree::text("card")]);
        let rows = [
            (None, "paymentMethodTypes"),
            (Some("acacia"), "paymentMethodTypes"),
            (Some("dahlia"), "paymentMethodTypes"),
            (Some("endive"), "allowedPaymentMethodTypes"),
            (Some("future_release"), "allowedPaymentMethodTypes"),
        ];
        for (release, option) in rows {
            for query in [
                "amount=1299&currency=EUR",
                "currency=eur&isForFutureUsage=true",
            ] {
                let tree = elements_options_for(query, release);
                for name in ["paymentMethodTypes", "allowedPaymentMethodTypes"] {
                    let expected = if name == option { &card } else { &Tree::Null };
                    assert_eq!(tree.get(name), expected, "{release:?} {query}");
                }
            }
        }
    }

    #[test]
    fn the_payment_element_is_prefilled_and_has_no_link() {
        let known = BillingDetails {
            postal_code: Some("SW20 8DZ".into()),
            country: Some("GB".into()),
            ..BillingDetails::default()
        };
        let options = payment_element(&known);
        assert_eq!(options.get("wallets").get("link").as_text(), Some("never"));
        let address = options
            .get("defaultValues")
            .get("billingDetails")
            .get("address");
        assert_eq!(address.get("postal_code").as_text(), Some("SW20 8DZ"));
        let nothing = payment_element(&BillingDetails::default());
        assert_eq!(nothing.get("defaultValues"), &Tree::Map(Vec::new()));
    }

    #[test]
    fn typed_values_replace_known_ones_and_card_numbers_are_left_out() {
        let known = BillingDetails {
            name: Some("Ann Lee".into()),
            country: Some("US".into()),
            ..BillingDetails::default()
        };
        let details = |name: &str| {
            let typed = EnteredDetails {
                name: Some(name.into()),
                postal_code: Some(" 94111 ".into()),
                country: None,
            };
            merge_billing_details(&known, &typed)
        };
        let address = Tree::map(&mut [
            ("postal_code", Tree::text("94111")),
            ("country", Tree::text("US")),
        ]);
        assert_eq!(
            details("Bo"),
            Tree::map(&mut [("name", Tree::text("Bo")), ("address", address)])
        );
        assert_eq!(
            details("").get("name"),
            &Tree::Null,
            "an emptied field is not sent"
        );
        let unasked = merge_billing_details(&known, &EnteredDetails::default());
        assert_eq!(unasked.get("name").as_text(), Some("Ann Lee"));
        assert_eq!(details("4242 4242 4242 4242").get("name"), &Tree::Null);
        assert_eq!(
            merge_billing_details(&BillingDetails::default(), &EnteredDetails::default()),
            Tree::Null
        );
    }
}
