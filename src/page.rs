//! `<CardEntry/>`: the whole page, drawn from the [`State`]; nothing else decides what is on screen.
//!
//! Mounted by [`crate::mount`] in the place of `index.html`'s shell, which has the same geometry. Every moving part is
//! a [`Part`] or a [`Mark`] of the state: one type each, so that the code that keeps them up to date exists once. It
//! must never write text any other way than as text.

use card_entry_protocol::message::FieldName;
use leptos::prelude::*;

use crate::field::CardField;
use crate::form::Form;
use crate::input::ConsentField;
use crate::state::{Content, Mark, Part, Shown, State};

/// The state, as the view reads it.
pub type Source = ArcRwSignal<State>;

fn show(state: &Source, what: Shown) -> impl Fn() -> Content + Send + use<> {
    let state = state.clone();
    // The signal lives as long as the view: what cannot be read is nothing.
    move || {
        state
            .try_read()
            .map_or(Content::Attribute(None), |state| state.show(what))
    }
}

/// What a part of the page says; bound as `data-text`, and becomes the node's text.
pub fn say(state: &Source, part: Part) -> impl Fn() -> Content + Send + use<> {
    show(state, Shown::Part(part))
}

/// The value of an attribute.
pub fn mark(state: &Source, mark: Mark) -> impl Fn() -> Content + Send + use<> {
    show(state, Shown::Mark(mark))
}

/// What an input begins with.
pub fn preset(state: &Source, name: FieldName) -> impl Fn() -> Content + Send + use<> {
    show(state, Shown::Preset(name))
}

#[component]
pub fn Line(
    state: Source,
    part: Part,
) -> impl IntoView {
    view! {
        <p
            class=part.class()
            id=part.id()
            role=part.role()
            aria-live=part.live()
            data-text=say(&state, part)
        ></p>
    }
}

#[component]
fn Action(
    state: Source,
    part: Part,
    /// What it does in a form.
    kind: &'static str,
) -> impl IntoView {
    view! {
        <button
            id=part.id()
            type=kind
            hidden=mark(&state, Mark::HidesAction(part))
            aria-disabled=mark(&state, Mark::RefusesAction(part))
            data-text=say(&state, part)
        ></button>
    }
}

#[component]
pub fn CardEntry(
    form: Form,
) -> impl IntoView {
    let state = form.state();
    let line = |part| {
        let state = state.clone();
        view! { <Line state part/> }
    };
    let field = |name| {
        let state = state.clone();
        view! { <CardField state name/> }
    };
    let action = |part, kind| {
        let state = state.clone();
        view! { <Action state part kind/> }
    };
    view! {
        <main
            id="card-entry"
            data-phase=mark(&state, Mark::Phase)
            inert=mark(&state, Mark::Inert)
        >
            <form novalidate>
                {line(Part::Test)}
                {field(FieldName::Number)}
                {line(Part::Takes)}
                <div class="pair">{field(FieldName::Expiry)} {field(FieldName::Cvc)}</div>
                {field(FieldName::Payment)}
                {field(FieldName::Name)}
                <div class="pair wide">
                    {field(FieldName::Country)} {field(FieldName::PostalCode)}
                </div>
                {line(Part::Agreed)}
                <ConsentField state=state.clone()/>
                {line(Part::Alert)}
                {action(Part::Save, "submit")}
            </form>
            {line(Part::Status)}
            {line(Part::Note)}
            {line(Part::Unprinted)}
            {action(Part::Retry, "button")}
            {action(Part::Another, "button")}
            {line(Part::Code)}
        </main>
    }
}
