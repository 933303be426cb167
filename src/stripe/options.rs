//! What we pass to Stripe, as plain data.
//!
//! Filled by the form, turned into JavaScript objects by the client. It must never hold anything typed but the
//! person's own name, postal code and country.

use card_entry_protocol::number::holds_card_number;
use card_entry_protocol::query::Fields;
use card_entry_protocol::settings::BillingDetails as Known;
use card_entry_protocol::tree::{ToTree, Tree};

/// Options of the `Stripe(…)` constructor, <https://docs.stripe.com/js/initializing>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start<'a> {
    /// The connected account.
    pub account: Option<&'a str>,
    /// The language of Stripe's own texts.
    pub locale: &'a str,
}

impl ToTree for Start<'_> {
    fn to_tree(&self) -> Tree {
        // Stripe's floating test-mode assistant would lie over the form.
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
pub struct Group<'a> {
    /// What the form is for. A one-off without an amount cannot be: the query parser refuses it.
    pub fields: &'a Fields,
    /// Saved for later, or a one-off.
    pub for_future_usage: bool,
    /// The language.
    pub locale: &'a str,
    /// The looks; the Payment Element's only, the split fields have their own.
    pub look: &'a Look,
}

impl ToTree for Group<'_> {
    fn to_tree(&self) -> Tree {
        let locale = ("locale", Tree::text(self.locale));
        let Fields::AllMethods { amount, currency } = self.fields else {
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
            ("appearance", self.look.appearance()),
        ])
    }
}

/// The colours and letters of the moment, read from the page's own stylesheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// What is typed.
    pub text: String,
    /// Placeholders.
    pub muted: String,
    /// What is wrong.
    pub danger: String,
    /// A field's inside.
    pub field: String,
    /// Button and focus ring.
    pub accent: String,
    /// The font families.
    pub family: String,
    /// The size of what is typed, CSS pixels.
    pub size: String,
}

impl Look {
    /// `style` of a card element, <https://docs.stripe.com/js/appendix/style>.
    #[must_use]
    pub fn style(&self) -> Tree {
        let color = |color: &str| Tree::map(&mut [("color", Tree::text(color))]);
        let base = Tree::map(&mut [
            ("color", Tree::text(&self.text)),
            ("iconColor", Tree::text(&self.muted)),
            ("fontFamily", Tree::text(&self.family)),
            ("fontSize", Tree::text(&self.size)),
            ("lineHeight", Tree::text("24px")),
            ("::placeholder", color(&self.muted)),
            (":-webkit-autofill", color(&self.text)),
        ]);
        Tree::map(&mut [("base", base), ("invalid", color(&self.danger))])
    }

    /// Options of a card element, <https://docs.stripe.com/js/elements_object/create_element?type=cardNumberElement>.
    #[must_use]
    pub fn card_element(&self, number: bool) -> Tree {
        // On the other fields both are misuse. No Link button inside the number: this form is about one card.
        let number = if number { Tree::Flag(true) } else { Tree::Null };
        Tree::sparse(&mut [
            ("style", self.style()),
            ("showIcon", number.clone()),
            ("disableLink", number),
        ])
    }

    /// `appearance` of the Payment Element, <https://docs.stripe.com/elements/appearance-api>.
    #[must_use]
    pub fn appearance(&self) -> Tree {
        let variables = Tree::map(&mut [
            ("colorPrimary", Tree::text(&self.accent)),
            ("colorBackground", Tree::text(&self.field)),
            ("colorText", Tree::text(&self.text)),
            ("colorDanger", Tree::text(&self.danger)),
            ("fontFamily", Tree::text(&self.family)),
        ]);
        Tree::map(&mut [("variables", variables)])
    }
}

/// What the person typed into our own inputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The name on the card.
    pub name: String,
    /// The postal code.
    pub postal_code: String,
    /// The country's two letters.
    pub country: String,
}

/// `billing_details`, <https://docs.stripe.com/api/payment_methods/create#create_payment_method-billing_details>: what
/// the site knows, with what was typed put over it. A text that holds a card number is left out; null when nothing is
/// left.
#[must_use]
pub fn merge_billing_details(known: &Known, typed: &Typed) -> Tree {
    let pick = |typed: &str, known: &Option<String>| {
        let known = known.as_deref().unwrap_or("");
        let text = if typed.trim().is_empty() {
            known
        } else {
            typed
        }
        .trim();
        if text.is_empty() || holds_card_number(text) {
            Tree::Null
        } else {
            Tree::text(text)
        }
    };
    // An object nothing is in is no object.
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
        ("email", pick("", &known.email)),
        ("phone", pick("", &known.phone)),
        ("address", full(address)),
    ]))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use card_entry_protocol::query::FrameQuery;

    fn group(query: &str) -> Tree {
        let raw = ["stripe_publishable_key=pk_test_demo&", query].concat();
        let query = FrameQuery::parse(&raw).unwrap();
        let look = Look {
            text: "rgb(1, 2, 3)".into(),
            ..Look::default()
        };
        Group {
            fields: &query.fields,
            for_future_usage: query.for_future_usage,
            locale: "fr",
            look: &look,
        }
        .to_tree()
    }

    #[test]
    fn split_fields_need_nothing_but_a_locale() {
        let expected = Tree::map(&mut [("locale", Tree::text("fr"))]);
        assert_eq!(
            group("creditCardsOnly=true&amount=0.5&currency=xx"),
            expected
        );
    }

    #[test]
    fn the_payment_element_is_deferred() {
        let payment = group("amount=1299&currency=EUR");
        assert_eq!(payment.get("mode").as_text(), Some("payment"));
        assert_eq!(payment.read::<u32>("amount"), Some(1299));
        assert_eq!(payment.get("currency").as_text(), Some("eur"));
        assert_eq!(
            payment.get("paymentMethodCreation").as_text(),
            Some("manual")
        );
        let setup = group("currency=eur&isForFutureUsage=true&amount=1299");
        assert_eq!(setup.get("mode").as_text(), Some("setup"));
        assert_eq!(setup.get("amount"), &Tree::Null);
        let text = setup.get("appearance").get("variables").get("colorText");
        assert_eq!(text.as_text(), Some("rgb(1, 2, 3)"));
    }

    #[test]
    fn what_is_typed_goes_over_what_is_known_and_numbers_go_nowhere() {
        let known = Known {
            name: Some("Ann Lee".into()),
            country: Some("US".into()),
            ..Known::default()
        };
        let details = |name: &str| {
            let typed = Typed {
                name: name.into(),
                postal_code: " 94111 ".into(),
                ..Typed::default()
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
        assert_eq!(details("").get("name").as_text(), Some("Ann Lee"));
        assert_eq!(details("4242 4242 4242 4242").get("name"), &Tree::Null);
        assert_eq!(
            merge_billing_details(&Known::default(), &Typed::default()),
            Tree::Null
        );
    }

    #[test]
    fn only_the_number_has_an_icon() {
        let look = Look::default();
        assert!(look.card_element(true).get("showIcon").is_true());
        assert_eq!(look.card_element(false).get("showIcon"), &Tree::Null);
    }
}
