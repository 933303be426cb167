//! What is done in our own part of the page: typing, ticking, pressing.
//!
//! Attached once to the form's root: events bubble, so that one listener of each kind serves every field.

use card_entry_protocol::message::FieldName;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::field::Field;
use crate::form::Form;

/// The field of ours an event came from.
fn field_of(target: &Element) -> Option<FieldName> {
    let id = target.id();
    Field::ORDER.into_iter().find(|name| name.as_str() == id)
}

/// The field whose label was clicked.
fn labelled(target: &Element) -> Option<FieldName> {
    let id = target.id();
    let name = id.strip_prefix("label-")?;
    Field::ORDER
        .into_iter()
        .find(|field| field.as_str() == name)
}

fn typed(form: &Form, name: FieldName, target: &Element) {
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        form.type_in(name, select.value());
    } else if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        if name == FieldName::Consent {
            form.tick(input.checked());
        } else {
            form.type_in(name, input.value());
        }
    }
}

fn is_escape(event: &Event) -> bool {
    event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|event| event.key() == "Escape")
}

fn act(form: &Form, event: &Event) {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return;
    };
    let name = field_of(&target);
    match (event.type_().as_str(), name) {
        ("submit", _) => {
            event.prevent_default();
            form.press();
        }
        ("click", _) => match target.id().as_str() {
            "retry" => form.retry(),
            "another" => form.reset(),
            _ => {
                if let Some(name) = labelled(&target) {
                    form.focus(name);
                }
            }
        },
        ("input" | "change", Some(name)) => typed(form, name, &target),
        ("focusin", Some(name)) => form.note_focus(name, true),
        ("focusout", Some(name)) => form.note_focus(name, false),
        ("keydown", Some(name)) if is_escape(event) => form.tell_escape(name),
        _ => {}
    }
}

/// Listens until the listeners are dropped.
pub fn listen(form: &Form, host: &HtmlElement) -> Vec<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    [
        "submit", "click", "input", "change", "focusin", "focusout", "keydown",
    ]
    .into_iter()
    .map(|kind| {
        let form = form.clone();
        EventListener::new_with_options(host, kind, options, move |event| act(&form, event))
    })
    .collect()
}
