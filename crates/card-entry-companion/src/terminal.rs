//! Stripe Terminal in the browser: its script, and the reader behind it, as plain calls that end in a [`Trouble`].
//!
//! Driven by the Leptos `CardPresent`. It must never let a JavaScript value out, nor a card's secret in: the script
//! speaks with the reader, and only ids and statuses come back.
//! See <https://docs.stripe.com/terminal/references/api/js-sdk>.

mod script;
mod wire;

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use card_entry_protocol::dialect::quilt::PaymentStatus;
use card_entry_protocol::secret::ClientSecret;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::js;
use crate::present::Trouble;
use crate::present::collect_options;
use wire::Sdk;

/// Makes a connection token; none: the server gave none.
pub type Tokens = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Option<String>>>>>;

/// What is asked of the simulated reader; real readers are looked for without it.
pub type Simulated = Option<String>;

/// A reader, or the way to one.
pub struct Reader {
    sdk: Sdk,
    /// What the reader read last, handed back to be charged.
    read: RefCell<JsValue>,
    // Called by the script for as long as the reader is used.
    _token: Closure<dyn FnMut() -> Promise>,
    _lost: Closure<dyn FnMut(JsValue)>,
}

impl Reader {
    /// Loads the script at this address, unless the page has it, and prepares it.
    ///
    /// # Errors
    /// [`Trouble::NoScript`].
    pub async fn prepare(
        address: &str,
        tokens: Tokens,
        on_lost: impl Fn() + 'static,
    ) -> Result<Self, Trouble> {
        script::load(address).await.ok_or(Trouble::NoScript)?;
        let token = Closure::<dyn FnMut() -> Promise>::new(move || {
            let asked = tokens();
            future_to_promise(async move {
                let token = asked
                    .await
                    .ok_or(JsValue::from_str("no connection token"))?;
                Ok(JsValue::from_str(&token))
            })
        });
        let lost = Closure::<dyn FnMut(JsValue)>::new(move |_| on_lost());
        let options = js::object();
        js::put(&options, "onFetchConnectionToken", token.as_ref().clone());
        js::put(
            &options,
            "onUnexpectedReaderDisconnect",
            lost.as_ref().clone(),
        );
        let sdk = wire::create(&options).map_err(|_| Trouble::NoScript)?;
        Ok(Self {
            sdk,
            read: RefCell::new(JsValue::UNDEFINED),
            _token: token,
            _lost: lost,
        })
    }

    /// Finds a reader and connects to the first.
    ///
    /// # Errors
    /// As [`Trouble`] says.
    pub async fn connect(&self, simulated: bool) -> Result<(), Trouble> {
        let config = js::object();
        js::put(&config, "simulated", simulated);
        let found = end(self.sdk.discover_readers(&config)).await?;
        let readers = field(&found, "discoveredReaders");
        let first = readers.dyn_into::<Array>().map(|readers| readers.get(0));
        let first = first.ok().filter(JsValue::is_object);
        let reader = first.ok_or(Trouble::NoReader)?;
        match end(self.sdk.connect_reader(&reader)).await {
            // Left from a try whose answer was not waited for.
            Err(Trouble::Reader) if self.is_connected() => Ok(()),
            other => other.map(drop),
        }
    }

    fn is_connected(&self) -> bool {
        self.sdk
            .connection_status()
            .is_ok_and(|status| status.as_string().as_deref() == Some("connected"))
    }

    /// Waits for a card at the reader. `card`: what the simulated one reads, by Stripe's name for it.
    ///
    /// # Errors
    /// As [`Trouble`] says.
    pub async fn read(&self, secret: &ClientSecret, card: Simulated) -> Result<(), Trouble> {
        if let Some(card) = card {
            let config = js::object();
            js::put(&config, "testPaymentMethod", card.as_str());
            self.sdk
                .set_simulator_configuration(&config)
                .map_err(|_| Trouble::Reader)?;
        }
        let options = js::write(&collect_options());
        let collected = self.sdk.collect_payment_method(secret.as_str(), &options);
        let answer = end(collected).await?;
        *self.read.borrow_mut() = field(&answer, "paymentIntent");
        Ok(())
    }

    /// Stops waiting: the reading ends with [`Trouble::Canceled`].
    pub async fn stop_reading(&self) {
        // With nothing to stop there is nothing to say.
        let _ = end(self.sdk.cancel_collect_payment_method()).await;
    }

    /// Charges the card that was read; the payment's id, and how far it is.
    ///
    /// # Errors
    /// As [`Trouble`] says.
    pub async fn charge(&self) -> Result<(String, PaymentStatus), Trouble> {
        let read = self.read.borrow().clone();
        let answer = end(self.sdk.process_payment(&read)).await?;
        payment(&field(&answer, "paymentIntent")).ok_or(Trouble::Reader)
    }

    /// Lets go of the reader, so that another till can have it.
    pub fn disconnect(&self) {
        let _ = self.sdk.disconnect_reader();
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.disconnect();
    }
}

fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

fn payment(intent: &JsValue) -> Option<(String, PaymentStatus)> {
    let status = js::text(intent, "status")?;
    Some((js::text(intent, "id")?, PaymentStatus::parse(&status)?))
}

/// Awaits a call. The script resolves to `{…}` or `{error}`; one that throws is as good as lost.
async fn end(call: Result<Promise, JsValue>) -> Result<JsValue, Trouble> {
    let promise = call.map_err(|_| Trouble::Reader)?;
    let answer = JsFuture::from(promise).await.map_err(|_| Trouble::Reader)?;
    let error = field(&answer, "error");
    if !error.is_object() {
        return Ok(answer);
    }
    let code = js::text(&error, "code").unwrap_or_default();
    let decline = js::text(&error, "decline_code");
    let moved = payment(&field(&error, "payment_intent"));
    Err(Trouble::of_reader(&code, decline.as_deref(), moved))
}
