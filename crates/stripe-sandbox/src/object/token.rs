//! A token: card details that can be used once. Created by `api/tokens.rs`.
//! It must never be used twice.

use super::PaymentMethod;
use crate::key::Rights;
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct CardToken {
    pub id: String,
    /// `card_…`: the id of its card.
    pub card_id: String,
    pub created: i64,
    /// The card, as a payment method without an id.
    pub draft: PaymentMethod,
    pub used: bool,
}

/// The brand of a token's card. Unlike a payment method, a token has the display name of the brand.
fn brand_name(brand: &str) -> &str {
    match brand {
        "amex" => "American Express",
        "diners" => "Diners Club",
        "discover" => "Discover",
        "jcb" => "JCB",
        "mastercard" => "MasterCard",
        "unionpay" => "UnionPay",
        "visa" => "Visa",
        _ => "Unknown",
    }
}

impl CardToken {
    /// The JSON object. A browser gets no fingerprint and no metadata.
    #[must_use]
    pub fn to_json(&self, rights: Rights) -> Value {
        let object = self.draft.to_json(Rights::Secret);
        let part = |pointer: &str| object.pointer(pointer).cloned().unwrap_or_default();
        let mut card = json!({
            "id": self.card_id,
            "object": "card",
            "address_city": part("/billing_details/address/city"),
            "address_country": part("/billing_details/address/country"),
            "address_line1": part("/billing_details/address/line1"),
            "address_line1_check": part("/card/checks/address_line1_check"),
            "address_line2": part("/billing_details/address/line2"),
            "address_state": part("/billing_details/address/state"),
            "address_zip": part("/billing_details/address/postal_code"),
            "address_zip_check": part("/card/checks/address_postal_code_check"),
            "brand": brand_name(self.draft.card.brand),
            "country": part("/card/country"),
            "cvc_check": part("/card/checks/cvc_check"),
            "dynamic_last4": null,
            "exp_month": part("/card/exp_month"),
            "exp_year": part("/card/exp_year"),
            "funding": part("/card/funding"),
            "last4": part("/card/last4"),
            "name": part("/billing_details/name"),
            "networks": { "preferred": part("/card/networks/preferred") },
            "regulated_status": part("/card/regulated_status"),
            "tokenization_method": null,
        });
        if let (Rights::Secret, Some(members)) = (rights, card.as_object_mut()) {
            members.insert("fingerprint".to_owned(), part("/card/fingerprint"));
            members.insert("metadata".to_owned(), json!({}));
        }
        json!({
            "id": self.id,
            "object": "token",
            "card": card,
            "client_ip": "127.0.0.1",
            "created": self.created,
            "livemode": false,
            "type": "card",
            "used": self.used,
        })
    }
}
