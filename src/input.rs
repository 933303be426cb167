//! The fields we draw ourselves, and what is done in them: typing, ticking, pressing.
//!
//! Drawn by the page. The listeners are attached once to the form's root: events bubble, so that one listener of each kind serves every field.

use card_entry_protocol::message::FieldName;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::field::Field;
use crate::form::Form;
use crate::listener::Listener;
use crate::page::{Line, Source, mark, preset, say};
use crate::state::{Mark, Part};

#[component]
pub fn TextField(
    state: Source,
    name: FieldName,
) -> impl IntoView {
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
            aria-required=mark(&state, Mark::Requires(name))
            aria-describedby=Part::Error(name).id()
            aria-invalid=mark(&state, Mark::IsInvalid(name))
        />
    }
}

/// The choice of a country, named in the person's language by the browser.
#[component]
pub fn CountryField(
    state: Source,
) -> impl IntoView {
    let name = FieldName::Country;
    view! {
        <select
            class="box"
            id=name.as_str()
            name=name.as_str()
            autocomplete="country"
            aria-required="true"
            aria-describedby=Part::Error(name).id()
            aria-invalid=mark(&state, Mark::IsInvalid(name))
            data-countries=say(&state, Part::Countries)
        ></select>
    }
}

/// The host's sentence, with a box to tick.
#[component]
pub fn ConsentField(
    state: Source,
) -> impl IntoView {
    let name = FieldName::Consent;
    view! {
        <div
            class="field consent"
            data-field=name.as_str()
            hidden=mark(&state, Mark::HidesField(name))
            data-focus=mark(&state, Mark::Focus(name))
            data-invalid=mark(&state, Mark::Invalid(name))
        >
            <label>
                <input
                    type="checkbox"
                    id=name.as_str()
                    name=name.as_str()
                    aria-required="true"
                    aria-describedby=Part::Error(name).id()
                    aria-invalid=mark(&state, Mark::IsInvalid(name))
                />
                <span id=Part::Label(name).id() data-text=say(&state, Part::Label(name))></span>
            </label>
            <Line state=state.clone() part=Part::Error(name)/>
        </div>
    }
}

fn field_of_id(id: &str) -> Option<FieldName> {
    Field::ORDER.into_iter().find(|name| name.as_str() == id)
}

/// The field of ours an event came from.
fn field_of(target: &Element) -> Option<FieldName> {
    field_of_id(&target.get_attribute("id")?)
}

/// The field whose label was clicked.
fn labelled(target: &Element) -> Option<FieldName> {
    field_of_id(target.get_attribute("id")?.strip_prefix("label-")?)
}

fn typed(form: &Form, name: FieldName, target: &Element) {
    // A select has its value under the same name as an input.
    let input: &HtmlInputElement = target.unchecked_ref();
    if name == FieldName::Consent {
        form.tick(input.checked());
    } else {
        form.type_in(name, input.value());
    }
}

fn is_escape(event: &Event) -> bool {
    // A browser's autofill sends the event without a key.
    Reflect::get(event, &"key".into()).unwrap_or_default() == "Escape"
}

fn act(form: &Form, kind: &str, event: &Event) {
    let Some(target) = event.target() else {
        return;
    };
    // What bubbles up to the host comes from an element below it.
    let target: Element = target.unchecked_into();
    let name = field_of(&target);
    match (kind, name) {
        ("submit", _) => {
            event.prevent_default();
            form.press();
        }
        ("click", _) => match target.get_attribute("id").as_deref() {
            Some("retry") => form.retry(),
            Some("another") => form.reset(),
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
pub fn listen(form: &Form, host: &HtmlElement) -> Vec<Listener> {
    [
        "submit", "click", "input", "change", "focusin", "focusout", "keydown",
    ]
    .into_iter()
    .map(|kind| {
        let form = form.clone();
        Listener::new(host, kind, move |event| act(&form, kind, &event))
    })
    .collect()
}
