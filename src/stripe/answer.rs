//! What Stripe.js answers with, as far as this page reads it.
//!
//! Read by the client with serde-wasm-bindgen; native tests read the same types from JSON. It must never require a
//! key that Stripe may leave out.

use card_entry_protocol::card::{CardFacts, PaymentMethodId};
use card_entry_protocol::message::Setup;
use serde::Deserialize;

/// A PaymentMethod, <https://docs.stripe.com/api/payment_methods/object>.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PaymentMethod {
    /// Its id.
    pub id: PaymentMethodId,
    /// The card; absent for every other kind.
    #[serde(default)]
    pub card: Option<CardFacts>,
}

/// A SetupIntent or PaymentIntent as the browser sees it, <https://docs.stripe.com/api/setup_intents/object>.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Intent {
    /// Its id.
    pub id: String,
    /// Its status.
    pub status: String,
    /// The payment method it was confirmed with.
    #[serde(default)]
    pub payment_method: Option<MethodRef>,
}

/// A payment method's id, read from the id alone or from the whole object when it was expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodRef(String);

// By hand: serde's untagged enums carry a buffer for every possible value, which is 4 kB of Wasm for one string.
impl<'de> Deserialize<'de> for MethodRef {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct IdOrObject;
        impl<'de> serde::de::Visitor<'de> for IdOrObject {
            type Value = MethodRef;
            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("an id or an object")
            }
            fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<MethodRef, E> {
                Ok(MethodRef(id.to_owned()))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                map: A,
            ) -> Result<MethodRef, A::Error> {
                #[derive(Deserialize)]
                struct Object {
                    id: String,
                }
                let object =
                    Object::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(MethodRef(object.id))
            }
        }
        from.deserialize_any(IdOrObject)
    }
}

impl Intent {
    /// Whether the card is confirmed: `processing` and `requires_capture` are the bank's yes too.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        matches!(
            self.status.as_str(),
            "succeeded" | "processing" | "requires_capture"
        )
    }

    /// Whether it was confirmed with this payment method, as far as it says so.
    #[must_use]
    pub fn is_for(&self, method: &PaymentMethodId) -> bool {
        match &self.payment_method {
            None => true,
            Some(MethodRef(id)) => id == method.as_str(),
        }
    }

    /// What the parent is told of it.
    #[must_use]
    pub fn report(self) -> Setup {
        Setup {
            id: self.id,
            status: self.status,
        }
    }
}

/// Whether an intent in this status can be confirmed again: a refusal and a failed 3DS give it back.
#[must_use]
pub fn can_be_confirmed(status: &str) -> bool {
    matches!(
        status,
        "requires_payment_method" | "requires_confirmation" | "requires_action"
    )
}

/// A card element's `change` event, <https://docs.stripe.com/js/element/events/on_change?type=cardNumberElement>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Nothing typed.
    pub empty: bool,
    /// Could be submitted.
    pub complete: bool,
    /// What is wrong.
    pub error: Option<ChangeError>,
    /// The brand so far; `cardNumber` only.
    pub brand: Option<String>,
}

/// The `error` of a change: always a `validation_error`, whose message is written for the person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ChangeError {
    /// Such as `incomplete_number`.
    pub code: String,
    /// In the group's locale.
    pub message: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn what_is_absent_or_null_reads_alike() {
        for card in [
            json!({"id": "pm_12345678"}),
            json!({"id": "pm_12345678", "card": null}),
        ] {
            assert_eq!(from_value::<PaymentMethod>(card).unwrap().card, None);
        }
        for event in [
            json!({}),
            json!({"error": null, "brand": null}),
            json!({"elementType": "cardCvc"}),
        ] {
            let change: Option<Change> = from_value(event.clone()).ok();
            assert_eq!(change, Some(Change::default()), "{event}");
        }
    }

    #[test]
    fn an_intent_knows_its_method_by_id_or_by_object() {
        let method = PaymentMethodId::parse("pm_12345678").unwrap();
        for (given, ours) in [
            (json!("pm_12345678"), true),
            (
                json!({"id": "pm_12345678", "object": "payment_method"}),
                true,
            ),
            (json!(null), true),
            (json!("pm_87654321"), false),
        ] {
            let intent: Intent =
                from_value(json!({"id": "seti_1", "status": "succeeded", "payment_method": given}))
                    .unwrap();
            assert_eq!(intent.is_for(&method), ours, "{given}");
        }
    }

    #[test]
    fn final_statuses_are_not_confirmed_again() {
        for status in ["succeeded", "canceled", "processing", "later"] {
            assert!(!can_be_confirmed(status), "{status}");
        }
        assert!(can_be_confirmed("requires_payment_method"));
    }
}
