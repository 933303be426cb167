//! The card fields together: Hosted Fields for number, expiry and security code.
//!
//! Mounted by the form once Braintree's scripts are there; dropping it takes the fields off the page. Braintree makes
//! them in its own time, so they are ready when it says so.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::message::FieldName;
use card_entry_protocol::query::FormFields;
use card_entry_protocol::tree::Tree;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlFormElement};

use super::answer::{FIELDS, change, field, method};
use super::client::Client;
use super::js::{self, HostedFields, settle};
use super::options::{styles, tokenize_options};
use crate::field::Field as Model;
use crate::js::{ANSWER, read, write};
use crate::stripe::StripeError;
use crate::stripe::client::Pending;
use crate::stripe::element::Happening;
use crate::stripe::options::{Group, Look};
use crate::words::Locale;

const EVENTS: [&str; 7] = [
    "validityChange",
    "empty",
    "notEmpty",
    "cardTypeChange",
    "focus",
    "blur",
    "inputSubmitRequest",
];

/// Who is told what happened to a field.
type Told = Rc<dyn Fn(FieldName, Happening)>;

/// What Hosted Fields calls with an event.
type Handler = Closure<dyn FnMut(JsValue)>;

struct Inner {
    client: Client,
    points: Vec<(&'static str, Element)>,
    look: RefCell<Look>,
    told: Told,
    locale: Locale,
    fields: RefCell<Option<HostedFields>>,
    handlers: RefCell<Vec<Handler>>,
    /// Whether anything is typed: what is typed is never thrown away for a colour.
    typed: Cell<bool>,
    /// Counts the makings, so that fields of an old one are torn down when they come.
    turn: Cell<u32>,
}

#[must_use = "dropping it takes the fields off the page"]
pub struct Card {
    /// What the fields are made with.
    pub client: Client,
    inner: Rc<Inner>,
}

pub struct Field<'a> {
    inner: &'a Inner,
    name: &'static str,
}

impl Field<'_> {
    /// Puts the focus into it.
    pub fn focus(&self) {
        self.inner.with(|fields| drop(fields.focus(self.name)));
    }
}

fn object() -> Object {
    Object::new()
}

fn set(of: &Object, key: &str, value: &JsValue) {
    // Setting a key of a fresh object cannot fail.
    let _ = Reflect::set(of, &key.into(), value);
}

impl Inner {
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
            let label = field(name).and_then(Model::label);
            let label = label.map_or("", |word| self.locale.say(word));
            set(&one, "internalLabel", &label.into());
            set(&one, "iframeTitle", &label.into());
            set(&fields, name, &one);
        }
        let options = object();
        set(&options, "client", client);
        set(&options, "fields", &fields);
        set(&options, "styles", &write(&styles(&self.look.borrow())));
        options
    }

    /// Makes the fields, in the place of those that are there.
    fn open(self: &Rc<Self>) {
        self.close();
        let turn = self.turn.get();
        let inner = self.clone();
        spawn_local(async move {
            let made = inner.make().await;
            if inner.turn.get() != turn {
                // Taken down, or made anew, meanwhile.
                return drop(made.map(|fields| fields.teardown()));
            }
            match made {
                Ok(fields) => {
                    inner.listen(&fields);
                    inner.fields.replace(Some(fields));
                    for (name, _) in FIELDS {
                        (inner.told)(name, Happening::Ready);
                    }
                }
                Err(_) => (inner.told)(FieldName::Number, Happening::LoadError),
            }
        });
    }

    async fn make(&self) -> Result<HostedFields, StripeError> {
        let options = object();
        let authorization = self.client.authorization.as_str();
        set(&options, "authorization", &authorization.into());
        let client = settle(js::create_client(&options)).await?;
        let fields = settle(js::create_fields(&self.options(&client))).await?;
        Ok(fields.unchecked_into())
    }

    fn listen(self: &Rc<Self>, fields: &HostedFields) {
        for kind in EVENTS {
            let weak = Rc::downgrade(self);
            let handler = Handler::new(move |event: JsValue| {
                if let Some(inner) = weak.upgrade() {
                    inner.hear(kind, &read(&event, ANSWER).unwrap_or_default());
                }
            });
            if fields.on(kind, handler.as_ref().unchecked_ref()).is_ok() {
                self.handlers.borrow_mut().push(handler);
            }
        }
    }

    fn hear(&self, kind: &str, event: &Tree) {
        let name = event.get("emittedBy").as_text().unwrap_or_default();
        let Some(ours) = field(name) else {
            return;
        };
        let change = change(event, name, kind == "blur");
        self.typed.set(self.typed.get() || !change.empty);
        match kind {
            // Enter, which a field on another origin cannot hand to the form itself.
            "inputSubmitRequest" => {
                let form = self.points.first().map(|(_, point)| point.closest("form"));
                if let Some(Ok(Some(form))) = form {
                    let _ = form.unchecked_into::<HtmlFormElement>().request_submit();
                }
            }
            "focus" => (self.told)(ours, Happening::Focus),
            "blur" => {
                (self.told)(ours, Happening::Change(change));
                (self.told)(ours, Happening::Blur);
            }
            _ => (self.told)(ours, Happening::Change(change)),
        }
    }

    fn close(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        if let Some(fields) = self.fields.take() {
            drop(fields.teardown());
        }
        self.handlers.take();
    }
}

impl Card {
    /// The fields Braintree draws, whatever the settings: it has cards only.
    #[must_use]
    pub fn fields(_: &FormFields) -> &'static [FieldName] {
        &[FieldName::Number, FieldName::Expiry, FieldName::Cvc]
    }

    /// Mounts every field into the element of its name below `host`.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when a mount point is missing.
    pub fn mount(
        client: Client,
        group: &Group<'_>,
        host: &Element,
        told: Told,
    ) -> Result<Self, StripeError> {
        let mut points = Vec::new();
        for (ours, theirs) in FIELDS {
            let point = host
                .query_selector(&["#", ours.as_str()].concat())
                .ok()
                .flatten()
                .ok_or_else(StripeError::thrown)?;
            // Hosted Fields, too, are given an empty place: the view's comment is none.
            point.set_text_content(None);
            points.push((theirs, point));
        }
        let inner = Rc::new(Inner {
            client: client.clone(),
            points,
            look: RefCell::new(group.look.clone()),
            told,
            locale: Locale::choose(group.locale),
            fields: RefCell::default(),
            handlers: RefCell::default(),
            typed: Cell::new(false),
            turn: Cell::new(0),
        });
        inner.open();
        Ok(Self { client, inner })
    }

    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<Field<'_>> {
        let known = FIELDS.iter().find(|(ours, _)| *ours == name);
        known.map(|(_, name)| Field {
            inner: &self.inner,
            name,
        })
    }

    /// Draws the fields in other colours and letters, unless something is typed: Braintree cannot repaint them.
    pub fn restyle(&self, look: &Look) {
        let same = *self.inner.look.borrow() == *look;
        self.inner.look.replace(look.clone());
        if !same && !self.inner.typed.get() && self.inner.fields.borrow().is_some() {
            self.inner.open();
        }
    }

    /// The fields have no texts of their own.
    pub fn translate(&self, _: &str) {}

    pub fn clear(&self) {
        self.inner.with(|fields| {
            for (_, name) in FIELDS {
                drop(fields.clear(name));
            }
        });
        self.inner.typed.set(false);
    }

    /// Makes the nonce; the request is on its way when this returns.
    pub fn create_payment_method(
        &self,
        billing: &Tree,
    ) -> Pending<crate::stripe::answer::PaymentMethod> {
        let options = write(&tokenize_options(billing));
        let call = match self.inner.fields.borrow().as_ref() {
            Some(fields) => fields.tokenize(&options),
            None => Err(JsValue::NULL),
        };
        Box::pin(async move {
            let payload = settle(call).await?;
            let payload = read(&payload, ANSWER).unwrap_or_default();
            method(&payload).ok_or_else(|| StripeError::new("api_error", "unreadable_answer"))
        })
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        self.inner.close();
    }
}
