//! What the page fetches: from its own site, and from the wallet server for accounts.
//!
//! Called by the views. Every call has a deadline and sends no cookies; a token travels in its header only, never in
//! an address. Cards are the companion's affair: nothing here asks for one.

pub mod accounts;
pub mod bokamera;
pub mod memory;
pub mod mikrocloud;
pub mod quilt;
pub mod site;
pub mod ticket_evolution;

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCredentials, RequestRedirect};

use crate::session::Token;

/// How long a visitor is left with "one moment": the servers themselves give up earlier.
const DEADLINE_MS: u32 = 20_000;

/// No answer that can be read: offline, too late, or not the server that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAnswer;

impl<E: core::error::Error> From<E> for NoAnswer {
    fn from(_: E) -> Self {
        Self
    }
}

/// A request on its way to an answer.
struct Ask {
    builder: RequestBuilder,
}

impl Ask {
    fn new(method: Method, url: &str, token: Option<&Token>) -> Self {
        let builder = RequestBuilder::new(url)
            .method(method)
            .credentials(RequestCredentials::Omit)
            // A redirect would carry the token to whoever it names.
            .redirect(RequestRedirect::Error)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(DEADLINE_MS)))
            .header("accept", "application/json");
        let with = |builder: RequestBuilder, token: &Token| {
            builder.header("authorization", token.reveal())
        };
        Self {
            builder: token.into_iter().fold(builder, with),
        }
    }

    async fn send(self) -> Result<Response, NoAnswer> {
        Ok(self.builder.send().await?)
    }

    async fn send_json(self, body: &impl Serialize) -> Result<Response, NoAnswer> {
        let body = body
            .serialize(&Serializer::json_compatible())
            .map_err(|_| NoAnswer)?;
        let text: String = js_sys::JSON::stringify(&body).map_err(|_| NoAnswer)?.into();
        let request: Request = self
            .builder
            .header("content-type", "application/json")
            .body(text)?;
        Ok(request.send().await?)
    }
}

/// Reads a body by the browser's own parser: serde_json alone would weigh a tenth of this page.
async fn read<T: DeserializeOwned>(response: Response) -> Result<T, NoAnswer> {
    let promise = web_sys::Response::from(response)
        .json()
        .map_err(|_: JsValue| NoAnswer)?;
    let value = JsFuture::from(promise).await.map_err(|_| NoAnswer)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| NoAnswer)
}
