//! `POST /merchants/<id>/client_api/v1/payment_methods/credit_cards`: tokenizes a card without GraphQL.
//!
//! braintree-web falls back to it when GraphQL does not respond (`client/request/ajax-driver.js` of 3.144.0). The work is
//! done by [`tokenize_credit_card`], as for the mutation `tokenizeCreditCard`.

use super::authorization::BraintreeCaller;
use super::client_api::{INVALID_AUTHORIZATION, authenticate_browser};
use super::gateway_request::GatewayRequest;
use super::graphql::project::ObjectStore as _;
use super::resolvers::{ResolverContext, tokenize_credit_card};
use crate::state::SandboxState;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Members of `binData` that GraphQL types as an enum.
const ENUM_MEMBERS: &[&str] = &[
    "commercial",
    "debit",
    "durbinRegulated",
    "healthcare",
    "payroll",
    "prepaid",
];
/// Members of `binData` that GraphQL types as a string.
const STRING_MEMBERS: &[&str] = &[
    "issuingBank",
    "countryOfIssuance",
    "productId",
    "business",
    "consumer",
    "purchase",
    "corporate",
];

pub async fn create(
    State(state): State<Arc<SandboxState>>,
    Path(merchant): Path<String>,
    request: Request,
) -> Response {
    let request = match GatewayRequest::read(&state, request).await {
        Ok(request) => request,
        Err(response) => return response,
    };
    let respond =
        |status: StatusCode, body: Value| request.respond_json(&state, status, body.to_string());
    if request.method != Method::POST {
        return respond(StatusCode::NOT_FOUND, json!({}));
    }
    let Ok(sent) = serde_json::from_str::<Value>(&request.body) else {
        return respond(StatusCode::BAD_REQUEST, error("The request is no JSON."));
    };
    let sent = camel_case(sent);
    let token = ["authorizationFingerprint", "tokenizationKey"]
        .iter()
        .find_map(|name| sent.get(*name)?.as_str());
    let Some(caller) = authenticate_browser(&state, &merchant, token) else {
        return respond(StatusCode::UNAUTHORIZED, error(INVALID_AUTHORIZATION));
    };
    state.journal.set_account(request.number, &merchant);
    let fault = request.take_fault(&state, &merchant);
    if let Some(response) = request.prevented_by(&state, fault.as_ref(), "").await {
        return response;
    }
    let (status, body) = tokenize(&state, &caller, &sent);
    let effect = fault.map(|(effect, _)| effect);
    request
        .respond_with_fault(&state, effect, (status, body.to_string()))
        .await
}

fn tokenize(state: &SandboxState, caller: &BraintreeCaller, sent: &Value) -> (StatusCode, Value) {
    let mut merchants = state.braintree();
    let mut context = ResolverContext {
        merchant: merchants.merchant(&caller.merchant),
        caller,
        origins: &state.origins,
        partial: Vec::new(),
    };
    match tokenize_credit_card(&mut context, &tokenize_input(sent)) {
        Ok(payload) => {
            let nonce = payload
                .get("token")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let details = context
                .merchant
                .object(nonce)
                .and_then(|method| method.get("details").cloned())
                .unwrap_or_default();
            let card = credit_card(nonce, &details);
            (StatusCode::ACCEPTED, json!({ "creditCards": [card] }))
        }
        Err(error) => rest_error(&error.to_json()),
    }
}

/// The input for `tokenizeCreditCard`: splits `expirationDate` into month and year, and moves `validate` to the options.
fn tokenize_input(sent: &Value) -> Map<String, Value> {
    let mut card = sent
        .get("creditCard")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let options = card.remove("options").unwrap_or(Value::Null);
    if let Some(date) = card.remove("expirationDate") {
        let text = date.as_str().unwrap_or_default();
        let (month, year) = text.split_once('/').unwrap_or((text, ""));
        card.insert("expirationMonth".to_owned(), month.trim().into());
        card.insert("expirationYear".to_owned(), year.trim().into());
    }
    let mut input = Map::from_iter([("creditCard".to_owned(), Value::Object(card))]);
    if let Some(validate) = options.get("validate").filter(|value| value.is_boolean()) {
        input.insert("options".to_owned(), json!({ "validate": validate }));
    }
    input
}

/// A card in the format of the older API.
fn credit_card(nonce: &str, details: &Value) -> Value {
    let member = |name: &str| details.get(name).cloned().unwrap_or_default();
    let last4 = member("last4").as_str().unwrap_or_default().to_owned();
    let last2 = last4.get(2..).unwrap_or_default();
    let graphql_bin = member("binData");
    let mut bin_data = Map::new();
    for name in ENUM_MEMBERS {
        let value = match graphql_bin.get(*name).and_then(Value::as_str) {
            Some("YES") => "Yes",
            Some("NO") => "No",
            _ => "Unknown",
        };
        bin_data.insert((*name).to_owned(), value.into());
    }
    for name in STRING_MEMBERS {
        let value = graphql_bin
            .get(*name)
            .and_then(Value::as_str)
            .unwrap_or("Unknown");
        bin_data.insert((*name).to_owned(), value.into());
    }
    json!({
        "type": "CreditCard", "nonce": nonce, "description": format!("ending in {last2}"), "consumed": false,
        "threeDSecureInfo": null, "binData": bin_data,
        "details": {
            "bin": member("bin"), "lastTwo": last2, "lastFour": last4, "cardType": card_type(member("brandCode").as_str()),
            "cardholderName": member("cardholderName"),
            "expirationMonth": member("expirationMonth"), "expirationYear": member("expirationYear"),
        },
    })
}

fn card_type(brand: Option<&str>) -> &'static str {
    match brand {
        Some("AMERICAN_EXPRESS") => "American Express",
        Some("DINERS" | "DISCOVER") => "Discover",
        Some("ELO") => "Elo",
        Some("HIPER") => "Hiper",
        Some("HIPERCARD") => "Hipercard",
        Some("INTERNATIONAL_MAESTRO" | "UK_MAESTRO") => "Maestro",
        Some("JCB") => "JCB",
        Some("MASTERCARD") => "MasterCard",
        Some("UNION_PAY") => "UnionPay",
        Some("VISA") => "Visa",
        _ => "Unknown",
    }
}

/// A GraphQL error in the format of the older API: a tree by input field.
fn rest_error(graphql_error: &Value) -> (StatusCode, Value) {
    let text = |pointer: &str| {
        graphql_error
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let status = match text("/extensions/errorClass") {
        "VALIDATION" => StatusCode::UNPROCESSABLE_ENTITY,
        "AUTHORIZATION" => return (StatusCode::FORBIDDEN, error(text("/message"))),
        _ => return (StatusCode::UNAUTHORIZED, error(text("/message"))),
    };
    let path: Vec<&str> = graphql_error
        .pointer("/extensions/inputPath")
        .and_then(Value::as_array)
        .map(|path| path.iter().filter_map(Value::as_str).skip(1).collect())
        .unwrap_or_default();
    let mut fields = Value::Null;
    for (depth, field) in path.iter().rev().enumerate() {
        fields = match depth {
            0 => {
                json!([{ "field": field, "code": text("/extensions/legacyCode"), "message": text("/message") }])
            }
            _ => json!([{ "field": field, "fieldErrors": fields }]),
        };
    }
    match path.first() {
        Some(_) => (
            status,
            json!({ "error": { "message": "Credit card is invalid" }, "fieldErrors": fields }),
        ),
        None => (status, error(text("/message"))),
    }
}

fn error(message: &str) -> Value {
    json!({ "error": { "message": message }, "fieldErrors": [] })
}

/// Renames snake-case members to camel case. Clients send either.
fn camel_case(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (camel_case_name(&name), camel_case(value)))
            .collect(),
        // braintree-web also sends numbers as strings to GraphQL.
        Value::Number(number) => number.to_string().into(),
        other => other,
    }
}

fn camel_case_name(name: &str) -> String {
    let (lead, rest) = match name.strip_prefix('_') {
        Some(rest) => ("_", rest),
        None => ("", name),
    };
    let mut parts = rest.split('_');
    let mut text = format!("{lead}{}", parts.next().unwrap_or_default());
    for part in parts {
        let mut letters = part.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}
