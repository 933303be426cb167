//! The answers of Stripe.js, as far as the frame reads them.
//!
//! Read by the client from a [`Tree`]. It must never require a key that Stripe may omit.

use card_entry_protocol::card::{Brand, CardDetails, PaymentMethodId};
use card_entry_protocol::message::IntentResult;
use card_entry_protocol::tree::{FromTree, Tree};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    pub id: PaymentMethodId,
    /// `None` for every payment method but a card.
    pub card: Option<CardDetails>,
}

/// A SetupIntent or PaymentIntent in the browser, <https://docs.stripe.com/api/setup_intents/object>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeIntent {
    pub id: String,
    pub status: String,
    /// The id of the payment method it was confirmed with.
    pub payment_method: Option<String>,
}

impl FromTree for PaymentMethod {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let card = tree.get("card");
        let mut details: Option<CardDetails> = tree.read("card")?;
        if let Some(details) = &mut details {
            let chosen = card.get("networks").get("preferred").as_text();
            // Stripe's value for a card that does not have the chosen network.
            let chosen = chosen.filter(|chosen| *chosen != "invalid_preference");
            details.preferred_network = chosen.and_then(Brand::parse);
        }
        Some(Self {
            id: tree.read("id")?,
            card: details,
        })
    }
}

impl FromTree for StripeIntent {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let method = tree.get("payment_method");
        Some(Self {
            id: tree.read("id")?,
            status: tree.read("status")?,
            // An id, or an object when it was expanded.
            payment_method: String::from_tree(method).or_else(|| method.read("id")),
        })
    }
}

impl StripeIntent {
    /// Whether the card is confirmed. In `processing` and `requires_capture` the bank has accepted it too.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        matches!(
            self.status.as_str(),
            "succeeded" | "processing" | "requires_capture"
        )
    }

    /// Whether it was confirmed with this payment method, if it has one.
    #[must_use]
    pub fn is_for(&self, method: &PaymentMethodId) -> bool {
        self.payment_method
            .as_deref()
            .is_none_or(|id| id == method.as_str())
    }

    /// The part that the parent gets.
    #[must_use]
    pub fn report(self) -> IntentResult {
        IntentResult {
            id: self.id,
            status: self.status,
        }
    }
}

/// Whether an intent in this status can be confirmed again, as after a decline or a failed 3DS.
#[must_use]
pub fn can_be_confirmed(status: &str) -> bool {
    matches!(
        status,
        "requires_payment_method" | "requires_confirmation" | "requires_action"
    )
}

/// The `change` event of a card element, <https://docs.stripe.com/js/element/events/on_change?type=cardNumberElement>.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ElementChange {
    pub empty: bool,
    pub complete: bool,
    pub error: Option<ChangeError>,
    /// The brand of the typed number; `cardNumber` only.
    pub brand: Option<String>,
}

impl ElementChange {
    /// Reads an event; one of another shape is an empty change.
    #[must_use]
    pub fn read(event: &Tree) -> Self {
        let error = event.get("error");
        Self {
            empty: event.get("empty").is_true(),
            complete: event.get("complete").is_true(),
            error: error.read("code").map(|code| ChangeError {
                code,
                message: error.read("message").unwrap_or_default(),
            }),
            brand: event.read("brand"),
        }
    }
}

/// The `error` of a change: always a `validation_error`, whose message is written for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeError {
    pub code: String,
    pub message: String,
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn map(entries: &[(&str, Tree)]) -> Tree {
        Tree::Map(
            entries
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone()))
                .collect(),
        )
    }

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    #[test]
    fn absent_and_null_read_alike() {
        let id = ("id", text("pm_12345678"));
        for method in [
            map(core::slice::from_ref(&id)),
            map(&[id.clone(), ("card", Tree::Null)]),
        ] {
            assert_eq!(PaymentMethod::from_tree(&method).unwrap().card, None);
        }
        for event in [
            Tree::Null,
            map(&[]),
            map(&[("error", Tree::Null), ("brand", Tree::Null)]),
        ] {
            assert_eq!(
                ElementChange::read(&event),
                ElementChange::default(),
                "{event:?}"
            );
        }
    }

    #[test]
    fn the_preferred_network_is_a_brand_or_none() {
        let method = |preferred: Tree| {
            let networks = map(&[("preferred", preferred)]);
            let card = map(&[
                ("brand", text("visa")),
                ("last4", text("4242")),
                ("exp_month", Tree::Number(12.0)),
                ("exp_year", Tree::Number(2034.0)),
                ("funding", text("credit")),
                ("networks", networks),
            ]);
            let method = map(&[("id", text("pm_12345678")), ("card", card)]);
            PaymentMethod::from_tree(&method).unwrap().card.unwrap()
        };
        let chosen = method(text("cartes_bancaires"));
        assert_eq!(chosen.preferred_network, Some(Brand::CartesBancaires));
        assert_eq!(chosen.brand, Brand::Visa);
        let none = [
            Tree::Null,
            Tree::Number(1.0),
            text("<b>"),
            text("invalid_preference"),
        ];
        for nothing in none {
            assert_eq!(method(nothing).preferred_network, None);
        }
    }

    #[test]
    fn the_payment_method_of_an_intent_is_an_id_or_an_object() {
        let method = PaymentMethodId::parse("pm_12345678").unwrap();
        let rows = [
            (text("pm_12345678"), true),
            (map(&[("id", text("pm_12345678"))]), true),
            (Tree::Null, true),
            (text("pm_87654321"), false),
        ];
        for (given, ours) in rows {
            let intent = map(&[
                ("id", text("seti_1")),
                ("status", text("succeeded")),
                ("payment_method", given),
            ]);
            assert_eq!(
                StripeIntent::from_tree(&intent).unwrap().is_for(&method),
                ours
            );
        }
        assert_eq!(StripeIntent::from_tree(&Tree::Null), None);
    }

    #[test]
    fn intents_in_a_final_status_cannot_be_confirmed() {
        for status in ["succeeded", "canceled", "processing", "later"] {
            assert!(!can_be_confirmed(status), "{status}");
        }
        assert!(can_be_confirmed("requires_payment_method"));
    }
}
