//! What a browser needs to begin: a client token from the server, and the configuration it leads to.

use super::{Desk, Outcome, missing, part, text};
use crate::braintree::authorization::Grant;
use crate::braintree::card::Brand;
use crate::braintree::client_api;
use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::braintree::merchant::Merchant;
use crate::origins::Origins;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};

/// From when on Braintree's own script asks GraphQL for the configuration.
const GRAPHQL_SINCE: &str = "2018-05-08";

const BRANDS: &[Brand] = &[
    Brand::Mastercard,
    Brand::Visa,
    Brand::Discover,
    Brand::Jcb,
    Brand::Amex,
    Brand::UnionPay,
    Brand::Maestro,
    Brand::Hiper,
    Brand::Hipercard,
];

pub fn create_client_token(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let asked = part(input, "clientToken");
    let customer = match text(&asked, "customerId") {
        None => None,
        Some(id) => match desk.merchant.customer(id) {
            Some(customer) => Some(customer.id.clone()),
            None => return Err(missing(&["input", "clientToken", "customerId"])),
        },
    };
    // A token for some pages only would have to be kept from all others, which is not modelled.
    if asked.contains_key("domains") {
        return Err(GraphError::of(
            ErrorClass::Validation,
            "The sandbox does not model tokens for some domains only.",
        )
        .at_input(&["input", "clientToken", "domains"]));
    }
    let grant = Grant {
        customer,
        ..Grant::default()
    };
    Ok(json!({ "clientToken": issue(desk.merchant, desk.origins, grant) }))
}

/// A client token: what it grants is kept, and its text leads a browser here.
#[must_use]
pub fn issue(merchant: &mut Merchant, origins: &Origins, grant: Grant) -> String {
    let customer = grant
        .customer
        .as_ref()
        .map(|id| format!("&customer_id={id}"))
        .unwrap_or_default();
    let (id, secret) = (merchant.id.clone(), merchant.letters(32));
    let at = crate::object::now();
    let fingerprint =
        format!("{secret}|created_at={at}{customer}&merchant_id={id}&public_key=public_{id}");
    merchant.grants.insert(fingerprint.clone(), grant);
    let client_api = client_api::base(origins, &id);
    let token = json!({
        "version": 2, "authorizationFingerprint": fingerprint, "environment": "sandbox", "merchantId": id,
        "configUrl": format!("{client_api}/v1/configuration"), "clientApiUrl": client_api,
        "assetsUrl": origins.braintree_fields, "merchantAccountId": id, "challenges": ["cvv"],
        "graphQL": {
            "url": origins.braintree_graphql, "date": GRAPHQL_SINCE, "features": ["tokenize_credit_cards"],
        },
        "threeDSecureEnabled": false, "paypalEnabled": false, "venmo": "off",
    });
    BASE64.encode(token.to_string())
}

pub fn configuration(desk: &Desk<'_>) -> Value {
    let brands: Vec<&str> = BRANDS.iter().map(|brand| brand.as_str()).collect();
    json!({
        "analyticsUrl": null, "environment": "SANDBOX", "merchantId": desk.merchant.id,
        "assetsUrl": desk.origins.braintree_fields,
        "clientApiUrl": client_api::base(desk.origins, &desk.merchant.id),
        "challenges": ["CVV"], "supportedFeatures": ["TOKENIZE_CREDIT_CARDS"],
        "creditCard": {
            "supportedCardBrands": brands, "challenges": ["CVV"], "threeDSecureEnabled": false, "threeDSecure": null,
        },
    })
}
