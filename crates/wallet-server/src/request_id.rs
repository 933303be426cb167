//! The request id: one short text that joins the response of a request, its log lines and the body of its error.
//!
//! Made by [`crate::log`] for every request. It is taken from `x-request-id` only if the peer is a trusted proxy, because
//! anybody else could write texts of their own into the log. It must never contain a card number or a key.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::secret::contains_secret_key;
use serde_json::{Map, Value};

use crate::config::IpRange;
use crate::error::ApiError;

/// The header that carries the id, in a request of a proxy and in every response.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The maximum length of an id that a proxy sends.
const MAX_BYTES: usize = 128;

/// The maximum size of an error's body. Real ones are much smaller.
const MAX_ERROR_BYTES: usize = 64 * 1024;

/// The id of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id that a trusted proxy sent, or a new one.
    #[must_use]
    pub fn of(request: &Request, trusted_proxies: &[IpRange]) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let is_trusted = peer.is_some_and(|ConnectInfo(peer)| {
            let ip = peer.ip().to_canonical();
            trusted_proxies.iter().any(|range| range.contains(ip))
        });
        let sent = is_trusted.then(|| valid_id(request.headers())).flatten();
        sent.map_or_else(Self::generate, |id| Self(id.into()))
    }

    /// Letters only: a hexadecimal id can contain thirteen digits that look like a card number, and a search of the log
    /// for card numbers must have no false hits.
    fn generate() -> Self {
        let mut bytes = [0u8; 16];
        // Without randomness two requests have the same id. Nothing else depends on it.
        let _ = getrandom::fill(&mut bytes);
        let letters = bytes.iter().map(|byte| char::from(b'a' + byte % 26));
        Self(letters.collect::<String>().into())
    }

    /// The id as text: 1 to 128 visible ASCII characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds the header to a response. An error also gets the id in its body, see `with_member`.
    pub async fn add_to(&self, response: Response) -> Response {
        let is_error = response.extensions().get::<Arc<ApiError>>().is_some();
        let mut response = if is_error {
            self.add_to_body(response).await
        } else {
            response
        };
        // Visible ASCII is always a valid header value.
        if let Ok(value) = HeaderValue::from_str(self.as_str()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }

    async fn add_to_body(&self, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        // An error's body is in memory already.
        let Ok(bytes) = to_bytes(body, MAX_ERROR_BYTES).await else {
            return Response::from_parts(parts, Body::empty());
        };
        let Ok(Value::Object(error)) = serde_json::from_slice(&bytes) else {
            return Response::from_parts(parts, Body::from(bytes));
        };
        parts.headers.remove(header::CONTENT_LENGTH);
        let body = with_member(error, self.as_str()).to_string();
        Response::from_parts(parts, Body::from(body))
    }
}

/// The only value of the header, if it can be used.
fn valid_id(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(HEADER).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let id = value.to_str().ok()?;
    let is_valid = (1..=MAX_BYTES).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_graphic())
        && !contains_card_number(id)
        && !contains_secret_key(id);
    is_valid.then_some(id)
}

/// Adds the id where the vendor's shape has a place for it: in `ResponseStatus.Meta` of ServiceStack (BokaMera), in the
/// object `error` (Quilt), else beside the sentence.
fn with_member(mut body: Map<String, Value>, id: &str) -> Value {
    let (place, name) = if let Some(Value::Object(status)) = body.get_mut("ResponseStatus") {
        let meta = status.entry("Meta").or_insert_with(|| Map::new().into());
        (meta.as_object_mut(), "RequestId")
    } else if matches!(body.get("error"), Some(Value::Object(_))) {
        let error = body.get_mut("error").and_then(Value::as_object_mut);
        (error, "request_id")
    } else {
        (Some(&mut body), "request_id")
    };
    if let Some(place) = place {
        place.insert(name.to_owned(), id.into());
    }
    Value::Object(body)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn request(ids: &[&[u8]]) -> Request {
        let peer = SocketAddr::from(([10, 0, 0, 1], 4711));
        let mut request = Request::new(Body::empty());
        request.extensions_mut().insert(ConnectInfo(peer));
        for id in ids {
            let value = HeaderValue::from_bytes(id).unwrap();
            request.headers_mut().append(HEADER, value);
        }
        request
    }

    #[test]
    fn an_id_is_taken_from_a_trusted_proxy_only() {
        let sent = request(&[b"9f2c-17"]);
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(RequestId::of(&sent, &trusted).as_str(), "9f2c-17");
        for proxies in [vec![], vec!["192.0.2.0/24".parse().unwrap()]] {
            let id = RequestId::of(&sent, &proxies);
            assert!(id.as_str().len() == 16 && id.as_str().bytes().all(|b| b.is_ascii_lowercase()));
        }
    }

    #[test]
    fn an_id_that_is_no_short_plain_text_is_replaced() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let max_length = [b'a'; MAX_BYTES];
        assert_eq!(
            RequestId::of(&request(&[&max_length]), &trusted)
                .as_str()
                .len(),
            MAX_BYTES
        );
        let too_long = [b'a'; MAX_BYTES + 1];
        let wrong: [&[&[u8]]; 7] = [
            &[b""],
            &[&too_long],
            &[b"two words"],
            &[b"tab\there"],
            &[b"caf\xc3\xa9"],
            &[b"4242-4242-4242-4242"],
            &[b"one", b"two"],
        ];
        for ids in wrong {
            let id = RequestId::of(&request(ids), &trusted);
            assert_eq!(id.as_str().len(), 16, "{ids:?}");
        }
    }

    #[test]
    fn each_vendors_error_has_its_place_for_the_id() {
        for (body, with_id) in [
            (
                json!({"message": "No."}),
                json!({"message": "No.", "request_id": "abc"}),
            ),
            (
                json!({"error": "No."}),
                json!({"error": "No.", "request_id": "abc"}),
            ),
            (
                json!({"error": {"code": "card_declined"}}),
                json!({"error": {"code": "card_declined", "request_id": "abc"}}),
            ),
            (
                json!({"ResponseStatus": {"ErrorCode": "NotFound"}}),
                json!({"ResponseStatus": {"ErrorCode": "NotFound", "Meta": {"RequestId": "abc"}}}),
            ),
        ] {
            let Value::Object(body) = body else {
                unreachable!("an object");
            };
            assert_eq!(with_member(body, "abc"), with_id);
        }
    }
}
