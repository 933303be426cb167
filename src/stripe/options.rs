//! What we pass to Stripe, as plain data.
//!
//! Filled by the form, turned into JavaScript objects by the client. It must never hold anything typed but the
//! person's own name, postal code and country.

use card_entry_protocol::query::Fields;
use card_entry_protocol::settings::BillingDetails as Known;
use serde::Serialize;

/// Options of the `Stripe(…)` constructor, <https://docs.stripe.com/js/initializing>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Start<'a> {
    /// The connected account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stripe_account: Option<&'a str>,
    /// The language of Stripe's own texts.
    pub locale: &'a str,
    /// Stripe's floating test-mode assistant: off, it would lie over the form.
    pub developer_tools: DeveloperTools,
}

/// `developerTools`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct DeveloperTools {
    assistant: Assistant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
struct Assistant {
    enabled: bool,
}

/// Options of `stripe.elements(…)`, <https://docs.stripe.com/js/elements_object/create>; for the Payment Element
/// <https://docs.stripe.com/js/elements_object/create_without_intent>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group<'a> {
    /// The language.
    pub locale: &'a str,
    /// `setup` or `payment`; the Payment Element only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// Minor units; with `payment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
    /// In lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<&'a str>,
    /// `manual`: the payment method is made by `createPaymentMethod`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method_creation: Option<&'static str>,
    /// The Payment Element's looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appearance: Option<Appearance<'a>>,
}

impl<'a> Group<'a> {
    /// The group for these fields. A one-off without an amount cannot be: the query parser refuses it.
    #[must_use]
    pub fn new(
        fields: &'a Fields,
        for_future_usage: bool,
        locale: &'a str,
        look: &'a Look,
    ) -> Self {
        let Fields::AllMethods { amount, currency } = fields else {
            return Self {
                locale,
                mode: None,
                amount: None,
                currency: None,
                payment_method_creation: None,
                appearance: None,
            };
        };
        let mode = if for_future_usage { "setup" } else { "payment" };
        Self {
            locale,
            mode: Some(mode),
            amount: amount
                .filter(|_| !for_future_usage)
                .map(|amount| amount.get()),
            currency: Some(currency.as_str()),
            payment_method_creation: Some("manual"),
            appearance: Some(look.appearance()),
        }
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

/// `appearance` of the Payment Element, <https://docs.stripe.com/elements/appearance-api>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Appearance<'a> {
    variables: AppearanceVariables<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct AppearanceVariables<'a> {
    color_primary: &'a str,
    color_background: &'a str,
    color_text: &'a str,
    color_danger: &'a str,
    font_family: &'a str,
}

/// `style` of a card element, <https://docs.stripe.com/js/appendix/style>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Style<'a> {
    base: Base<'a>,
    invalid: Color<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Base<'a> {
    color: &'a str,
    icon_color: &'a str,
    font_family: &'a str,
    font_size: &'a str,
    line_height: &'static str,
    #[serde(rename = "::placeholder")]
    placeholder: Color<'a>,
    #[serde(rename = ":-webkit-autofill")]
    autofill: Color<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Color<'a> {
    color: &'a str,
}

impl Look {
    /// As the card elements take it.
    #[must_use]
    pub fn style(&self) -> Style<'_> {
        Style {
            base: Base {
                color: &self.text,
                icon_color: &self.muted,
                font_family: &self.family,
                font_size: &self.size,
                line_height: "24px",
                placeholder: Color { color: &self.muted },
                autofill: Color { color: &self.text },
            },
            invalid: Color {
                color: &self.danger,
            },
        }
    }

    /// As the Payment Element takes it.
    #[must_use]
    pub fn appearance(&self) -> Appearance<'_> {
        Appearance {
            variables: AppearanceVariables {
                color_primary: &self.accent,
                color_background: &self.field,
                color_text: &self.text,
                color_danger: &self.danger,
                font_family: &self.family,
            },
        }
    }
}

/// Options of a card element, <https://docs.stripe.com/js/elements_object/create_element?type=cardNumber>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardElement<'a> {
    /// Its letters.
    pub style: Style<'a>,
    /// The brand's icon in the field; `cardNumber` only, and wrong on the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_icon: Option<bool>,
    /// No Link button inside the number: this form is about one card. `cardNumber` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_link: Option<bool>,
}

/// `billing_details`, <https://docs.stripe.com/api/payment_methods/create#create_payment_method-billing_details>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BillingDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Address::is_empty")]
    address: Address,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
}

impl Address {
    fn is_empty(&self) -> bool {
        self.postal_code.is_none() && self.country.is_none()
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

impl BillingDetails {
    /// What the site knows, with what was typed put over it. A text that holds a card number is left out.
    #[must_use]
    pub fn merge(known: &Known, typed: &Typed) -> Self {
        let pick = |typed: &str, known: &Option<String>| {
            let typed = typed.trim();
            let text = if typed.is_empty() {
                known.as_deref().unwrap_or("").trim()
            } else {
                typed
            };
            let fits = !text.is_empty() && !card_entry_protocol::number::holds_card_number(text);
            fits.then(|| text.to_owned())
        };
        Self {
            name: pick(&typed.name, &known.name),
            email: pick("", &known.email),
            phone: pick("", &known.phone),
            address: Address {
                postal_code: pick(&typed.postal_code, &known.postal_code),
                country: pick(&typed.country, &known.country),
            },
        }
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use card_entry_protocol::query::FrameQuery;
    use serde_json::json;

    fn group(query: &str) -> serde_json::Value {
        let query =
            FrameQuery::parse(&format!("stripe_publishable_key=pk_test_demo&{query}")).unwrap();
        let look = Look {
            text: "rgb(1, 2, 3)".into(),
            ..Look::default()
        };
        serde_json::to_value(Group::new(
            &query.fields,
            query.for_future_usage,
            "fr",
            &look,
        ))
        .unwrap()
    }

    #[test]
    fn split_fields_need_nothing_but_a_locale() {
        assert_eq!(
            group("creditCardsOnly=true&amount=0.5&currency=xx"),
            json!({"locale": "fr"})
        );
    }

    #[test]
    fn the_payment_element_is_deferred() {
        let payment = group("amount=1299&currency=EUR");
        assert_eq!(
            (
                &payment["mode"],
                &payment["amount"],
                &payment["currency"],
                &payment["paymentMethodCreation"]
            ),
            (
                &json!("payment"),
                &json!(1299),
                &json!("eur"),
                &json!("manual")
            )
        );
        let setup = group("currency=eur&isForFutureUsage=true&amount=1299");
        assert_eq!(
            (&setup["mode"], setup.get("amount")),
            (&json!("setup"), None)
        );
        assert_eq!(
            setup["appearance"]["variables"]["colorText"],
            "rgb(1, 2, 3)"
        );
    }

    #[test]
    fn what_is_typed_goes_over_what_is_known_and_numbers_go_nowhere() {
        let known = Known {
            name: Some("Ann Lee".into()),
            country: Some("US".into()),
            ..Known::default()
        };
        let typed = |name: &str| Typed {
            name: name.into(),
            postal_code: " 94111 ".into(),
            ..Typed::default()
        };
        let details =
            |name: &str| serde_json::to_value(BillingDetails::merge(&known, &typed(name))).unwrap();
        assert_eq!(
            details("Bo"),
            json!({"name": "Bo", "address": {"postal_code": "94111", "country": "US"}})
        );
        assert_eq!(details("")["name"], "Ann Lee");
        assert_eq!(details("4242 4242 4242 4242").get("name"), None);
        assert!(BillingDetails::merge(&Known::default(), &Typed::default()).is_empty());
    }

    #[test]
    fn only_the_number_has_an_icon() {
        let look = Look::default();
        let options = |show_icon| {
            serde_json::to_value(CardElement {
                style: look.style(),
                show_icon,
                disable_link: show_icon,
            })
            .unwrap()
        };
        assert_eq!(options(Some(true))["showIcon"], true);
        assert_eq!(options(None).get("showIcon"), None);
    }
}
