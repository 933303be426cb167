//! The payment form in the page: Stripe.js loaded once, an embedded checkout mounted, and taken down with its handle.
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

use super::Form;
use crate::js::{object, put};
use crate::trusted::set_script_address;

/// Milliseconds until a form that has not come is said not to load.
const PATIENCE: u32 = 15_000;
/// The id of the script's element, by which two forms in a row share it.
const SCRIPT: &str = "card-entry-checkout-js";
/// The calls that make a form, the newest name first.
/// See <https://docs.stripe.com/js/embedded_checkout/init>.
const CALLS: [&str; 2] = ["createEmbeddedCheckoutPage", "initEmbeddedCheckout"];

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

/// What the form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is there.
    Ready,
    /// It will not be.
    Failed,
    /// It was paid.
    Paid,
}

/// A form, and what it calls when it was paid.
type Standing = (Embedded, Closure<dyn FnMut()>);

struct Shared {
    tell: Box<dyn Fn(Said)>,
    /// Whether it was said that it is there or will not be.
    settled: Cell<bool>,
    gone: Cell<bool>,
    form: RefCell<Option<Standing>>,
}

impl Shared {
    fn settle(&self, said: Said) {
        if !self.settled.replace(true) && !self.gone.get() {
            (self.tell)(said);
        }
    }
}

/// A form that is loading or there.
#[must_use = "dropping it takes the form down"]
pub struct Mounted {
    shared: Rc<Shared>,
    _timer: Timeout,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.shared.gone.set(true);
        if let Some((form, _paid)) = self.shared.form.take() {
            let _ = form.destroy();
        }
    }
}

impl Mounted {
    /// Begins to load, and mounts in `place`.
    pub fn begin(
        place: HtmlElement,
        script: Option<WebAddress>,
        form: Form,
        tell: impl Fn(Said) + 'static,
    ) -> Self {
        let shared = Rc::new(Shared {
            tell: Box::new(tell),
            settled: Cell::new(false),
            gone: Cell::new(false),
            form: RefCell::new(None),
        });
        let late = Rc::clone(&shared);
        let timer = Timeout::new(PATIENCE, move || {
            forget_script();
            late.settle(Said::Failed);
        });
        let working = Rc::clone(&shared);
        spawn_local(async move {
            if mount(&working, &place, script, &form).await.is_none() {
                working.settle(Said::Failed);
            }
        });
        Self {
            shared,
            _timer: timer,
        }
    }
}

async fn mount(
    shared: &Rc<Shared>,
    place: &HtmlElement,
    script: Option<WebAddress>,
    form: &Form,
) -> Option<()> {
    load(&script?).await?;
    if shared.gone.get() {
        return None;
    }
    let options = object();
    if let Some(account) = &form.account {
        put(&options, "stripeAccount", account.as_str());
    }
    let stripe = start(form.key.as_str(), &options).ok()?;
    let options = object();
    put(&options, "clientSecret", form.secret.as_str());
    let hearing = Rc::clone(shared);
    let paid = Closure::<dyn FnMut()>::new(move || {
        if !hearing.gone.get() {
            (hearing.tell)(Said::Paid);
        }
    });
    // Stripe.js takes it only where the person stays.
    if form.stays {
        put(&options, "onComplete", paid.as_ref().clone());
    }
    let call = CALLS.into_iter().find_map(|name| {
        let call = Reflect::get(&stripe, &name.into()).ok()?;
        call.dyn_into::<Function>().ok()
    })?;
    let making: Promise = call.call1(&stripe, &options).ok()?.dyn_into().ok()?;
    let made: Embedded = JsFuture::from(making).await.ok()?.unchecked_into();
    // Taken down, or given up, while it was made.
    if shared.gone.get() || shared.settled.get() || made.mount(place).is_err() {
        let _ = made.destroy();
        return None;
    }
    shared.form.replace(Some((made, paid)));
    shared.settle(Said::Ready);
    Some(())
}

fn is_loaded() -> bool {
    window().is_some_and(|window| {
        Reflect::get(&window, &"Stripe".into()).is_ok_and(|stripe| stripe.is_function())
    })
}

fn script_element() -> Option<Element> {
    window()?.document()?.get_element_by_id(SCRIPT)
}

/// So that the next try is a fresh request.
fn forget_script() {
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
            script.set_attribute("id", SCRIPT).ok()?;
            set_script_address(&script, address.as_str())?;
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
        forget_script();
        return None;
    }
    Some(())
}
