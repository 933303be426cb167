//! How a field is drawn: label, control, error line.

use card_entry_protocol::message::FieldName;
use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::input::{CountryField, TextField};
use crate::page::{Line, Source, mark, say};
use crate::state::{Mark, Part};

/// A field: one that Stripe draws, or a text or choice of ours.
#[component]
pub fn CardField(
    state: Source,
    name: FieldName,
) -> impl IntoView {
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
            hidden=mark(&state, Mark::HidesField(name))
            data-focus=mark(&state, Mark::Focus(name))
            data-invalid=mark(&state, Mark::Invalid(name))
        >
            // A click on the label of a control of ours puts the focus there by itself.
            <label
                id=Part::Label(name).id()
                for=own.then_some(id)
                data-text=say(&state, Part::Label(name))
            ></label>
            {control}
            <Line state=state.clone() part=Part::Error(name)/>
        </div>
    }
}
