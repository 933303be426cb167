//! Customers and payment methods, and their GraphQL form.

use super::card_on_file::CardOnFile;
use super::global_id::LegacyIdType;
use super::graphql::project::{list, reference};
use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub struct Customer {
    pub id: String,
    pub created: String,
    /// `email`, `firstName`, …, as they were sent.
    pub details: Map<String, Value>,
    /// Legacy id of `defaultPaymentMethod`.
    pub default: Option<String>,
    /// A deleted object stays here but no lookup returns it.
    pub deleted: bool,
}

impl Customer {
    /// `Customer`. `methods` are the legacy ids of its cards, newest first.
    #[must_use]
    pub fn to_json(&self, methods: Vec<String>) -> Value {
        let default = self.default.as_ref().filter(|id| methods.contains(id));
        let global = |id: &String| LegacyIdType::PaymentMethod.global(id);
        let members = [
            ("__typename", Value::from("Customer")),
            ("id", LegacyIdType::Customer.global(&self.id).into()),
            ("legacyId", self.id.clone().into()),
            ("createdAt", self.created.clone().into()),
            (
                "defaultPaymentMethod",
                default.map_or(Value::Null, |id| reference(&global(id))),
            ),
            ("paymentMethods", list(methods.iter().map(global))),
        ];
        let mut customer = self.details.clone();
        customer.extend(members.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(customer)
    }
}

/// A card in the vault.
#[derive(Clone, Debug)]
pub struct VaultedPaymentMethod {
    pub id: String,
    /// Legacy id of its customer.
    pub customer: String,
    pub created: String,
    pub card: CardOnFile,
    /// Legacy ids of its verifications, newest first.
    pub verifications: Vec<String>,
    /// A deleted object stays here but no lookup returns it.
    pub deleted: bool,
}

impl VaultedPaymentMethod {
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        json!({
            "__typename": "PaymentMethod", "id": LegacyIdType::PaymentMethod.global(&self.id), "legacyId": self.id,
            "usage": "MULTI_USE", "createdAt": self.created, "details": self.card.to_json(unique),
            "customer": reference(&LegacyIdType::Customer.global(&self.customer)),
            "verifications": list(self.verifications.iter().map(|id| LegacyIdType::Verification.global(id))),
        })
    }
}

#[derive(Clone, Debug)]
pub struct SingleUsePaymentMethod {
    /// The nonce is the id.
    pub id: String,
    pub created: String,
    pub card: CardOnFile,
    pub used: bool,
    /// Legacy id of the vaulted card, when tokenization also stored it.
    pub vaulted: Option<String>,
}

impl SingleUsePaymentMethod {
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        json!({
            "__typename": "PaymentMethod", "id": self.id, "legacyId": self.id, "usage": "SINGLE_USE",
            "createdAt": self.created, "details": self.card.to_json(unique), "customer": null,
            "verifications": list([]),
        })
    }
}
