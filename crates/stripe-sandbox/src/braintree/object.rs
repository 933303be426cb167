//! What a merchant keeps, and how each is shown. A global id is the kind and the old id in base64, as at Braintree.

use super::card_on_file::Card;
use super::graphql::project::{list, reference};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Map, Value, json};

/// Kinds of objects that have a global id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Customer,
    /// A card in the vault.
    PaymentMethod,
    /// Money that moves, or does not.
    Transaction,
    /// A look at a card without money.
    Verification,
}

impl Kind {
    const ALL: [Self; 4] = [
        Self::Customer,
        Self::PaymentMethod,
        Self::Transaction,
        Self::Verification,
    ];

    fn prefix(self) -> &'static str {
        match self {
            Self::Customer => "customer_",
            Self::PaymentMethod => "paymentmethod_cc_",
            Self::Transaction => "transaction_",
            Self::Verification => "verification_",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "CUSTOMER" => Some(Self::Customer),
            "PAYMENT_METHOD" => Some(Self::PaymentMethod),
            "TRANSACTION" => Some(Self::Transaction),
            "VERIFICATION" => Some(Self::Verification),
            _ => None,
        }
    }

    /// The global id of the object `legacy`.
    #[must_use]
    pub fn global(self, legacy: &str) -> String {
        BASE64.encode(format!("{}{legacy}", self.prefix()))
    }

    /// Which object a global id names.
    #[must_use]
    pub fn read(id: &str) -> Option<(Self, String)> {
        let text = String::from_utf8(BASE64.decode(id.trim_end_matches('=')).ok()?).ok()?;
        Self::ALL
            .into_iter()
            .find_map(|kind| Some((kind, text.strip_prefix(kind.prefix())?.to_owned())))
    }

    /// The old id, when the global id is one of this kind.
    #[must_use]
    pub fn legacy(self, id: &str) -> Option<String> {
        Self::read(id)
            .filter(|(kind, _)| *kind == self)
            .map(|(_, legacy)| legacy)
    }
}

#[derive(Clone, Debug)]
pub struct Customer {
    pub id: String,
    pub created: String,
    /// `email`, `firstName`, … as they were sent.
    pub texts: Map<String, Value>,
    /// Old id of the card that is used unless told.
    pub default: Option<String>,
    /// Never to be found again.
    pub deleted: bool,
}

impl Customer {
    /// `Customer`; `methods` are the old ids of its cards, newest first.
    #[must_use]
    pub fn to_json(&self, methods: Vec<String>) -> Value {
        let default = self.default.as_ref().filter(|id| methods.contains(id));
        let global = |id: &String| Kind::PaymentMethod.global(id);
        let own = [
            ("__typename", Value::from("Customer")),
            ("id", Kind::Customer.global(&self.id).into()),
            ("legacyId", self.id.clone().into()),
            ("createdAt", self.created.clone().into()),
            (
                "defaultPaymentMethod",
                default.map_or(Value::Null, |id| reference(&global(id))),
            ),
            ("paymentMethods", list(methods.iter().map(global))),
        ];
        let mut shown = self.texts.clone();
        shown.extend(own.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(shown)
    }
}

/// A card in the vault.
#[derive(Clone, Debug)]
pub struct Vaulted {
    pub id: String,
    /// Old id of its customer.
    pub customer: String,
    pub created: String,
    pub card: Card,
    /// Old ids of the verifications it went through, newest first.
    pub verifications: Vec<String>,
    /// Never to be found again.
    pub deleted: bool,
}

impl Vaulted {
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        json!({
            "__typename": "PaymentMethod", "id": Kind::PaymentMethod.global(&self.id), "legacyId": self.id,
            "usage": "MULTI_USE", "createdAt": self.created, "details": self.card.to_json(unique),
            "customer": reference(&Kind::Customer.global(&self.customer)),
            "verifications": list(self.verifications.iter().map(|id| Kind::Verification.global(id))),
        })
    }
}

#[derive(Clone, Debug)]
pub struct SingleUse {
    /// The nonce itself, which is its id.
    pub id: String,
    pub created: String,
    pub card: Card,
    pub used: bool,
    /// Old id of the card in the vault, when the browser stored it at once.
    pub vaulted: Option<String>,
}

impl SingleUse {
    #[must_use]
    pub fn to_json(&self, unique: &str) -> Value {
        json!({
            "__typename": "PaymentMethod", "id": self.id, "legacyId": self.id, "usage": "SINGLE_USE",
            "createdAt": self.created, "details": self.card.to_json(unique), "customer": null,
            "verifications": list([]),
        })
    }
}
