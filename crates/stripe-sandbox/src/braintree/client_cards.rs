//! `POST /merchants/<id>/client_api/v1/payment_methods/credit_cards`: the older way from a card to a nonce.
//!
//! braintree-web goes it by itself when GraphQL gives no answer (`client/request/ajax-driver.js` of 3.144.0). The card is
//! looked at by [`tokenize_card`], as if GraphQL had been asked.

use super::authorization::{Caller, is_merchant};
use super::calls::{Desk, tokenize_card};
use super::graphql::project::Store as _;
use super::reply::{Heard, spoiled};
use crate::serve::cut;
use crate::trouble::BraintreeTrouble;
use crate::world::World;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const JSON: &str = "application/json";

/// What is known of a number: yes, no, or unknown.
const INDICATORS: &[&str] = &[
    "commercial",
    "debit",
    "durbinRegulated",
    "healthcare",
    "payroll",
    "prepaid",
];
/// And what has a word of its own.
const OTHERS: &[&str] = &[
    "issuingBank",
    "countryOfIssuance",
    "productId",
    "business",
    "consumer",
    "purchase",
    "corporate",
];

/// Answers the call, or acts a fault out.
pub async fn create(
    State(world): State<Arc<World>>,
    Path(merchant): Path<String>,
    request: Request,
) -> Response {
    let (parts, sent) = request.into_parts();
    let heard = match Heard::read(&world, parts, sent).await {
        Ok(heard) => heard,
        Err(response) => return response,
    };
    let reply = |status: StatusCode, body: Value| {
        heard.reply(&world, Some((status, JSON, body.to_string())))
    };
    if heard.method != Method::POST {
        return reply(StatusCode::NOT_FOUND, json!({}));
    }
    let Ok(sent) = serde_json::from_str::<Value>(&heard.body) else {
        return reply(StatusCode::BAD_REQUEST, refusal("The request is no JSON."));
    };
    let sent = camel(sent);
    let token = ["authorizationFingerprint", "tokenizationKey"]
        .iter()
        .find_map(|name| sent.get(*name)?.as_str())
        .map(|token| format!("Bearer {token}"));
    let caller = Caller::read(token.as_deref(), &mut world.braintree());
    let caller = match caller {
        Ok(caller) if is_merchant(&merchant) && caller.merchant == merchant => caller,
        _ => {
            return reply(
                StatusCode::UNAUTHORIZED,
                refusal("Authorization is invalid."),
            );
        }
    };
    world.journal.belongs(heard.number, &merchant);
    let trouble = heard.trouble(&world, &merchant);
    if let Some((_, fault)) = &trouble {
        tokio::time::sleep(fault.delay()).await;
    }
    match &trouble {
        Some((BraintreeTrouble::GraphqlDrop, _)) => return heard.reply(&world, None),
        Some((BraintreeTrouble::GraphqlStatus, fault)) => {
            let (status, text) = spoiled(fault, "");
            return heard.reply(&world, Some((status, JSON, text)));
        }
        _ => {}
    }
    let (status, body) = carry_out(&world, &caller, &sent);
    match trouble {
        Some((BraintreeTrouble::GraphqlDropAfter, _)) => heard.reply(&world, None),
        Some((BraintreeTrouble::GraphqlCut, _)) => cut(reply(status, body)).await,
        _ => reply(status, body),
    }
}

fn carry_out(world: &World, caller: &Caller, sent: &Value) -> (StatusCode, Value) {
    let mut gateway = world.braintree();
    let mut desk = Desk {
        merchant: gateway.merchant(&caller.merchant),
        caller,
        origins: &world.origins,
        partial: Vec::new(),
    };
    match tokenize_card(&mut desk, &as_input(sent)) {
        Ok(made) => {
            let nonce = made
                .get("token")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let details = desk
                .merchant
                .object(nonce)
                .and_then(|shown| shown.get("details").cloned())
                .unwrap_or_default();
            let card = shown(nonce, &details);
            (StatusCode::ACCEPTED, json!({ "creditCards": [card] }))
        }
        Err(error) => legacy(&error.to_json()),
    }
}

/// The input `tokenizeCreditCard` would have had: a date in one piece is parted, and a token's validation is its own.
fn as_input(sent: &Value) -> Map<String, Value> {
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

/// A card as the older API shows it.
fn shown(nonce: &str, details: &Value) -> Value {
    let part = |name: &str| details.get(name).cloned().unwrap_or_default();
    let last4 = part("last4").as_str().unwrap_or_default().to_owned();
    let last2 = last4.get(2..).unwrap_or_default();
    let bin = part("binData");
    let mut record = Map::new();
    for name in INDICATORS {
        let word = match bin.get(*name).and_then(Value::as_str) {
            Some("YES") => "Yes",
            Some("NO") => "No",
            _ => "Unknown",
        };
        record.insert((*name).to_owned(), word.into());
    }
    for name in OTHERS {
        let word = bin.get(*name).and_then(Value::as_str).unwrap_or("Unknown");
        record.insert((*name).to_owned(), word.into());
    }
    json!({
        "type": "CreditCard", "nonce": nonce, "description": format!("ending in {last2}"), "consumed": false,
        "threeDSecureInfo": null, "binData": record,
        "details": {
            "bin": part("bin"), "lastTwo": last2, "lastFour": last4, "cardType": card_type(part("brandCode").as_str()),
            "cardholderName": part("cardholderName"),
            "expirationMonth": part("expirationMonth"), "expirationYear": part("expirationYear"),
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

/// An error of GraphQL's as the older API has it: a tree by input field.
fn legacy(error: &Value) -> (StatusCode, Value) {
    let text = |pointer: &str| {
        error
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let status = match text("/extensions/errorClass") {
        "VALIDATION" => StatusCode::UNPROCESSABLE_ENTITY,
        "AUTHORIZATION" => return (StatusCode::FORBIDDEN, refusal(text("/message"))),
        _ => return (StatusCode::UNAUTHORIZED, refusal(text("/message"))),
    };
    let path: Vec<&str> = error
        .pointer("/extensions/inputPath")
        .and_then(Value::as_array)
        .map(|path| path.iter().filter_map(Value::as_str).skip(1).collect())
        .unwrap_or_default();
    let mut fields = Value::Null;
    for (place, field) in path.iter().rev().enumerate() {
        fields = match place {
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
        None => (status, refusal(text("/message"))),
    }
}

fn refusal(message: &str) -> Value {
    json!({ "error": { "message": message }, "fieldErrors": [] })
}

/// Names in camel case, which is one of the two ways they come.
fn camel(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (camel_name(&name), camel(value)))
            .collect(),
        // As braintree-web does for GraphQL.
        Value::Number(number) => number.to_string().into(),
        other => other,
    }
}

fn camel_name(name: &str) -> String {
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
