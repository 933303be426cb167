//! `<CardEntry/>`: draws a [`Phase`]; nothing else decides what is on screen.

use card_entry_protocol::message::FieldName;
use card_entry_protocol::query::Fields;
use leptos::prelude::*;

use crate::field::{CardField, Field};
use crate::form::Form;
use crate::input::{ConsentField, CountryField, TextField};
use crate::phase::{Phase, Stage};
use crate::words::{Locale, Word};

/// The sentence of the moment, for the polite live region.
fn status(form: Form) -> String {
    let locale = form.locale.get();
    form.progress.with(|progress| {
        let late = progress.is_late();
        let word = match progress.phase() {
            Phase::Loading if late => Word::StillLoading,
            Phase::Loading => Word::Loading,
            Phase::Ready(_) => return String::new(),
            Phase::Busy(Stage::Challenge) => Word::Challenge,
            Phase::Busy(Stage::Checking) => Word::Checking,
            Phase::Busy(_) if late => Word::StillSaving,
            Phase::Busy(Stage::Saving | Stage::Submitting) => Word::Saving,
            Phase::Busy(Stage::Confirming) => Word::Confirming,
            Phase::Saved => Word::Saved,
            Phase::Sent => Word::Sent,
            Phase::Unusable(code) => return locale.explain(*code).to_owned(),
        };
        locale.say(word).to_owned()
    })
}

/// The last attempt's trouble, for the assertive one.
fn alert(form: Form) -> String {
    let locale = form.locale.get();
    form.progress.with(|progress| match progress.phase() {
        Phase::Ready(Some(trouble)) => trouble.sentence(locale),
        _ => String::new(),
    })
}

fn code(form: Form) -> &'static str {
    form.progress.with(|progress| match progress.phase() {
        Phase::Unusable(code) => code.as_str(),
        _ => "",
    })
}

/// The text of the button: the host's, cut at the protocol's 60 characters, or ours.
fn save_text(form: Form) -> String {
    let theirs = form.settings.with(|settings| settings.button.text.clone());
    match theirs.filter(|text| !text.trim().is_empty()) {
        Some(text) => text.chars().take(60).collect(),
        None => form.locale.get().say(Word::Save).to_owned(),
    }
}

/// The fields of ours that settings ask for.
fn own_fields(form: Form) -> impl IntoView {
    let shown = form.settings.with(|settings| settings.fields.clone());
    let field = move |name: FieldName, is: bool| form.field(name).filter(|_| is);
    let text = move |field: Field, autocomplete, maxlength| view! { <TextField form field autocomplete maxlength/> };
    let consent = form.settings.with(|settings| settings.consent.is_some());
    view! {
        {field(FieldName::Name, shown.name.is_shown()).map(|field| text(field, "cc-name", 100))}
        <div class="pair">
            {field(FieldName::Country, shown.country.is_shown()).map(|field| view! { <CountryField form field/> })}
            {field(FieldName::PostalCode, shown.postal_code.is_shown()).map(|field| text(field, "postal-code", 16))}
        </div>
        {field(FieldName::Consent, consent).map(|field| view! { <ConsentField form field/> })}
    }
}

/// Keeps the document's language and direction those of the form.
fn set_language(locale: Locale) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", locale.as_str());
        let _ = root.set_attribute("dir", locale.direction());
    }
}

/// The whole page.
#[component]
pub fn CardEntry(
    /// The form.
    form: Form,
) -> impl IntoView {
    let (locale, progress, settings) = (form.locale, form.progress, form.settings);
    Effect::new(move || set_language(locale.get()));
    let config = form.config();
    let test = config
        .as_ref()
        .is_some_and(|config| config.query.key.is_test());
    let split = config
        .as_ref()
        .is_none_or(|config| config.query.fields == Fields::CardOnly);
    let card = move |name| {
        form.field(name)
            .map(|field| view! { <CardField form field/> })
    };
    let busy = move || progress.with(|progress| !matches!(progress.phase(), Phase::Ready(_)));
    let say = move |word: Word| move || locale.get().say(word);
    view! {
        <main id="card-entry" data-phase=move || progress.with(|progress| progress.phase().as_str())>
            <form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    form.press();
                }
            >
                {test.then(|| view! { <p class="tag" prop:textContent=say(Word::TestMode)></p> })}
                {if split {
                    view! {
                        {card(FieldName::Number)}
                        <div class="pair">{card(FieldName::Expiry)} {card(FieldName::Cvc)}</div>
                    }
                        .into_any()
                } else {
                    card(FieldName::Payment).into_any()
                }}
                <p
                    class="takes"
                    prop:textContent=move || {
                        settings.with(|settings| locale.get().list_taken(&settings.accept)).unwrap_or_default()
                    }
                ></p>
                {move || own_fields(form)}
                <p id="alert" role="alert" prop:textContent=move || alert(form)></p>
                <button
                    id="save"
                    aria-disabled=move || if busy() { "true" } else { "false" }
                    hidden=move || settings.with(|settings| settings.button.hidden)
                    prop:textContent=move || save_text(form)
                ></button>
            </form>
            <p id="status" role="status" prop:textContent=move || status(form)></p>
            <button id="retry" type="button" on:click=move |_| form.retry()
                hidden=move || progress.with(|p| !matches!(p.phase(), Phase::Unusable(code) if code.can_retry()))
                prop:textContent=say(Word::Retry)
            ></button>
            <button id="another" type="button" on:click=move |_| form.reset()
                hidden=move || progress.with(|p| *p.phase() != Phase::Sent)
                prop:textContent=say(Word::Another)
            ></button>
            <p id="code" prop:textContent=move || code(form)></p>
        </main>
    }
}
