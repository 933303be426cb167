//! `<CardEntry/>`: draws the whole page from the [`FormState`]; nothing else decides what is on screen.
//!
//! Mounted by [`crate::mount`] in the place of `index.html`'s shell, which has the same geometry. Everything that
//! changes is a [`TextSlot`] or an [`AttrBinding`] of the state. These are one type each, so that the code that updates
//! the page exists once. It must never write text as HTML.

use card_entry_protocol::message::FieldName;
use leptos::prelude::*;

use crate::field::CardField;
use crate::form::Form;
use crate::input::ConsentField;
use crate::state::{AttrBinding, Binding, Content, FormState, TextSlot};

/// The signal that the view reads the state from.
pub type StateSignal = ArcRwSignal<FormState>;

fn bind(state: &StateSignal, binding: Binding) -> impl Fn() -> Content + Send + use<> {
    let state = state.clone();
    // The signal lives as long as the view. If it cannot be read, there is nothing to draw.
    move || {
        state
            .try_read()
            .map_or(Content::Attribute(None), |state| state.content(binding))
    }
}

/// The text of a slot. Bound as `data-text`; [`Content`] writes it as the node's text.
pub fn text(state: &StateSignal, text_slot: TextSlot) -> impl Fn() -> Content + Send + use<> {
    bind(state, Binding::Text(text_slot))
}

/// The value of an attribute.
pub fn attr(state: &StateSignal, attr: AttrBinding) -> impl Fn() -> Content + Send + use<> {
    bind(state, Binding::Attr(attr))
}

/// The initial value of an input.
pub fn preset(state: &StateSignal, name: FieldName) -> impl Fn() -> Content + Send + use<> {
    bind(state, Binding::Preset(name))
}

#[component]
pub fn TextLine(state: StateSignal, text_slot: TextSlot) -> impl IntoView {
    view! {
        <p
            class=text_slot.class()
            id=text_slot.id()
            role=text_slot.role()
            aria-live=text_slot.live()
            data-text=text(&state, text_slot)
        ></p>
    }
}

#[component]
fn ActionButton(
    state: StateSignal,
    text_slot: TextSlot,
    /// The `type` attribute of the button.
    kind: &'static str,
) -> impl IntoView {
    view! {
        <button
            id=text_slot.id()
            type=kind
            hidden=attr(&state, AttrBinding::ActionHidden(text_slot))
            aria-disabled=attr(&state, AttrBinding::ActionDisabled(text_slot))
            data-text=text(&state, text_slot)
        ></button>
    }
}

#[component]
pub fn CardEntry(form: Form) -> impl IntoView {
    let state = form.state();
    let line = |text_slot| {
        let state = state.clone();
        view! { <TextLine state text_slot/> }
    };
    let field = |name| {
        let state = state.clone();
        view! { <CardField state name/> }
    };
    let action = |text_slot, kind| {
        let state = state.clone();
        view! { <ActionButton state text_slot kind/> }
    };
    view! {
        <main
            id="card-entry"
            data-phase=attr(&state, AttrBinding::Phase)
            inert=attr(&state, AttrBinding::Inert)
        >
            <form novalidate>
                {line(TextSlot::TestMode)}
                {field(FieldName::Number)}
                {line(TextSlot::Accepts)}
                <div class="pair">{field(FieldName::Expiry)} {field(FieldName::Cvc)}</div>
                {field(FieldName::Payment)}
                {field(FieldName::Name)}
                <div class="pair wide">
                    {field(FieldName::Country)} {field(FieldName::PostalCode)}
                </div>
                {line(TextSlot::ConsentNotice)}
                <ConsentField state=state.clone()/>
                {line(TextSlot::Alert)}
                {action(TextSlot::Save, "submit")}
            </form>
            {line(TextSlot::Status)}
            {line(TextSlot::Security)}
            {line(TextSlot::PrintNote)}
            {action(TextSlot::Retry, "button")}
            {action(TextSlot::Another, "button")}
            {line(TextSlot::Code)}
        </main>
    }
}
