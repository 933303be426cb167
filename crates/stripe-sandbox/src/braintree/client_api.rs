//! The calls of Braintree's older APIs that start an integration: the client token with options that GraphQL does not have, and
//! the configuration that a client token points to. All other calls of these APIs get 404.

use super::authorization::{BraintreeCaller, ClientTokenGrant, Rights, is_merchant};
use super::gateway_request::GatewayRequest;
use super::resolvers::issue_client_token;
use super::xml;
use crate::faults::BraintreeEffect;
use crate::origins::Origins;
use crate::state::SandboxState;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

const XML: &str = "application/xml; charset=utf-8";
const XML_DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The message for a browser that could not be authenticated.
pub const INVALID_AUTHORIZATION: &str = "Authorization is invalid.";

/// Braintree's error code for a client token whose customer does not exist.
const CUSTOMER_DOES_NOT_EXIST: &str = "92804";

/// `POST /merchants/<id>/client_token`. Node's server SDK sends JSON, the other SDKs send XML. The response has the format that
/// the `Accept` header asks for.
pub async fn client_token(
    State(state): State<Arc<SandboxState>>,
    Path(merchant): Path<String>,
    request: Request,
) -> Response {
    let request = match GatewayRequest::read(&state, request).await {
        Ok(request) => request,
        Err(response) => return response,
    };
    let accepts_xml = request.accept.contains("xml");
    let respond = |status: StatusCode, (as_xml, as_json): (String, Value)| match accepts_xml {
        true => request.respond(&state, status, XML, format!("{XML_DECLARATION}{as_xml}\n")),
        false => request.respond_json(&state, status, as_json.to_string()),
    };
    let refuse = |status: StatusCode| respond(status, (String::new(), json!({})));
    let mut merchants = state.braintree();
    let server = BraintreeCaller {
        merchant: merchant.clone(),
        rights: Rights::Server,
    };
    if BraintreeCaller::authenticate(request.authorization.as_deref(), &mut merchants).ok()
        != Some(server)
    {
        return refuse(StatusCode::UNAUTHORIZED);
    }
    state.journal.set_account(request.number, &merchant);
    if request.method != Method::POST {
        return refuse(StatusCode::NOT_FOUND);
    }
    let parsed = match request.body.trim_start().starts_with('<') {
        true => xml::parse(&request.body),
        false => serde_json::from_str::<Value>(&request.body).ok(),
    };
    let Some(sent) = parsed else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    let merchant = merchants.merchant(&merchant);
    let wanted = sent.get("client_token").unwrap_or(&Value::Null);
    let customer = wanted
        .get("customer_id")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let unknown = |id: &String| {
        merchant
            .customers
            .get(id)
            .is_none_or(|customer| customer.deleted)
    };
    if customer.as_ref().is_some_and(unknown) {
        return respond(StatusCode::UNPROCESSABLE_ENTITY, unknown_customer());
    }
    let option = |name: &str| {
        wanted
            .pointer(&format!("/options/{name}"))
            .and_then(Value::as_bool)
            == Some(true)
    };
    let grant = ClientTokenGrant {
        customer,
        verify_card: option("verify_card"),
        fail_on_duplicate: option("fail_on_duplicate_payment_method"),
        make_default: option("make_default"),
    };
    let token = issue_client_token(merchant, &state.origins, grant);
    // Base64 needs no XML escapes.
    let as_xml = format!("<client-token><value>{token}</value></client-token>");
    let as_json = json!({ "clientToken": { "value": token } });
    respond(StatusCode::CREATED, (as_xml, as_json))
}

/// The error for a customer that does not exist, as XML and as JSON.
fn unknown_customer() -> (String, Value) {
    let message = "Customer specified by customer_id does not exist";
    let as_xml = format!(
        "<api-error-response><errors><errors type=\"array\"/><client-token><errors type=\"array\"><error>\
         <code>{CUSTOMER_DOES_NOT_EXIST}</code><attribute type=\"symbol\">customer_id</attribute><message>{message}</message>\
         </error></errors></client-token></errors><message>{message}</message></api-error-response>"
    );
    let error =
        json!({ "attribute": "customer_id", "code": CUSTOMER_DOES_NOT_EXIST, "message": message });
    let as_json = json!({ "apiErrorResponse": {
        "errors": { "clientToken": { "errors": [error] }, "errors": [] }, "message": message,
    } });
    (as_xml, as_json)
}

/// `GET /merchants/<id>/client_api/v1/configuration`: the configuration for scripts that do not use GraphQL.
pub async fn configuration(
    State(state): State<Arc<SandboxState>>,
    Path(merchant): Path<String>,
    request: Request,
) -> Response {
    let request = match GatewayRequest::read(&state, request).await {
        Ok(request) => request,
        Err(response) => return response,
    };
    let find = |name: &str| {
        form_urlencoded::parse(request.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let token = find("tokenizationKey").or_else(|| find("authorizationFingerprint"));
    if authenticate_browser(&state, &merchant, token.as_deref()).is_none() {
        let body = json!({ "error": { "message": INVALID_AUTHORIZATION } });
        return request.respond_json(&state, StatusCode::UNAUTHORIZED, body.to_string());
    }
    state.journal.set_account(request.number, &merchant);
    let fault = request.take_fault(&state, &merchant);
    if let Some(response) = request.prevented_by(&state, fault.as_ref(), "").await {
        return response;
    }
    // The fault `graphql_cut` does not apply to the configuration.
    let effect = fault
        .map(|(effect, _)| effect)
        .filter(|effect| *effect != BraintreeEffect::GraphqlCut);
    let body = client_configuration(&state, &merchant).to_string();
    request
        .respond_with_fault(&state, effect, (StatusCode::OK, body))
        .await
}

/// Authenticates a browser by the token or key it sent as a parameter, for calls below `/merchants/<merchant>`.
#[must_use]
pub fn authenticate_browser(
    state: &SandboxState,
    merchant: &str,
    token: Option<&str>,
) -> Option<BraintreeCaller> {
    let header = token.map(|token| format!("Bearer {token}"));
    BraintreeCaller::authenticate(header.as_deref(), &mut state.braintree())
        .ok()
        .filter(|caller| is_merchant(merchant) && caller.merchant == merchant)
}

fn client_configuration(state: &SandboxState, merchant: &str) -> Value {
    let client_api = base_url(&state.origins, merchant);
    json!({
        "environment": "sandbox", "merchantId": merchant, "merchantAccountId": merchant,
        "clientApiUrl": client_api, "configUrl": format!("{client_api}/v1/configuration"),
        "assetsUrl": state.origins.braintree_fields, "analytics": { "url": null }, "challenges": ["cvv"],
        "creditCards": { "supportedCardTypes": [
            "MasterCard", "Visa", "Discover", "JCB", "American Express", "UnionPay", "Maestro", "Hiper", "Hipercard",
        ] },
        "graphQL": { "url": state.origins.braintree_graphql, "features": ["tokenize_credit_cards"] },
        "threeDSecureEnabled": false, "paypalEnabled": false, "venmo": "off",
    })
}

/// The base URL of a merchant's client API.
#[must_use]
pub fn base_url(origins: &Origins, merchant: &str) -> String {
    format!(
        "{}/merchants/{merchant}/client_api",
        origins.braintree_gateway
    )
}
