//! Of Braintree's older APIs what others begin with: the configuration a client token leads to, and the client token
//! with options that GraphQL cannot ask for. Everything else of them is refused with 404.

use super::authorization::{Caller, Grant, Rights, is_merchant};
use super::calls::issue;
use super::reply::{Heard, spoiled};
use super::xml;
use crate::origins::Origins;
use crate::trouble::BraintreeTrouble;
use crate::world::World;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

const JSON: &str = "application/json";
const XML: &str = "application/xml; charset=utf-8";
const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Braintree's code for a client token's customer who is not there.
const NO_CUSTOMER: &str = "92804";

/// `POST /merchants/<id>/client_token`, as the server SDKs send it: Node's in JSON, the others in XML. It is answered in what
/// the caller accepts.
pub async fn client_token(
    State(world): State<Arc<World>>,
    Path(merchant): Path<String>,
    request: Request,
) -> Response {
    let (parts, sent) = request.into_parts();
    let heard = match Heard::read(&world, parts, sent).await {
        Ok(heard) => heard,
        Err(response) => return response,
    };
    let xml = heard.accept.contains("xml");
    let say = |status: StatusCode, (as_xml, as_json): (String, Value)| {
        let (kind, text) = match xml {
            true => (XML, format!("{PROLOG}{as_xml}\n")),
            false => (JSON, as_json.to_string()),
        };
        heard.reply(&world, Some((status, kind, text)))
    };
    let refuse = |status: StatusCode| say(status, (String::new(), json!({})));
    let mut gateway = world.braintree();
    let server = Caller {
        merchant: merchant.clone(),
        rights: Rights::Server,
    };
    if Caller::read(heard.authorization.as_deref(), &mut gateway).ok() != Some(server) {
        return refuse(StatusCode::UNAUTHORIZED);
    }
    world.journal.belongs(heard.number, &merchant);
    if heard.method != Method::POST {
        return refuse(StatusCode::NOT_FOUND);
    }
    let read = match heard.body.trim_start().starts_with('<') {
        true => xml::read(&heard.body),
        false => serde_json::from_str::<Value>(&heard.body).ok(),
    };
    let Some(sent) = read else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    let books = gateway.merchant(&merchant);
    let asked = sent.get("client_token").unwrap_or(&Value::Null);
    let customer = asked
        .get("customer_id")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let unknown = |id: &String| {
        books
            .customers
            .get(id)
            .is_none_or(|customer| customer.deleted)
    };
    if customer.as_ref().is_some_and(unknown) {
        return say(StatusCode::UNPROCESSABLE_ENTITY, unknown_customer());
    }
    let option = |name: &str| {
        asked
            .pointer(&format!("/options/{name}"))
            .and_then(Value::as_bool)
            == Some(true)
    };
    let grant = Grant {
        customer,
        verify_card: option("verify_card"),
        fail_on_duplicate: option("fail_on_duplicate_payment_method"),
        make_default: option("make_default"),
    };
    let token = issue(books, &world.origins, grant);
    // Base64 has nothing that XML would need escaped.
    let as_xml = format!("<client-token><value>{token}</value></client-token>");
    let as_json = json!({ "clientToken": { "value": token } });
    say(StatusCode::CREATED, (as_xml, as_json))
}

/// The refusal of a customer who is not there, as XML and as JSON.
fn unknown_customer() -> (String, Value) {
    let words = "Customer specified by customer_id does not exist";
    let as_xml = format!(
        "<api-error-response><errors><errors type=\"array\"/><client-token><errors type=\"array\"><error>\
         <code>{NO_CUSTOMER}</code><attribute type=\"symbol\">customer_id</attribute><message>{words}</message>\
         </error></errors></client-token></errors><message>{words}</message></api-error-response>"
    );
    let error = json!({ "attribute": "customer_id", "code": NO_CUSTOMER, "message": words });
    let as_json = json!({ "apiErrorResponse": {
        "errors": { "clientToken": { "errors": [error] }, "errors": [] }, "message": words,
    } });
    (as_xml, as_json)
}

/// `GET /merchants/<id>/client_api/v1/configuration`: where the older scripts, and those that reach no GraphQL, begin.
pub async fn configuration(
    State(world): State<Arc<World>>,
    Path(merchant): Path<String>,
    request: Request,
) -> Response {
    let (parts, sent) = request.into_parts();
    let heard = match Heard::read(&world, parts, sent).await {
        Ok(heard) => heard,
        Err(response) => return response,
    };
    let find = |name: &str| {
        form_urlencoded::parse(heard.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| format!("Bearer {value}"))
    };
    let token = find("tokenizationKey").or_else(|| find("authorizationFingerprint"));
    let caller = Caller::read(token.as_deref(), &mut world.braintree());
    let known = is_merchant(&merchant) && caller.is_ok_and(|caller| caller.merchant == merchant);
    let (status, body) = if known {
        world.journal.belongs(heard.number, &merchant);
        if let Some((trouble, fault)) = heard.trouble(&world, &merchant) {
            tokio::time::sleep(fault.delay()).await;
            match trouble {
                BraintreeTrouble::GraphqlStatus => {
                    let (status, text) = spoiled(&fault, "");
                    return heard.reply(&world, Some((status, JSON, text)));
                }
                BraintreeTrouble::GraphqlDrop | BraintreeTrouble::GraphqlDropAfter => {
                    return heard.reply(&world, None);
                }
                _ => {}
            }
        }
        (StatusCode::OK, shown(&world, &merchant))
    } else {
        (
            StatusCode::UNAUTHORIZED,
            json!({ "error": { "message": "Authorization is invalid." } }),
        )
    };
    heard.reply(&world, Some((status, JSON, body.to_string())))
}

fn shown(world: &World, merchant: &str) -> Value {
    let client_api = base(&world.origins, merchant);
    json!({
        "environment": "sandbox", "merchantId": merchant, "merchantAccountId": merchant,
        "clientApiUrl": client_api, "configUrl": format!("{client_api}/v1/configuration"),
        "assetsUrl": world.origins.braintree_fields, "analytics": { "url": null }, "challenges": ["cvv"],
        "creditCards": { "supportedCardTypes": [
            "MasterCard", "Visa", "Discover", "JCB", "American Express", "UnionPay", "Maestro", "Hiper", "Hipercard",
        ] },
        "graphQL": { "url": world.origins.braintree_graphql, "features": ["tokenize_credit_cards"] },
        "threeDSecureEnabled": false, "paypalEnabled": false, "venmo": "off",
    })
}

/// The base of a merchant's client API.
#[must_use]
pub fn base(origins: &Origins, merchant: &str) -> String {
    format!(
        "{}/merchants/{merchant}/client_api",
        origins.braintree_gateway
    )
}
