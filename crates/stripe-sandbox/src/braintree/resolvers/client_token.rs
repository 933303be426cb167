//! `createClientToken` for the server, and `clientConfiguration` for the browser that holds the token.

use super::{ResolverContext, ResolverResult, not_found, object, text};
use crate::braintree::authorization::ClientTokenGrant;
use crate::braintree::card::Brand;
use crate::braintree::client_api;
use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::braintree::merchant::Merchant;
use crate::origins::Origins;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};

/// The first `Braintree-Version` under which braintree-web requests its configuration over GraphQL.
const GRAPHQL_DATE: &str = "2018-05-08";

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

pub fn create_client_token(
    context: &mut ResolverContext<'_>,
    input: &Map<String, Value>,
) -> ResolverResult {
    let options = object(input, "clientToken");
    let customer = match text(&options, "customerId") {
        None => None,
        Some(id) => match context.merchant.customer(id) {
            Some(customer) => Some(customer.id.clone()),
            None => return Err(not_found(&["input", "clientToken", "customerId"])),
        },
    };
    // A restricted token would need a check of the page's origin, which is not modelled.
    if options.contains_key("domains") {
        return Err(GraphError::of(
            ErrorClass::Validation,
            "The sandbox does not model tokens for some domains only.",
        )
        .at_input(&["input", "clientToken", "domains"]));
    }
    let grant = ClientTokenGrant {
        customer,
        ..ClientTokenGrant::default()
    };
    Ok(json!({ "clientToken": issue_client_token(context.merchant, context.origins, grant) }))
}

/// Creates a client token: records `grant` under its fingerprint and encodes this sandbox's addresses in the token.
#[must_use]
pub fn issue_client_token(
    merchant: &mut Merchant,
    origins: &Origins,
    grant: ClientTokenGrant,
) -> String {
    let customer = grant
        .customer
        .as_ref()
        .map(|id| format!("&customer_id={id}"))
        .unwrap_or_default();
    let (id, secret) = (merchant.id.clone(), merchant.alphanumeric(32));
    let at = crate::object::now();
    let fingerprint =
        format!("{secret}|created_at={at}{customer}&merchant_id={id}&public_key=public_{id}");
    merchant.grants.insert(fingerprint.clone(), grant);
    let client_api = client_api::base_url(origins, &id);
    let token = json!({
        "version": 2, "authorizationFingerprint": fingerprint, "environment": "sandbox", "merchantId": id,
        "configUrl": format!("{client_api}/v1/configuration"), "clientApiUrl": client_api,
        "assetsUrl": origins.braintree_fields, "merchantAccountId": id, "challenges": ["cvv"],
        "graphQL": {
            "url": origins.braintree_graphql, "date": GRAPHQL_DATE, "features": ["tokenize_credit_cards"],
        },
        "threeDSecureEnabled": false, "paypalEnabled": false, "venmo": "off",
    });
    BASE64.encode(token.to_string())
}

pub fn configuration(context: &ResolverContext<'_>) -> Value {
    let brands: Vec<&str> = BRANDS.iter().map(|brand| brand.as_str()).collect();
    json!({
        "analyticsUrl": null, "environment": "SANDBOX", "merchantId": context.merchant.id,
        "assetsUrl": context.origins.braintree_fields,
        "clientApiUrl": client_api::base_url(context.origins, &context.merchant.id),
        "challenges": ["CVV"], "supportedFeatures": ["TOKENIZE_CREDIT_CARDS"],
        "creditCard": {
            "supportedCardBrands": brands, "challenges": ["CVV"], "threeDSecureEnabled": false, "threeDSecure": null,
        },
    })
}
