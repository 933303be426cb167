//! The calls of Stripe.js, as futures of the frame's own types.
//!
//! Used by the save. A call starts before its function returns; awaiting it only waits. It must never return a
//! `JsValue`.

use core::pin::Pin;

use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::secret::{ClientSecret, IntentKind};
use card_entry_protocol::tree::{FromTree, ToTree, Tree};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::answer::{PaymentMethod, StripeIntent};
use super::options::{ClientOptions, ElementsOptions};
use super::{StripeError, js};
use crate::js::{ANSWER_LIMITS, read, write};

/// An object with one key.
pub(super) fn object(key: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    // Setting a key of a new object cannot fail.
    let _ = Reflect::set(&object, &key.into(), value);
    object.into()
}

/// Waits for an answer of the form `{key: thing}` or `{error}`. `{}` gives null.
pub(super) async fn resolve(
    call: Result<Promise, JsValue>,
    key: &'static str,
) -> Result<Tree, StripeError> {
    let promise = call.map_err(|_| StripeError::thrown())?;
    let answer = JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(|_| StripeError::thrown())?;
    // Only these two keys: the rest of an answer may be large, or not plain data.
    let get = |key: &str| {
        let value = Reflect::get(&answer, &key.into()).unwrap_or_default();
        read(&value, ANSWER_LIMITS).unwrap_or_default()
    };
    match get("error") {
        error @ Tree::Map(_) => Err(StripeError::read(&error)),
        _ => Ok(get(key)),
    }
}

/// A call that has been started. Boxed: inlined, the state machine adds 2 kB to each caller.
pub type PendingCall<T> = Pin<Box<dyn Future<Output = Result<T, StripeError>>>>;

/// Waits for an answer and reads it.
fn answer<T: FromTree + 'static>(
    call: Result<Promise, JsValue>,
    key: &'static str,
) -> PendingCall<T> {
    Box::pin(async move {
        let tree = resolve(call, key).await?;
        T::from_tree(&tree).ok_or_else(|| StripeError::new("api_error", "unreadable_answer"))
    })
}

#[derive(Clone)]
pub struct StripeClient(js::Stripe);

impl StripeClient {
    /// Starts Stripe.js, which must be loaded.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when it refuses the key.
    pub fn start(key: &str, options: &ClientOptions<'_>) -> Result<Self, StripeError> {
        js::start(key, &write(&options.to_tree()))
            .map(Self)
            .map_err(|_| StripeError::thrown())
    }

    pub(super) fn create_elements(
        &self,
        options: &ElementsOptions<'_>,
    ) -> Result<js::Elements, StripeError> {
        let script = Reflect::get(&js_sys::global(), &"Stripe".into()).unwrap_or_default();
        let release = Reflect::get(&script, &"version".into()).unwrap_or_default();
        self.0
            .elements(&write(&options.to_tree(release.as_string().as_deref())))
            .map_err(|_| StripeError::thrown())
    }

    /// Creates a payment method from data that contain an element or a group.
    pub(super) fn create_payment_method(&self, data: &JsValue) -> PendingCall<PaymentMethod> {
        answer(self.0.create_payment_method(data), "paymentMethod")
    }

    /// Confirms an intent with a payment method. It includes 3DS, so that it may take minutes.
    pub fn confirm(
        &self,
        secret: &ClientSecret,
        method: &PaymentMethodId,
    ) -> PendingCall<StripeIntent> {
        self.confirm_with(secret, &method.as_str().into())
    }

    /// Confirms an intent with `payment_method`: an id, or data that contain an element.
    pub(super) fn confirm_with(
        &self,
        secret: &ClientSecret,
        method: &JsValue,
    ) -> PendingCall<StripeIntent> {
        let data = object("payment_method", method);
        match secret.kind() {
            IntentKind::Setup => answer(
                self.0.confirm_card_setup(secret.as_str(), &data),
                "setupIntent",
            ),
            IntentKind::Payment => answer(
                self.0.confirm_card_payment(secret.as_str(), &data),
                "paymentIntent",
            ),
        }
    }

    /// Retrieves the current state of an intent.
    pub fn retrieve_intent(&self, secret: &ClientSecret) -> PendingCall<StripeIntent> {
        match secret.kind() {
            IntentKind::Setup => {
                answer(self.0.retrieve_setup_intent(secret.as_str()), "setupIntent")
            }
            IntentKind::Payment => answer(
                self.0.retrieve_payment_intent(secret.as_str()),
                "paymentIntent",
            ),
        }
    }
}
