//! Braintree's scripts: one extern per documented call, nothing added.
//!
//! Called by the card fields only. Every call may throw, so every call is `catch`.

use card_entry_protocol::tree::Tree;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::answer::read_error;
use crate::stripe::StripeError;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["braintree", "client"], js_name = create)]
    pub fn create_client(options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["braintree", "hostedFields"], js_name = create)]
    pub fn create_fields(options: &JsValue) -> Result<Promise, JsValue>;

    #[derive(Clone)]
    pub type HostedFields;

    #[wasm_bindgen(method, catch)]
    pub fn on(this: &HostedFields, event: &str, handler: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn tokenize(this: &HostedFields, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn focus(this: &HostedFields, field: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn clear(this: &HostedFields, field: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn teardown(this: &HostedFields) -> Result<Promise, JsValue>;
}

/// Waits for the promise of a call.
///
/// # Errors
/// What was thrown or rejected, as one of Stripe's errors.
pub async fn resolve(call: Result<Promise, JsValue>) -> Result<JsValue, StripeError> {
    let thrown = |thrown: JsValue| {
        // Only these two keys: an error also contains elements of the page.
        let text = |key: &str| {
            let value = Reflect::get(&thrown, &key.into()).unwrap_or_default();
            Tree::text(&value.as_string().unwrap_or_default())
        };
        read_error(&Tree::map(&mut [
            ("code", text("code")),
            ("type", text("type")),
        ]))
    };
    let promise = call.map_err(thrown)?;
    JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(thrown)
}
