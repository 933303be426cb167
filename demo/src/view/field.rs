//! A labelled input with its hint and its error beside it.

use leptos::html::Input;
use leptos::prelude::*;

use crate::account::{Fault, Field};

/// How a field of a form is drawn.
#[component]
pub fn TextField(
    /// The form's id: field ids start with it.
    form: &'static str,
    field: Field,
    label: &'static str,
    kind: &'static str,
    /// The browser's name for what belongs here.
    autocomplete: &'static str,
    /// What helps to fill it in.
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    /// The input, for reading it when the form is sent.
    node: NodeRef<Input>,
    /// What is wrong, by field.
    faults: RwSignal<Vec<Fault>>,
) -> impl IntoView {
    let name = field.as_str();
    let id = format!("{form}-{name}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let fault = move || {
        faults.with(|all| {
            all.iter()
                .find(|fault| fault.field == field)
                .map(|f| f.words.clone())
        })
    };
    let described = if hint.is_some() {
        format!("{hint_id} {error_id}")
    } else {
        error_id.clone()
    };
    let is_ltr = matches!(field, Field::Email | Field::Password);
    view! {
        <div class="field" class:wrong=move || fault().is_some()>
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
                aria-invalid=move || fault().is_some().then_some("true")
                node_ref=node
            />
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="error" id=error_id role="alert">{fault}</p>
        </div>
    }
}
