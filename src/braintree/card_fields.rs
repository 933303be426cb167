//! Braintree's card fields: Hosted Fields for number, expiry and security code.
//!
//! Mounted by the form once Braintree's scripts are loaded; dropping it removes the fields. Braintree creates them
//! asynchronously and reports when they are ready.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::message::FieldName;
use card_entry_protocol::query::FormFields;
use card_entry_protocol::tree::Tree;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlFormElement};

use super::answer::{FIELDS, field_name, read_change, read_payment_method};
use super::client::BraintreeClient;
use super::js::{self, HostedFields, resolve};
use super::options::{styles, tokenize_options};
use crate::field::FieldState;
use crate::js::{ANSWER_LIMITS, read, write};
use crate::locale::Locale;
use crate::stripe::StripeError;
use crate::stripe::client::PendingCall;
use crate::stripe::element::ElementEvent;
use crate::stripe::field_style::FieldStyle;
use crate::stripe::options::ElementsOptions;

const EVENTS: [&str; 7] = [
    "validityChange",
    "empty",
    "notEmpty",
    "cardTypeChange",
    "focus",
    "blur",
    "inputSubmitRequest",
];

/// The callback for the events of the fields.
type OnElementEvent = Rc<dyn Fn(FieldName, ElementEvent)>;

/// A callback of Hosted Fields.
type Handler = Closure<dyn FnMut(JsValue)>;

struct HostedFieldSet {
    client: BraintreeClient,
    points: Vec<(&'static str, Element)>,
    field_style: RefCell<FieldStyle>,
    on_event: OnElementEvent,
    locale: Locale,
    fields: RefCell<Option<HostedFields>>,
    handlers: RefCell<Vec<Handler>>,
    /// Whether anything is typed. A change of colours must not throw it away.
    typed: Cell<bool>,
    /// Counts the creations, so that fields of an old one are torn down when they come.
    generation: Cell<u32>,
}

#[must_use = "dropping it takes the fields off the page"]
pub struct BraintreeFields {
    /// The authorization that the fields are created with.
    pub client: BraintreeClient,
    inner: Rc<HostedFieldSet>,
}

pub struct HostedField<'a> {
    inner: &'a HostedFieldSet,
    name: &'static str,
}

impl HostedField<'_> {
    pub fn focus(&self) {
        self.inner.with(|fields| drop(fields.focus(self.name)));
    }
}

fn object() -> Object {
    Object::new()
}

fn set(of: &Object, key: &str, value: &JsValue) {
    // Setting a key of a new object cannot fail.
    let _ = Reflect::set(of, &key.into(), value);
}

impl HostedFieldSet {
    fn with(&self, act: impl FnOnce(&HostedFields)) {
        if let Some(fields) = self.fields.borrow().as_ref() {
            act(fields);
        }
    }

    fn options(&self, client: &JsValue) -> Object {
        let fields = object();
        for (name, point) in &self.points {
            let one = object();
            set(&one, "container", point);
            let label = field_name(name).and_then(FieldState::label_key);
            let label = label.map_or("", |key| self.locale.text_for(key));
            set(&one, "internalLabel", &label.into());
            set(&one, "iframeTitle", &label.into());
            set(&fields, name, &one);
        }
        let options = object();
        set(&options, "client", client);
        set(&options, "fields", &fields);
        set(
            &options,
            "styles",
            &write(&styles(&self.field_style.borrow())),
        );
        options
    }

    /// Creates the fields in the place of the existing ones.
    fn open(self: &Rc<Self>) {
        self.close();
        let generation = self.generation.get();
        let inner = self.clone();
        spawn_local(async move {
            let created = inner.create().await;
            if inner.generation.get() != generation {
                // The fields were closed or created again meanwhile.
                return drop(created.map(|fields| fields.teardown()));
            }
            match created {
                Ok(fields) => {
                    inner.listen(&fields);
                    inner.fields.replace(Some(fields));
                    for (name, _) in FIELDS {
                        (inner.on_event)(name, ElementEvent::Ready);
                    }
                }
                Err(_) => (inner.on_event)(FieldName::Number, ElementEvent::LoadError),
            }
        });
    }

    async fn create(&self) -> Result<HostedFields, StripeError> {
        let options = object();
        let authorization = self.client.authorization.as_str();
        set(&options, "authorization", &authorization.into());
        let client = resolve(js::create_client(&options)).await?;
        let fields = resolve(js::create_fields(&self.options(&client))).await?;
        Ok(fields.unchecked_into())
    }

    fn listen(self: &Rc<Self>, fields: &HostedFields) {
        for kind in EVENTS {
            let weak = Rc::downgrade(self);
            let handler = Handler::new(move |event: JsValue| {
                if let Some(inner) = weak.upgrade() {
                    inner.handle_event(kind, &read(&event, ANSWER_LIMITS).unwrap_or_default());
                }
            });
            if fields.on(kind, handler.as_ref().unchecked_ref()).is_ok() {
                self.handlers.borrow_mut().push(handler);
            }
        }
    }

    fn handle_event(&self, kind: &str, event: &Tree) {
        let name = event.get("emittedBy").as_text().unwrap_or_default();
        let Some(ours) = field_name(name) else {
            return;
        };
        let change = read_change(event, name, kind == "blur");
        self.typed.set(self.typed.get() || !change.empty);
        match kind {
            // Enter in a field. A field of another origin cannot submit the form itself.
            "inputSubmitRequest" => {
                let form = self.points.first().map(|(_, point)| point.closest("form"));
                if let Some(Ok(Some(form))) = form {
                    let _ = form.unchecked_into::<HtmlFormElement>().request_submit();
                }
            }
            "focus" => (self.on_event)(ours, ElementEvent::Focus),
            "blur" => {
                (self.on_event)(ours, ElementEvent::Change(change));
                (self.on_event)(ours, ElementEvent::Blur);
            }
            _ => (self.on_event)(ours, ElementEvent::Change(change)),
        }
    }

    fn close(&self) {
        self.generation.set(self.generation.get().wrapping_add(1));
        if let Some(fields) = self.fields.take() {
            drop(fields.teardown());
        }
        self.handlers.take();
    }
}

impl BraintreeFields {
    /// The fields that Braintree draws. It has card fields only, whatever the settings.
    #[must_use]
    pub fn fields(_: &FormFields) -> &'static [FieldName] {
        &[FieldName::Number, FieldName::Expiry, FieldName::Cvc]
    }

    /// Mounts each field into the element with its name below `host`.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when a mount point is missing.
    pub fn mount(
        client: BraintreeClient,
        options: &ElementsOptions<'_>,
        host: &Element,
        on_event: OnElementEvent,
    ) -> Result<Self, StripeError> {
        let mut points = Vec::new();
        for (ours, theirs) in FIELDS {
            let point = host
                .query_selector(&["#", ours.as_str()].concat())
                .ok()
                .flatten()
                .ok_or_else(StripeError::thrown)?;
            // Hosted Fields need an empty container, and the view leaves an empty comment there.
            point.set_text_content(None);
            points.push((theirs, point));
        }
        let inner = Rc::new(HostedFieldSet {
            client: client.clone(),
            points,
            field_style: RefCell::new(options.field_style.clone()),
            on_event,
            locale: Locale::choose(options.locale),
            fields: RefCell::default(),
            handlers: RefCell::default(),
            typed: Cell::new(false),
            generation: Cell::new(0),
        });
        inner.open();
        Ok(Self { client, inner })
    }

    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<HostedField<'_>> {
        let known = FIELDS.iter().find(|(ours, _)| *ours == name);
        known.map(|(_, name)| HostedField {
            inner: &self.inner,
            name,
        })
    }

    /// Applies another style, unless something is typed: Braintree's fields cannot change theirs.
    pub fn restyle(&self, field_style: &FieldStyle) {
        let same = *self.inner.field_style.borrow() == *field_style;
        self.inner.field_style.replace(field_style.clone());
        if !same && !self.inner.typed.get() && self.inner.fields.borrow().is_some() {
            self.inner.open();
        }
    }

    /// Does nothing: the fields have no texts of their own.
    pub fn translate(&self, _: &str) {}

    pub fn clear(&self) {
        self.inner.with(|fields| {
            for (_, name) in FIELDS {
                drop(fields.clear(name));
            }
        });
        self.inner.typed.set(false);
    }

    /// Creates the nonce. The request is sent before this returns.
    pub fn create_payment_method(
        &self,
        billing: &Tree,
    ) -> PendingCall<crate::stripe::answer::PaymentMethod> {
        let options = write(&tokenize_options(billing));
        let call = match self.inner.fields.borrow().as_ref() {
            Some(fields) => fields.tokenize(&options),
            None => Err(JsValue::NULL),
        };
        Box::pin(async move {
            let payload = resolve(call).await?;
            let payload = read(&payload, ANSWER_LIMITS).unwrap_or_default();
            read_payment_method(&payload)
                .ok_or_else(|| StripeError::new("api_error", "unreadable_answer"))
        })
    }
}

impl Drop for BraintreeFields {
    fn drop(&mut self) {
        self.inner.close();
    }
}
