//! The functions of Stripe Terminal's script that are called, with their JavaScript names.
//!
//! Called by [`super`].

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The object that `StripeTerminal.create` returns.
    pub type Sdk;

    #[wasm_bindgen(js_namespace = StripeTerminal, catch)]
    pub fn create(options: &JsValue) -> Result<Sdk, JsValue>;

    #[wasm_bindgen(method, catch, js_name = discoverReaders)]
    pub fn discover_readers(this: &Sdk, config: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = connectReader)]
    pub fn connect_reader(this: &Sdk, reader: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = disconnectReader)]
    pub fn disconnect_reader(this: &Sdk) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getConnectionStatus)]
    pub fn connection_status(this: &Sdk) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setSimulatorConfiguration)]
    pub fn set_simulator_configuration(this: &Sdk, config: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = collectPaymentMethod)]
    pub fn collect_payment_method(
        this: &Sdk,
        secret: &str,
        options: &JsValue,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = cancelCollectPaymentMethod)]
    pub fn cancel_collect_payment_method(this: &Sdk) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = processPayment)]
    pub fn process_payment(this: &Sdk, intent: &JsValue) -> Result<Promise, JsValue>;
}
