//! Stripe.js: one extern per documented call, nothing added.
//!
//! Called by [`super::client`] and [`super::element`] only. Every call may throw, so every call is `catch`.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub type Stripe;

    #[wasm_bindgen(catch, js_name = Stripe)]
    pub fn start(key: &str, options: &JsValue) -> Result<Stripe, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn elements(this: &Stripe, options: &JsValue) -> Result<Elements, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createPaymentMethod)]
    pub fn create_payment_method(this: &Stripe, data: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = confirmCardSetup)]
    pub fn confirm_card_setup(
        this: &Stripe,
        secret: &str,
        data: &JsValue,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = confirmCardPayment)]
    pub fn confirm_card_payment(
        this: &Stripe,
        secret: &str,
        data: &JsValue,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = retrieveSetupIntent)]
    pub fn retrieve_setup_intent(this: &Stripe, secret: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = retrievePaymentIntent)]
    pub fn retrieve_payment_intent(this: &Stripe, secret: &str) -> Result<Promise, JsValue>;

    #[derive(Clone)]
    pub type Elements;

    #[wasm_bindgen(method, catch)]
    pub fn create(this: &Elements, kind: &str, options: &JsValue) -> Result<Element, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn update(this: &Elements, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn submit(this: &Elements) -> Result<Promise, JsValue>;

    #[derive(Clone)]
    pub type Element;

    #[wasm_bindgen(method, catch)]
    pub fn mount(this: &Element, host: &web_sys::Element) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn on(this: &Element, event: &str, handler: &Function) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = update)]
    pub fn update_element(this: &Element, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn focus(this: &Element) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn clear(this: &Element) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn destroy(this: &Element) -> Result<JsValue, JsValue>;
}
