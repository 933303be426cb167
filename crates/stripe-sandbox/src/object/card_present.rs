//! The details of a card that was presented at a reader, for a payment method and for a charge. Part of
//! [`super::PaymentMethod`], created by `api/terminal_card.rs`.

use super::PaymentMethod;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub struct CardPresentDetails {
    pub read_method: &'static str,
    /// `apple_pay` or another phone wallet. The number is then a device number, so that no card can be generated from
    /// it.
    pub wallet: Option<&'static str>,
    pub location: Option<String>,
    /// `pm_…`: the card that was generated from it, once the charge has succeeded.
    pub generated: Option<String>,
}

impl CardPresentDetails {
    /// The JSON object `card_present` of the payment method.
    #[must_use]
    pub fn method_json(&self, method: &PaymentMethod) -> Value {
        let mut object = self.common(method);
        let brand = [method.card.brand];
        object.insert(
            "networks".to_owned(),
            json!({ "available": brand, "preferred": null }),
        );
        Value::Object(object)
    }

    /// The JSON object `payment_method_details` of a charge. `authorized_amount` is in minor units, `None` when the
    /// bank declined.
    #[must_use]
    pub fn details(
        &self,
        method: &PaymentMethod,
        authorized_amount: Option<u64>,
        transaction: &str,
    ) -> Value {
        let mut card = self.common(method);
        let more = json!({
            "amount_authorized": authorized_amount,
            "emv_auth_data": authorized_amount.map(|_| "8A023030"),
            "generated_card": self.generated,
            "incremental_authorization_supported": false,
            "network": method.card.brand,
            "network_transaction_id": authorized_amount.map(|_| transaction),
            "overcapture_supported": false,
            "reader": "SIMULATOR",
            "receipt": {
                "account_type": if method.card.funding == "debit" { "checking" } else { "credit" },
                "application_cryptogram": "CDE3C7F1A5B0D2E4",
                "application_preferred_name": format!("{} {}", method.card.brand, method.card.funding),
                "authorization_code": authorized_amount.map(|_| "123456"),
                "authorization_response_code": if authorized_amount.is_some() { "3030" } else { "3035" },
                "cardholder_verification_method": method.card.pin.unwrap_or("approval"),
                "dedicated_file_name": "A000000003101001",
                "terminal_verification_results": "8000008000",
                "transaction_status_information": "6800",
            },
        });
        card.extend(more.as_object().cloned().unwrap_or_default());
        if let Some(location) = &self.location {
            card.insert("location".to_owned(), json!(location));
        }
        json!({ "type": "card_present", "card_present": card })
    }

    fn common(&self, method: &PaymentMethod) -> Map<String, Value> {
        let card = method.card;
        let object = json!({
            "brand": card.brand,
            "brand_product": null,
            "cardholder_name": null,
            "country": card.country,
            "exp_month": method.exp_month,
            "exp_year": method.exp_year,
            "fingerprint": method.fingerprint,
            "funding": card.funding,
            "last4": card.last4(),
            "offline": null,
            "preferred_locales": ["en"],
            "read_method": self.read_method,
        });
        let mut object = object.as_object().cloned().unwrap_or_default();
        if let Some(wallet) = self.wallet {
            object.insert("wallet".to_owned(), json!({ "type": wallet }));
        }
        object
    }
}
