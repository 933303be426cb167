//! The parts of every answer on the API origin: who may read it, and what a fault makes of it.

use crate::braintree::graphql::{ErrorClass, GraphError};
use crate::fault::{Fault, Hit};
use crate::journal::Place;
use crate::serve::dropped;
use crate::trouble::{BraintreeTrouble, Trouble};
use crate::world::World;
use axum::body::{Body, to_bytes};
use axum::extract::OriginalUri;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Bodies beyond this are refused; a real document is a few kilobytes.
const BODY_MAX: usize = 1 << 20;

/// A request, read whole and noted in the journal.
#[derive(Debug)]
pub struct Heard {
    /// Its number in the journal.
    pub number: u64,
    pub method: Method,
    /// Path as it was asked for.
    pub path: String,
    pub authorization: Option<String>,
    pub version: Option<String>,
    pub accept: String,
    pub query: String,
    pub body: String,
    origin: Option<HeaderValue>,
}

impl Heard {
    /// Reads and notes a request.
    ///
    /// # Errors
    /// The answer to a preflight, or to a body that is too large.
    pub async fn read(world: &World, parts: Parts, body: Body) -> Result<Self, Response> {
        let origin = parts.headers.get(header::ORIGIN).cloned();
        if parts.method == Method::OPTIONS {
            return Err(preflight(&parts, origin.as_ref()));
        }
        let Ok(bytes) = to_bytes(body, BODY_MAX).await else {
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
        let number = world.journal.note(
            Place::Api,
            parts.method.as_str(),
            &path,
            &query,
            &parts.headers,
            &body,
        );
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

    /// The fault this request of `merchant` meets.
    #[must_use]
    pub fn trouble(&self, world: &World, merchant: &str) -> Option<(BraintreeTrouble, Fault)> {
        let hit = Hit {
            account: Some(merchant),
            method: self.method.as_str(),
            path: &self.path,
            ..Hit::default()
        };
        world.faults.meet(&hit, |trouble| match trouble {
            Trouble::Braintree(trouble) if trouble.is_of_api() => Some(trouble),
            _ => None,
        })
    }

    /// Sends `body`; `None` closes the connection.
    #[must_use]
    pub fn reply(
        &self,
        world: &World,
        answer: Option<(StatusCode, &'static str, String)>,
    ) -> Response {
        let Some((status, kind, body)) = answer else {
            return dropped();
        };
        world.journal.answered(self.number, status.as_u16());
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(origin) = &self.origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        }
        response
    }
}

/// A body of GraphQL's form: what was made, what went wrong, and the request's id.
#[must_use]
pub fn body(data: Option<Value>, errors: &[GraphError], request_id: &str) -> String {
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

/// What the fault `status` answers instead.
#[must_use]
pub fn spoiled(fault: &Fault, request_id: &str) -> (StatusCode, String) {
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
        body(
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
