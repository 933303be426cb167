//! The form's own fields, and the listeners for typing, ticking and clicks.
//!
//! Drawn by the page. The listeners are attached once to the form's root: events bubble, so that one listener of each
//! kind serves every field.

use card_entry_protocol::message::FieldName;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::field::FieldState;
use crate::form::Form;
use crate::listener::Listener;
use crate::page::{StateSignal, TextLine, attr, preset, text};
use crate::state::{AttrBinding, TextSlot};

#[component]
pub fn TextField(state: StateSignal, name: FieldName) -> impl IntoView {
    // <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-field>
    let (autocomplete, maxlength) = match name {
        FieldName::Name => ("cc-name", "100"),
        _ => ("postal-code", "16"),
    };
    view! {
        <input
            class="box"
            id=name.as_str()
            name=name.as_str()
            autocomplete=autocomplete
            maxlength=maxlength
            value=preset(&state, name)
            aria-required=attr(&state, AttrBinding::AriaRequired(name))
            aria-describedby=TextSlot::Error(name).id()
            aria-invalid=attr(&state, AttrBinding::AriaInvalid(name))
        />
    }
}

/// A select with the countries; the browser names them in the person's language.
#[component]
pub fn CountryField(state: StateSignal) -> impl IntoView {
    let name = FieldName::Country;
    view! {
        <select
            class="box"
            id=name.as_str()
            name=name.as_str()
            autocomplete="country"
            aria-required="true"
            aria-describedby=TextSlot::Error(name).id()
            aria-invalid=attr(&state, AttrBinding::AriaInvalid(name))
            data-countries=text(&state, TextSlot::Countries)
        ></select>
    }
}

/// The host page's consent text with a box to tick.
#[component]
pub fn ConsentField(state: StateSignal) -> impl IntoView {
    let name = FieldName::Consent;
    view! {
        <div
            class="field consent"
            data-field=name.as_str()
            hidden=attr(&state, AttrBinding::FieldHidden(name))
            data-focus=attr(&state, AttrBinding::FieldFocus(name))
            data-invalid=attr(&state, AttrBinding::FieldInvalid(name))
        >
            <label>
                <input
                    type="checkbox"
                    id=name.as_str()
                    name=name.as_str()
                    aria-required="true"
                    aria-describedby=TextSlot::Error(name).id()
                    aria-invalid=attr(&state, AttrBinding::AriaInvalid(name))
                />
                <span id=TextSlot::Label(name).id() data-text=text(&state, TextSlot::Label(name))></span>
            </label>
            <TextLine state=state.clone() text_slot=TextSlot::Error(name)/>
        </div>
    }
}

fn field_of_id(id: &str) -> Option<FieldName> {
    FieldState::ORDER
        .into_iter()
        .find(|name| name.as_str() == id)
}

/// The own field that an event came from.
fn field_of(target: &Element) -> Option<FieldName> {
    field_of_id(&target.get_attribute("id")?)
}

/// The field whose label was clicked.
fn field_of_label(target: &Element) -> Option<FieldName> {
    field_of_id(target.get_attribute("id")?.strip_prefix("label-")?)
}

fn on_input(form: &Form, name: FieldName, target: &Element) {
    // A select has its value under the same name as an input.
    let input: &HtmlInputElement = target.unchecked_ref();
    if name == FieldName::Consent {
        form.on_consent_input(input.checked());
    } else {
        form.on_text_input(name, input.value());
    }
}

fn is_escape(event: &Event) -> bool {
    // The browser's autofill sends the event without a key.
    Reflect::get(event, &"key".into()).unwrap_or_default() == "Escape"
}

fn on_event(form: &Form, kind: &str, event: &Event) {
    let Some(target) = event.target() else {
        return;
    };
    // Events bubble up from elements, so the target is one.
    let target: Element = target.unchecked_into();
    let name = field_of(&target);
    match (kind, name) {
        ("submit", _) => {
            event.prevent_default();
            form.submit();
        }
        ("click", _) => match target.get_attribute("id").as_deref() {
            Some("retry") => form.retry(),
            Some("another") => form.reset(),
            _ => {
                if let Some(name) = field_of_label(&target) {
                    form.focus(name);
                }
            }
        },
        ("input" | "change", Some(name)) => on_input(form, name, &target),
        ("focusin", Some(name)) => form.on_focus(name, true),
        ("focusout", Some(name)) => form.on_focus(name, false),
        ("keydown", Some(name)) if is_escape(event) => form.notify_escape(name),
        _ => {}
    }
}

/// Attaches the listeners; dropping them removes them.
pub fn attach_listeners(form: &Form, host: &HtmlElement) -> Vec<Listener> {
    [
        "submit", "click", "input", "change", "focusin", "focusout", "keydown",
    ]
    .into_iter()
    .map(|kind| {
        let form = form.clone();
        Listener::new(host, kind, move |event| on_event(&form, kind, &event))
    })
    .collect()
}
