//! Draws a field: label, control, error line.

use card_entry_protocol::message::FieldName;
use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::input::{CountryField, TextField};
use crate::page::{StateSignal, TextLine, attr, text};
use crate::state::{AttrBinding, TextSlot};

/// A field drawn by the provider, or an own text or select field.
#[component]
pub fn CardField(state: StateSignal, name: FieldName) -> impl IntoView {
    let id = name.as_str();
    let own = matches!(
        name,
        FieldName::Name | FieldName::PostalCode | FieldName::Country
    );
    let control = match name {
        FieldName::Name | FieldName::PostalCode => {
            EitherOf3::A(view! { <TextField state=state.clone() name/> })
        }
        FieldName::Country => EitherOf3::B(view! { <CountryField state=state.clone()/> }),
        _ => EitherOf3::C(view! { <div class="box" id=id></div> }),
    };
    view! {
        <div
            class="field"
            data-field=id
            hidden=attr(&state, AttrBinding::FieldHidden(name))
            data-focus=attr(&state, AttrBinding::FieldFocus(name))
            data-invalid=attr(&state, AttrBinding::FieldInvalid(name))
        >
            // A click on the label of an own control moves the focus without code.
            <label
                id=TextSlot::Label(name).id()
                for=own.then_some(id)
                data-text=text(&state, TextSlot::Label(name))
            ></label>
            {control}
            <TextLine state=state.clone() text_slot=TextSlot::Error(name)/>
        </div>
    }
}
