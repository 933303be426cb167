//! Stripe Terminal in the browser: its script and the reader, as calls that return a [`TerminalError`].
//!
//! Called by the Leptos `CardPresent`. It must never return a JavaScript value, nor pass card data: the script talks to
//! the reader, and only ids and statuses come back.
//! See <https://docs.stripe.com/terminal/references/api/js-sdk>.

mod script;
mod sdk;

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
use crate::terminal_payment::TerminalError;
use crate::terminal_payment::collect_options;
use sdk::Sdk;

/// Fetches a connection token for Stripe Terminal; `None` if the server gave none.
pub type ConnectionTokenSource = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Option<String>>>>>;

/// Stripe's name of the card that a simulated reader reads, such as `visa`; `None` for real readers.
pub type TestPaymentMethod = Option<String>;

/// Stripe Terminal with at most one connected reader. Dropping it disconnects the reader.
pub struct TerminalReader {
    sdk: Sdk,
    /// The payment intent after the last read; it is passed back to be processed.
    read: RefCell<JsValue>,
    // The script calls them for as long as the reader is used.
    _token: Closure<dyn FnMut() -> Promise>,
    _lost: Closure<dyn FnMut(JsValue)>,
}

impl TerminalReader {
    /// Loads the script from `address`, unless the page has it, and creates a terminal. `on_lost` is called when a
    /// reader disconnects unexpectedly.
    ///
    /// # Errors
    /// [`TerminalError::NoScript`] if the script does not load.
    pub async fn prepare(
        address: &str,
        tokens: ConnectionTokenSource,
        on_lost: impl Fn() + 'static,
    ) -> Result<Self, TerminalError> {
        script::load(address).await.ok_or(TerminalError::NoScript)?;
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
        let sdk = sdk::create(&options).map_err(|_| TerminalError::NoScript)?;
        Ok(Self {
            sdk,
            read: RefCell::new(JsValue::UNDEFINED),
            _token: token,
            _lost: lost,
        })
    }

    /// Discovers readers and connects to the first. `simulated`: uses Stripe's simulated reader.
    ///
    /// # Errors
    /// [`TerminalError::NoReader`] if none is found, else the error of the reader.
    pub async fn connect(&self, simulated: bool) -> Result<(), TerminalError> {
        let config = js::object();
        js::put(&config, "simulated", simulated);
        let found = call_result(self.sdk.discover_readers(&config)).await?;
        let readers = field(&found, "discoveredReaders");
        let first = readers.dyn_into::<Array>().map(|readers| readers.get(0));
        let first = first.ok().filter(JsValue::is_object);
        let reader = first.ok_or(TerminalError::NoReader)?;
        match call_result(self.sdk.connect_reader(&reader)).await {
            // Connected by an earlier try whose answer was not awaited.
            Err(TerminalError::Reader) if self.is_connected() => Ok(()),
            other => other.map(drop),
        }
    }

    fn is_connected(&self) -> bool {
        self.sdk
            .connection_status()
            .is_ok_and(|status| status.as_string().as_deref() == Some("connected"))
    }

    /// Waits until the reader has read a card. `card`: what a simulated reader reads.
    ///
    /// # Errors
    /// The error of the reader; [`TerminalError::ReadingStopped`] after [`Self::stop_reading`].
    pub async fn read(
        &self,
        secret: &ClientSecret,
        card: TestPaymentMethod,
    ) -> Result<(), TerminalError> {
        if let Some(card) = card {
            let config = js::object();
            js::put(&config, "testPaymentMethod", card.as_str());
            self.sdk
                .set_simulator_configuration(&config)
                .map_err(|_| TerminalError::Reader)?;
        }
        let options = js::write(&collect_options());
        let collected = self.sdk.collect_payment_method(secret.as_str(), &options);
        let answer = call_result(collected).await?;
        *self.read.borrow_mut() = field(&answer, "paymentIntent");
        Ok(())
    }

    /// Stops waiting for a card.
    pub async fn stop_reading(&self) {
        // It fails if nothing is being read, which is fine.
        let _ = call_result(self.sdk.cancel_collect_payment_method()).await;
    }

    /// Charges the card that was read. Returns the id of the payment (`pi_…`) and its status.
    ///
    /// # Errors
    /// The error of the reader, or the decline of the bank.
    pub async fn charge(&self) -> Result<(String, PaymentStatus), TerminalError> {
        let read = self.read.borrow().clone();
        let answer = call_result(self.sdk.process_payment(&read)).await?;
        payment(&field(&answer, "paymentIntent")).ok_or(TerminalError::Reader)
    }

    /// Disconnects the reader, so that another till can use it.
    pub fn disconnect(&self) {
        let _ = self.sdk.disconnect_reader();
    }
}

impl Drop for TerminalReader {
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

/// Awaits a call of the script. It resolves to an object, with `error` if it failed; a call that throws failed as well.
async fn call_result(call: Result<Promise, JsValue>) -> Result<JsValue, TerminalError> {
    let promise = call.map_err(|_| TerminalError::Reader)?;
    let answer = JsFuture::from(promise)
        .await
        .map_err(|_| TerminalError::Reader)?;
    let error = field(&answer, "error");
    if !error.is_object() {
        return Ok(answer);
    }
    let code = js::text(&error, "code").unwrap_or_default();
    let decline = js::text(&error, "decline_code");
    let moved = payment(&field(&error, "payment_intent"));
    Err(TerminalError::from_reader(&code, decline.as_deref(), moved))
}
