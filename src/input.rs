//! The fields we draw ourselves: name, postal code, country, consent.
//!
//! Drawn by the page when settings ask. A card number typed into one of them is refused and never sent.

use card_entry_protocol::message::{FieldName, LogEvent};
use card_entry_protocol::number::holds_card_number;
use leptos::prelude::*;

use crate::country;
use crate::field::{ErrorLine, Field, Said};
use crate::form::Form;
use crate::words::Word;

/// Takes what was typed.
fn take(form: Form, field: Field, text: String) {
    let number = holds_card_number(&text);
    if number && field.said.get_untracked() != Said::Word(Word::NumberInText) {
        form.log(LogEvent::NumberInText, field.name.as_str());
    }
    field.said.set(if number {
        Said::Word(Word::NumberInText)
    } else {
        Said::Nothing
    });
    let blank = text.trim().is_empty();
    field.empty.set(blank);
    field.complete.set(!blank && !number);
    field.value.set(text);
    form.tell_change();
}

/// The attributes shared by our inputs: focus, Escape, and what assistive technology reads.
fn keydown(form: Form, field: Field) -> impl Fn(web_sys::KeyboardEvent) {
    move |event| {
        if event.key() == "Escape" {
            form.tell_escape(field.name);
        }
    }
}

/// A line of text.
#[component]
pub fn TextField(
    /// The form.
    form: Form,
    /// Which field.
    field: Field,
    /// Its autofill token, <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-field>.
    autocomplete: &'static str,
    /// The longest text taken.
    maxlength: u16,
) -> impl IntoView {
    let locale = form.locale;
    let name = field.name.as_str();
    view! {
        <div
            class="field"
            data-field=name
            data-focus=move || field.focused.get().then_some("")
            data-invalid=move || (field.said.get() != Said::Nothing).then_some("")
        >
            <label
                id=["label-", name].concat()
                for=name
                prop:textContent=move || locale.get().say(field.label())
            ></label>
            <input
                class="box"
                id=name
                name=name
                autocomplete=autocomplete
                maxlength=maxlength
                aria-required="true"
                aria-describedby=field.error_id()
                aria-invalid=move || if field.said.get() == Said::Nothing { "false" } else { "true" }
                prop:value=move || field.value.get()
                on:input=move |event| take(form, field, event_target_value(&event))
                on:focus=move |_| form.note_focus(field, true)
                on:blur=move |_| form.note_focus(field, false)
                on:keydown=keydown(form, field)
            />
            <ErrorLine field locale/>
        </div>
    }
}

/// The choice of a country, named in the person's language by the browser.
#[component]
pub fn CountryField(
    /// The form.
    form: Form,
    /// The field.
    field: Field,
) -> impl IntoView {
    let locale = form.locale;
    let name = field.name.as_str();
    let options = move || {
        let locale = locale.get();
        country::list(locale)
            .into_iter()
            .map(|(code, title)| view! { <option value=code>{title}</option> })
            .collect::<Vec<_>>()
    };
    view! {
        <div
            class="field"
            data-field=name
            data-focus=move || field.focused.get().then_some("")
            data-invalid=move || (field.said.get() != Said::Nothing).then_some("")
        >
            <label
                id=["label-", name].concat()
                for=name
                prop:textContent=move || locale.get().say(Word::Country)
            ></label>
            <select
                class="box"
                id=name
                name=name
                autocomplete="country"
                aria-required="true"
                aria-describedby=field.error_id()
                aria-invalid=move || if field.said.get() == Said::Nothing { "false" } else { "true" }
                prop:value=move || field.value.get()
                on:change=move |event| take(form, field, event_target_value(&event))
                on:focus=move |_| form.note_focus(field, true)
                on:blur=move |_| form.note_focus(field, false)
                on:keydown=keydown(form, field)
            >
                <option value="">{move || locale.get().say(Word::ChooseCountry)}</option>
                {options}
            </select>
            <ErrorLine field locale/>
        </div>
    }
}

/// The host's sentence, with a box to tick when it asks for one.
#[component]
pub fn ConsentField(
    /// The form.
    form: Form,
    /// The field.
    field: Field,
) -> impl IntoView {
    let (locale, settings) = (form.locale, form.settings);
    let text = move || {
        settings.with(|settings| {
            let text = settings
                .consent
                .as_ref()
                .map_or("", |consent| consent.text.as_str());
            // The protocol's cut: a longer text is no sentence to agree to.
            text.chars().take(600).collect::<String>()
        })
    };
    let required = settings.with_untracked(|s| s.consent.as_ref().is_some_and(|c| c.required));
    let name = FieldName::Consent.as_str();
    if !required {
        return view! { <p class="consent" prop:textContent=text></p> }.into_any();
    }
    view! {
        <div class="consent" data-invalid=move || (field.said.get() != Said::Nothing).then_some("")>
            <label>
                <input
                    type="checkbox"
                    id=name
                    name=name
                    aria-required="true"
                    aria-describedby=field.error_id()
                    prop:checked=move || field.complete.get()
                    on:change=move |event| {
                        field.complete.set(event_target_checked(&event));
                        field.said.set(Said::Nothing);
                        form.tell_change();
                    }
                    on:focus=move |_| form.note_focus(field, true)
                    on:blur=move |_| form.note_focus(field, false)
                />
                <span prop:textContent=text></span>
            </label>
            <ErrorLine field locale/>
        </div>
    }
    .into_any()
}
