//! One field: what is known of it, and how it is drawn.
//!
//! The state is held by the form and changed by Stripe's events and our own inputs; [`CardField`] draws it around a
//! mount point of Stripe's. It must never hold what is typed into a field of Stripe's.

use card_entry_protocol::message::FieldName;
use leptos::prelude::*;

use crate::form::Form;
use crate::words::{Locale, Word};

/// What the error line says.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Said {
    /// Nothing is wrong.
    #[default]
    Nothing,
    /// A sentence of ours.
    Word(Word),
    /// A validation message of Stripe's, which is written for the person, in the locale of the fields.
    Text(String),
}

impl Said {
    /// The sentence.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Word(word) => locale.say(*word).to_owned(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// What is known of a field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Which.
    pub name: FieldName,
    /// Its error line.
    pub said: RwSignal<Said>,
    /// Whether it has the focus.
    pub focused: RwSignal<bool>,
    /// Whether nothing is typed.
    pub empty: RwSignal<bool>,
    /// Whether it could be submitted.
    pub complete: RwSignal<bool>,
    /// What is typed into an input of our own.
    pub value: RwSignal<String>,
}

impl Field {
    /// An empty field.
    #[must_use]
    pub fn new(name: FieldName) -> Self {
        Self {
            name,
            said: RwSignal::new(Said::Nothing),
            focused: RwSignal::new(false),
            empty: RwSignal::new(true),
            complete: RwSignal::new(false),
            value: RwSignal::new(String::new()),
        }
    }

    /// Its label.
    #[must_use]
    pub fn label(&self) -> Word {
        match self.name {
            FieldName::Number => Word::Number,
            FieldName::Expiry => Word::Expiry,
            FieldName::Cvc => Word::Cvc,
            FieldName::Payment => Word::Payment,
            FieldName::Name => Word::Name,
            FieldName::PostalCode => Word::PostalCode,
            FieldName::Country | FieldName::Consent => Word::Country,
        }
    }

    /// What is said when it is not filled in.
    #[must_use]
    pub fn demand(&self) -> Word {
        match self.name {
            FieldName::Number => Word::FillNumber,
            FieldName::Expiry => Word::FillExpiry,
            FieldName::Cvc => Word::FillCvc,
            FieldName::Payment => Word::FillPayment,
            FieldName::Name => Word::FillName,
            FieldName::PostalCode => Word::FillPostalCode,
            FieldName::Country => Word::FillCountry,
            FieldName::Consent => Word::Agree,
        }
    }

    /// The id of its error line.
    #[must_use]
    pub fn error_id(&self) -> String {
        ["error-", self.name.as_str()].concat()
    }

    /// Empties what is known of it.
    pub fn clear(&self) {
        self.said.set(Said::Nothing);
        self.empty.set(true);
        self.complete.set(false);
        self.value.set(String::new());
    }
}

/// The error line of a field, announced when it changes.
#[component]
pub fn ErrorLine(
    /// Whose.
    field: Field,
    /// The language.
    locale: RwSignal<Locale>,
) -> impl IntoView {
    // textContent and not a text node: a page translator replaces text nodes, and would keep an old error on screen.
    view! {
        <p
            class="error"
            id=field.error_id()
            aria-live="polite"
            prop:textContent=move || field.said.get().sentence(locale.get())
        ></p>
    }
}

/// A field Stripe draws: label, mount point, error line.
#[component]
pub fn CardField(
    /// The form.
    form: Form,
    /// Which field.
    field: Field,
) -> impl IntoView {
    let locale = form.locale;
    let name = field.name;
    let label = move || locale.get().say(field.label());
    view! {
        <div
            class="field"
            data-field=name.as_str()
            data-focus=move || field.focused.get().then_some("")
            data-invalid=move || (field.said.get() != Said::Nothing).then_some("")
        >
            <label
                id=["label-", name.as_str()].concat()
                prop:textContent=label
                on:click=move |_| form.focus(name)
            ></label>
            <div class="box" id=name.as_str()></div>
            <ErrorLine field locale/>
        </div>
    }
}
