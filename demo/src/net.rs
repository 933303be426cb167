//! HTTP calls of the page: to its own site, and to the wallet server for accounts. The companion makes the calls about cards.
//!
//! Called by the views. Every call has a timeout and sends no cookies. A token must never be part of a URL.

pub mod accounts;
pub mod bokamera;
pub mod mikrocloud;
pub mod quilt;
pub mod site;
pub mod ticket_evolution;
pub mod token_storage;

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCredentials, RequestRedirect};

use crate::session::SessionToken;

/// Longer than the servers' own limits.
const REQUEST_TIMEOUT_MS: u32 = 20_000;

/// No usable response: offline, timed out, or not the format of this API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoResponse;

impl<E: core::error::Error> From<E> for NoResponse {
    fn from(_: E) -> Self {
        Self
    }
}

struct ApiRequest {
    builder: RequestBuilder,
}

impl ApiRequest {
    fn new(method: Method, url: &str, token: Option<&SessionToken>) -> Self {
        let builder = RequestBuilder::new(url)
            .method(method)
            .credentials(RequestCredentials::Omit)
            // A redirect would send the token to another host.
            .redirect(RequestRedirect::Error)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(REQUEST_TIMEOUT_MS)))
            .header("accept", "application/json");
        let with_token = |builder: RequestBuilder, token: &SessionToken| {
            builder.header("authorization", token.reveal())
        };
        Self {
            builder: token.into_iter().fold(builder, with_token),
        }
    }

    async fn send(self) -> Result<Response, NoResponse> {
        Ok(self.builder.send().await?)
    }

    async fn send_json(self, body: &impl Serialize) -> Result<Response, NoResponse> {
        let body = body
            .serialize(&Serializer::json_compatible())
            .map_err(|_| NoResponse)?;
        let text: String = js_sys::JSON::stringify(&body)
            .map_err(|_| NoResponse)?
            .into();
        let request: Request = self
            .builder
            .header("content-type", "application/json")
            .body(text)?;
        Ok(request.send().await?)
    }
}

/// Parses a body with the browser's JSON parser: serde_json alone would be a tenth of this page's size.
async fn read<T: DeserializeOwned>(response: Response) -> Result<T, NoResponse> {
    let promise = web_sys::Response::from(response)
        .json()
        .map_err(|_: JsValue| NoResponse)?;
    let value = JsFuture::from(promise).await.map_err(|_| NoResponse)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| NoResponse)
}
