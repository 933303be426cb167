//! Stripe's calls, as futures of our own types.
//!
//! Used by the save. A call is on its way as soon as the function returns; awaiting it only waits. It must never let a
//! `JsValue` through.

use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::secret::{ClientSecret, IntentKind};
use js_sys::{Object, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::answer::{Intent, PaymentMethod};
use super::options::{Group, Start};
use super::{StripeError, js};

/// Turns options into a plain JavaScript object.
pub(super) fn to_js<T: Serialize>(options: &T) -> Result<JsValue, StripeError> {
    options
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|_| StripeError::thrown())
}

/// An object of one key.
pub(super) fn object(key: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    // Setting a key of a fresh object cannot fail.
    let _ = Reflect::set(&object, &key.into(), value);
    object.into()
}

/// Waits for an answer of the form `{key: thing}` or `{error}`.
pub(super) async fn settle<T: DeserializeOwned>(
    call: Result<Promise, JsValue>,
    key: &'static str,
) -> Result<T, StripeError> {
    let promise = call.map_err(|_| StripeError::thrown())?;
    let answer = JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(|_| StripeError::thrown())?;
    let get = |key: &str| Reflect::get(&answer, &key.into()).unwrap_or_default();
    let error = get("error");
    if error.is_object() {
        return Err(StripeError::read(&error));
    }
    serde_wasm_bindgen::from_value(get(key))
        .map_err(|_| StripeError::new("api_error", "unreadable_answer"))
}

/// `Stripe(…)`, started.
#[derive(Clone)]
pub struct Client(js::Stripe);

impl Client {
    /// Starts Stripe.js, which must be loaded.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when it refuses the key.
    pub fn start(key: &str, options: &Start<'_>) -> Result<Self, StripeError> {
        js::start(key, &to_js(options)?)
            .map(Self)
            .map_err(|_| StripeError::thrown())
    }

    /// A group of elements.
    pub(super) fn group(&self, options: &Group<'_>) -> Result<js::Elements, StripeError> {
        self.0
            .elements(&to_js(options)?)
            .map_err(|_| StripeError::thrown())
    }

    /// Makes a payment method out of data that names an element or a group.
    pub(super) fn create_payment_method(
        &self,
        data: &JsValue,
    ) -> impl Future<Output = Result<PaymentMethod, StripeError>> + use<> {
        settle(self.0.create_payment_method(data), "paymentMethod")
    }

    /// Confirms an intent with a payment method. 3DS opens inside, so that this may take minutes.
    pub fn confirm(
        &self,
        secret: &ClientSecret,
        method: &PaymentMethodId,
    ) -> impl Future<Output = Result<Intent, StripeError>> + use<> {
        let data = object("payment_method", &method.as_str().into());
        match secret.kind() {
            IntentKind::Setup => settle(
                self.0.confirm_card_setup(secret.as_str(), &data),
                "setupIntent",
            ),
            IntentKind::Payment => settle(
                self.0.confirm_card_payment(secret.as_str(), &data),
                "paymentIntent",
            ),
        }
    }

    /// Reads an intent as it is now.
    pub fn look(
        &self,
        secret: &ClientSecret,
    ) -> impl Future<Output = Result<Intent, StripeError>> + use<> {
        match secret.kind() {
            IntentKind::Setup => {
                settle(self.0.retrieve_setup_intent(secret.as_str()), "setupIntent")
            }
            IntentKind::Payment => settle(
                self.0.retrieve_payment_intent(secret.as_str()),
                "paymentIntent",
            ),
        }
    }
}
