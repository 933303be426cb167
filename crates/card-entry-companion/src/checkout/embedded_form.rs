//! The payment form on the page: loads Stripe.js once, mounts an embedded checkout, and destroys it when dropped.
//!
//! Held by the Leptos `Checkout`. It must never leave a form behind: Stripe.js allows one at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::dialect::bokamera::WebAddress;
use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlElement, window};

use super::EmbeddedForm;
use crate::js::{object, put};
use crate::trusted_types::set_script_url;

/// After this time a form that is not ready counts as failed.
const FORM_LOAD_TIMEOUT_MS: u32 = 15_000;
/// The id of the script element; two forms in a row share the script.
const SCRIPT_ELEMENT_ID: &str = "card-entry-checkout-js";
/// The function that creates the form, the newest name first.
/// See <https://docs.stripe.com/js/embedded_checkout/init>.
const CONSTRUCTOR_NAMES: [&str; 2] = ["createEmbeddedCheckoutPage", "initEmbeddedCheckout"];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = Stripe)]
    fn start(key: &str, options: &JsValue) -> Result<JsValue, JsValue>;

    type Embedded;

    #[wasm_bindgen(method, catch)]
    fn mount(this: &Embedded, place: &HtmlElement) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn destroy(this: &Embedded) -> Result<JsValue, JsValue>;
}

/// What the payment form reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmbeddedFormEvent {
    /// The form is ready for input.
    Ready,
    /// The form could not be loaded.
    Failed,
    /// The person has paid.
    Paid,
}

/// The form of Stripe.js, and the callback it calls when it was paid.
type MountedStripeForm = (Embedded, Closure<dyn FnMut()>);

struct EmbeddedFormState {
    on_event: Box<dyn Fn(EmbeddedFormEvent)>,
    /// Whether [`EmbeddedFormEvent::Ready`] or [`EmbeddedFormEvent::Failed`] was reported.
    settled: Cell<bool>,
    dropped: Cell<bool>,
    form: RefCell<Option<MountedStripeForm>>,
}

impl EmbeddedFormState {
    fn settle(&self, event: EmbeddedFormEvent) {
        if !self.settled.replace(true) && !self.dropped.get() {
            (self.on_event)(event);
        }
    }
}

/// A payment form that is loading or ready. Dropping it destroys the form.
#[must_use = "dropping it takes the form down"]
pub struct MountedCheckoutForm {
    shared: Rc<EmbeddedFormState>,
    _timer: Timeout,
}

impl Drop for MountedCheckoutForm {
    fn drop(&mut self) {
        self.shared.dropped.set(true);
        if let Some((form, _paid)) = self.shared.form.take() {
            let _ = form.destroy();
        }
    }
}

impl MountedCheckoutForm {
    /// Starts to load Stripe.js from `script` and mounts the form in `place`. `on_event` gets each event.
    pub fn begin(
        place: HtmlElement,
        script: Option<WebAddress>,
        form: EmbeddedForm,
        on_event: impl Fn(EmbeddedFormEvent) + 'static,
    ) -> Self {
        let shared = Rc::new(EmbeddedFormState {
            on_event: Box::new(on_event),
            settled: Cell::new(false),
            dropped: Cell::new(false),
            form: RefCell::new(None),
        });
        let late = Rc::clone(&shared);
        let timer = Timeout::new(FORM_LOAD_TIMEOUT_MS, move || {
            remove_script();
            late.settle(EmbeddedFormEvent::Failed);
        });
        let working = Rc::clone(&shared);
        spawn_local(async move {
            if mount(&working, &place, script, &form).await.is_none() {
                working.settle(EmbeddedFormEvent::Failed);
            }
        });
        Self {
            shared,
            _timer: timer,
        }
    }
}

async fn mount(
    shared: &Rc<EmbeddedFormState>,
    place: &HtmlElement,
    script: Option<WebAddress>,
    form: &EmbeddedForm,
) -> Option<()> {
    load(&script?).await?;
    if shared.dropped.get() {
        return None;
    }
    let options = object();
    if let Some(account) = &form.account {
        put(&options, "stripeAccount", account.as_str());
    }
    let stripe = start(form.key.as_str(), &options).ok()?;
    let options = object();
    put(&options, "clientSecret", form.secret.as_str());
    let weak = Rc::clone(shared);
    let paid = Closure::<dyn FnMut()>::new(move || {
        if !weak.dropped.get() {
            (weak.on_event)(EmbeddedFormEvent::Paid);
        }
    });
    // Stripe.js accepts it only if the person stays on the page.
    if form.stays {
        put(&options, "onComplete", paid.as_ref().clone());
    }
    let call = CONSTRUCTOR_NAMES.into_iter().find_map(|name| {
        let call = Reflect::get(&stripe, &name.into()).ok()?;
        call.dyn_into::<Function>().ok()
    })?;
    let making: Promise = call.call1(&stripe, &options).ok()?.dyn_into().ok()?;
    let made: Embedded = JsFuture::from(making).await.ok()?.unchecked_into();
    // Dropped, or timed out, while Stripe.js created it.
    if shared.dropped.get() || shared.settled.get() || made.mount(place).is_err() {
        let _ = made.destroy();
        return None;
    }
    shared.form.replace(Some((made, paid)));
    shared.settle(EmbeddedFormEvent::Ready);
    Some(())
}

fn is_loaded() -> bool {
    window().is_some_and(|window| {
        Reflect::get(&window, &"Stripe".into()).is_ok_and(|stripe| stripe.is_function())
    })
}

fn script_element() -> Option<Element> {
    window()?.document()?.get_element_by_id(SCRIPT_ELEMENT_ID)
}

/// Removes a script that did not load, so that the next try is a new request.
fn remove_script() {
    if let Some(script) = script_element().filter(|_| !is_loaded()) {
        script.remove();
    }
}

async fn load(address: &WebAddress) -> Option<()> {
    if is_loaded() {
        return Some(());
    }
    let script = match script_element() {
        Some(loading) => loading,
        None => {
            let document = window()?.document()?;
            let script = document.create_element("script").ok()?;
            script.set_attribute("id", SCRIPT_ELEMENT_ID).ok()?;
            set_script_url(&script, address.as_str())?;
            document.document_element()?.append_child(&script).ok()?;
            script
        }
    };
    let ended = Promise::new(&mut |resolve, reject| {
        let _ = script.add_event_listener_with_callback("load", &resolve);
        let _ = script.add_event_listener_with_callback("error", &reject);
    });
    let ended = JsFuture::from(ended).await;
    if ended.is_err() || !is_loaded() {
        remove_script();
        return None;
    }
    Some(())
}
