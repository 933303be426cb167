//! Stripe.js as it is: one extern per documented call, nothing added.
//!
//! Called by [`super::client`] and [`super::element`] only. Every call may throw, so every call is `catch`.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What `Stripe(…)` returns.
    #[derive(Clone)]
    pub type Stripe;

    /// <https://docs.stripe.com/js/initializing>
    #[wasm_bindgen(catch, js_name = Stripe)]
    pub fn start(key: &str, options: &JsValue) -> Result<Stripe, JsValue>;

    /// <https://docs.stripe.com/js/elements_object/create>
    #[wasm_bindgen(method, catch)]
    pub fn elements(this: &Stripe, options: &JsValue) -> Result<Elements, JsValue>;

    /// <https://docs.stripe.com/js/payment_methods/create_payment_method>
    #[wasm_bindgen(method, catch, js_name = createPaymentMethod)]
    pub fn create_payment_method(this: &Stripe, data: &JsValue) -> Result<Promise, JsValue>;

    /// <https://docs.stripe.com/js/setup_intents/confirm_card_setup>
    #[wasm_bindgen(method, catch, js_name = confirmCardSetup)]
    pub fn confirm_card_setup(
        this: &Stripe,
        secret: &str,
        data: &JsValue,
    ) -> Result<Promise, JsValue>;

    /// <https://docs.stripe.com/js/payment_intents/confirm_card_payment>
    #[wasm_bindgen(method, catch, js_name = confirmCardPayment)]
    pub fn confirm_card_payment(
        this: &Stripe,
        secret: &str,
        data: &JsValue,
    ) -> Result<Promise, JsValue>;

    /// <https://docs.stripe.com/js/setup_intents/retrieve_setup_intent>
    #[wasm_bindgen(method, catch, js_name = retrieveSetupIntent)]
    pub fn retrieve_setup_intent(this: &Stripe, secret: &str) -> Result<Promise, JsValue>;

    /// <https://docs.stripe.com/js/payment_intents/retrieve_payment_intent>
    #[wasm_bindgen(method, catch, js_name = retrievePaymentIntent)]
    pub fn retrieve_payment_intent(this: &Stripe, secret: &str) -> Result<Promise, JsValue>;

    /// A group of elements.
    #[derive(Clone)]
    pub type Elements;

    /// <https://docs.stripe.com/js/elements_object/create_element>
    #[wasm_bindgen(method, catch)]
    pub fn create(this: &Elements, kind: &str, options: &JsValue) -> Result<Element, JsValue>;

    /// <https://docs.stripe.com/js/elements_object/update>
    #[wasm_bindgen(method, catch)]
    pub fn update(this: &Elements, options: &JsValue) -> Result<JsValue, JsValue>;

    /// <https://docs.stripe.com/js/elements/submit>
    #[wasm_bindgen(method, catch)]
    pub fn submit(this: &Elements) -> Result<Promise, JsValue>;

    /// One element.
    #[derive(Clone)]
    pub type Element;

    /// <https://docs.stripe.com/js/element/mount>
    #[wasm_bindgen(method, catch)]
    pub fn mount(this: &Element, host: &web_sys::Element) -> Result<JsValue, JsValue>;

    /// <https://docs.stripe.com/js/element/events>
    #[wasm_bindgen(method, catch)]
    pub fn on(this: &Element, event: &str, handler: &Function) -> Result<JsValue, JsValue>;

    /// <https://docs.stripe.com/js/element/other_methods/update>
    #[wasm_bindgen(method, catch, js_name = update)]
    pub fn update_element(this: &Element, options: &JsValue) -> Result<JsValue, JsValue>;

    /// <https://docs.stripe.com/js/element/other_methods/focus>
    #[wasm_bindgen(method, catch)]
    pub fn focus(this: &Element) -> Result<JsValue, JsValue>;

    /// <https://docs.stripe.com/js/element/other_methods/clear>
    #[wasm_bindgen(method, catch)]
    pub fn clear(this: &Element) -> Result<JsValue, JsValue>;

    /// <https://docs.stripe.com/js/element/other_methods/destroy>
    #[wasm_bindgen(method, catch)]
    pub fn destroy(this: &Element) -> Result<JsValue, JsValue>;
}
