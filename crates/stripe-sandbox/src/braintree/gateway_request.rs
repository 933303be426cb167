//! One HTTP exchange on Braintree's API origins: reads and journals the request, applies injected faults, sends the response with
//! its CORS headers.

use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::faults::{BraintreeEffect, FaultEffect};
use crate::faults::{FaultRule, FaultTarget};
use crate::journal::{OriginKind, ReceivedRequest};
use crate::serve::{drop_connection, truncate_body};
use crate::state::SandboxState;
use axum::body::to_bytes;
use axum::extract::{OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Larger bodies get 413. A real document is a few kilobytes.
const MAX_BODY_BYTES: usize = 1 << 20;

const JSON: &str = "application/json";

/// A request with its whole body, recorded in the journal.
#[derive(Debug)]
pub struct GatewayRequest {
    /// Number of its journal entry.
    pub number: u64,
    pub method: Method,
    /// The original path, before routers strip a prefix.
    pub path: String,
    pub authorization: Option<String>,
    pub version: Option<String>,
    pub accept: String,
    pub query: String,
    pub body: String,
    origin: Option<HeaderValue>,
}

impl GatewayRequest {
    /// Reads a request and records it in the journal.
    ///
    /// # Errors
    /// The response to a preflight, or to a body that is too large.
    pub async fn read(state: &SandboxState, request: Request) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let origin = parts.headers.get(header::ORIGIN).cloned();
        if parts.method == Method::OPTIONS {
            return Err(preflight(&parts, origin.as_ref()));
        }
        let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        };
        let uri = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(&parts.uri, |OriginalUri(uri)| uri);
        let (path, query) = (
            uri.path().to_owned(),
            uri.query().unwrap_or_default().to_owned(),
        );
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let number = state.journal.record(ReceivedRequest {
            origin: OriginKind::Api,
            method: parts.method.as_str(),
            path: &path,
            query: &query,
            headers: &parts.headers,
            body: &body,
        });
        let text = |name: &str| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
        Ok(Self {
            number,
            authorization: text("authorization"),
            version: text("braintree-version"),
            accept: text("accept").unwrap_or_default(),
            method: parts.method,
            path,
            query,
            body,
            origin,
        })
    }

    /// Takes the fault that matches this request of `merchant`, if there is one.
    #[must_use]
    pub fn take_fault(
        &self,
        state: &SandboxState,
        merchant: &str,
    ) -> Option<(BraintreeEffect, FaultRule)> {
        let target = FaultTarget {
            account: Some(merchant),
            method: self.method.as_str(),
            path: &self.path,
            ..FaultTarget::default()
        };
        state.faults.take_matching(&target, |effect| match effect {
            FaultEffect::Braintree(effect) if effect.affects_api() => Some(effect),
            _ => None,
        })
    }

    /// Waits for the fault's delay, then returns the response of a fault that prevents the call.
    pub async fn prevented_by(
        &self,
        state: &SandboxState,
        fault: Option<&(BraintreeEffect, FaultRule)>,
        request_id: &str,
    ) -> Option<Response> {
        let (effect, rule) = fault?;
        tokio::time::sleep(rule.delay()).await;
        match effect {
            BraintreeEffect::GraphqlDrop => Some(drop_connection()),
            BraintreeEffect::GraphqlStatus => {
                let (status, body) = injected_error(rule, request_id);
                Some(self.respond_json(state, status, body))
            }
            _ => None,
        }
    }

    /// Sends the response of a call that was carried out, unless a fault drops the connection or truncates the body.
    pub async fn respond_with_fault(
        &self,
        state: &SandboxState,
        effect: Option<BraintreeEffect>,
        (status, body): (StatusCode, String),
    ) -> Response {
        match effect {
            Some(BraintreeEffect::GraphqlDropAfter) => drop_connection(),
            Some(BraintreeEffect::GraphqlCut) => {
                truncate_body(self.respond_json(state, status, body)).await
            }
            _ => self.respond_json(state, status, body),
        }
    }

    #[must_use]
    pub fn respond_json(&self, state: &SandboxState, status: StatusCode, body: String) -> Response {
        self.respond(state, status, JSON, body)
    }

    #[must_use]
    pub fn respond(
        &self,
        state: &SandboxState,
        status: StatusCode,
        content_type: &'static str,
        body: String,
    ) -> Response {
        state.journal.set_status(self.number, status.as_u16());
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(origin) = &self.origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        }
        response
    }
}

/// A GraphQL response body: `data`, `errors` and the request id.
#[must_use]
pub fn graphql_body(data: Option<Value>, errors: &[GraphError], request_id: &str) -> String {
    let mut body = json!({ "extensions": { "requestId": request_id } });
    if let (Some(data), Some(body)) = (data, body.as_object_mut()) {
        body.insert("data".to_owned(), data);
    }
    if let (false, Some(body)) = (errors.is_empty(), body.as_object_mut()) {
        body.insert(
            "errors".to_owned(),
            errors.iter().map(GraphError::to_json).collect(),
        );
    }
    body.to_string()
}

/// The status and body of the fault `graphql_status`.
fn injected_error(fault: &FaultRule, request_id: &str) -> (StatusCode, String) {
    let status = fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let class = match status.as_u16() {
        401 => ErrorClass::Authentication,
        403 => ErrorClass::Authorization,
        503 => ErrorClass::ServiceAvailability,
        _ => ErrorClass::Internal,
    };
    (
        status,
        graphql_body(
            None,
            &[GraphError::of(class, "An error on purpose.")],
            request_id,
        ),
    )
}

fn preflight(parts: &Parts, origin: Option<&HeaderValue>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    );
    if let Some(names) = parts.headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    response
}
