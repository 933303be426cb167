//! Braintree's scripts as they are: one extern per documented call, nothing added.
//!
//! Called by the card and the client only. Every call may throw, so every call is `catch`.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// <https://braintree.github.io/braintree-web/current/module-braintree-web_client.html>
    #[wasm_bindgen(catch, js_namespace = ["braintree", "client"], js_name = create)]
    pub fn create_client(options: &JsValue) -> Result<Promise, JsValue>;

    /// <https://braintree.github.io/braintree-web/current/module-braintree-web_hosted-fields.html>
    #[wasm_bindgen(catch, js_namespace = ["braintree", "hostedFields"], js_name = create)]
    pub fn create_fields(options: &JsValue) -> Result<Promise, JsValue>;

    /// What `hostedFields.create` resolves with.
    #[derive(Clone)]
    pub type HostedFields;

    /// <https://braintree.github.io/braintree-web/current/HostedFields.html#on>
    #[wasm_bindgen(method, catch)]
    pub fn on(this: &HostedFields, event: &str, handler: &Function) -> Result<(), JsValue>;

    /// <https://braintree.github.io/braintree-web/current/HostedFields.html#tokenize>
    #[wasm_bindgen(method, catch)]
    pub fn tokenize(this: &HostedFields, options: &JsValue) -> Result<Promise, JsValue>;

    /// <https://braintree.github.io/braintree-web/current/HostedFields.html#focus>
    #[wasm_bindgen(method, catch)]
    pub fn focus(this: &HostedFields, field: &str) -> Result<JsValue, JsValue>;

    /// <https://braintree.github.io/braintree-web/current/HostedFields.html#clear>
    #[wasm_bindgen(method, catch)]
    pub fn clear(this: &HostedFields, field: &str) -> Result<JsValue, JsValue>;

    /// <https://braintree.github.io/braintree-web/current/HostedFields.html#teardown>
    #[wasm_bindgen(method, catch)]
    pub fn teardown(this: &HostedFields) -> Result<Promise, JsValue>;
}
