//! A labelled input with its hint and its error.

use leptos::html::Input;
use leptos::prelude::*;

use crate::account::{AccountField, AccountFieldError};

/// The static parts of a field.
#[derive(Clone, Copy)]
pub struct FieldSpec {
    /// Id of the form, the prefix of the field's id.
    pub form: &'static str,
    pub field: AccountField,
    pub label: &'static str,
    /// `type` of the input.
    pub kind: &'static str,
    pub autocomplete: &'static str,
    pub hint: Option<&'static str>,
}

#[component]
pub fn TextField(
    spec: FieldSpec,
    /// The input, to read its value on submit.
    node: NodeRef<Input>,
    errors: RwSignal<Vec<AccountFieldError>>,
) -> impl IntoView {
    let FieldSpec {
        form,
        field,
        label,
        kind,
        autocomplete,
        hint,
    } = spec;
    let name = field.as_str();
    let id = format!("{form}-{name}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let error = move || {
        errors.with(|all| {
            all.iter()
                .find(|error| error.field == field)
                .map(|error| error.message.clone())
        })
    };
    let described = if hint.is_some() {
        format!("{hint_id} {error_id}")
    } else {
        error_id.clone()
    };
    let is_ltr = matches!(field, AccountField::Email | AccountField::Password);
    view! {
        <div class="field" class:invalid=move || error().is_some()>
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                dir=is_ltr.then_some("ltr")
                autocapitalize=is_ltr.then_some("none")
                spellcheck="false"
                maxlength="200"
                aria-describedby=described
                aria-invalid=move || error().is_some().then_some("true")
                node_ref=node
            />
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="error" id=error_id role="alert">{error}</p>
        </div>
    }
}
