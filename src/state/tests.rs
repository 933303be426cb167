//! Tests the texts and rules of the state without a browser.

#![allow(clippy::unwrap_used, clippy::panic)]

mod prefill;

use super::*;
use crate::phase::SaveStage;
use crate::stripe::answer::ChangeError;
use card_entry_protocol::message::Attempt;
use card_entry_protocol::settings::{Consent, FieldDisplay};
use proptest::prelude::*;

fn element_change(complete: bool, brand: Option<&str>) -> ElementChange {
    ElementChange {
        complete,
        empty: false,
        brand: brand.map(str::to_owned),
        error: None,
    }
}

fn filled_state() -> FormState {
    let mut state = FormState::new(Locale::En, true);
    for name in [FieldName::Number, FieldName::Expiry, FieldName::Cvc] {
        state.record_change(name, element_change(true, Some("visa")));
    }
    state
}

#[test]
fn an_empty_form_has_a_message_at_each_missing_field() {
    let mut state = FormState::new(Locale::En, true);
    assert_eq!(state.mark_missing(), Some(FieldName::Number));
    let messages: Vec<_> = state
        .shown()
        .map(|field| field.message.text(Locale::En))
        .collect();
    assert_eq!(
        messages,
        [
            "Please enter the card number.",
            "Please enter the expiration date.",
            "Please enter the security code (CVC/CVV)."
        ]
    );
    assert_eq!(filled_state().mark_missing(), None);
}

#[test]
fn shown_fields_are_required() {
    let mut state = filled_state();
    state.settings.fields.name = FieldDisplay::Show;
    state.settings.consent = Some(Consent {
        text: "Keep it?".into(),
        required: true,
    });
    assert_eq!(state.mark_missing(), Some(FieldName::Name));
    state.set_field_text(FieldName::Name, "Ann Lee".into());
    assert_eq!(state.mark_missing(), Some(FieldName::Consent));
    state.settings.consent = Some(Consent {
        text: "Keep it.".into(),
        required: false,
    });
    assert_eq!(state.mark_missing(), None);
    assert!(state.form_change().complete);
}

#[test]
fn a_card_number_in_the_name_is_refused_and_not_stored() {
    let mut state = filled_state();
    state.settings.fields.name = FieldDisplay::Show;
    assert!(state.set_field_text(FieldName::Name, "4242 4242 4242 4242".into()));
    assert!(
        !state.set_field_text(FieldName::Name, "4242 4242 4242 4242 ".into()),
        "reported once"
    );
    assert_eq!(state.mark_missing(), Some(FieldName::Name));
    assert!(!format!("{state:?}").contains("4242"));
    assert_eq!(state.entered_details().name.as_deref(), Some(""));
}

#[test]
fn a_check_without_an_answer_offers_another_card() {
    let mut state = filled_state();
    let another_hidden =
        |state: &FormState| state.attr(AttrBinding::ActionHidden(TextSlot::Another));
    let status = |state: &FormState| state.text(TextSlot::Status);
    state.progress.mark_ready();
    let guard = state.progress.start_save(Attempt(0)).unwrap();
    state.progress.enter_stage(&guard, SaveStage::Submitting);
    state.progress.enter_stage(&guard, SaveStage::Checking);
    assert_eq!(another_hidden(&state), Content::Attribute(Some("")));
    state.progress.mark_late();
    assert_eq!(another_hidden(&state), Content::Attribute(None));
    let unknown = Content::Text(Locale::En.text_for(MessageKey::Unknown).to_owned());
    assert_eq!(status(&state), unknown);
    // A wallet that sends texts of its own will also send the outcome.
    state
        .progress
        .set_wallet_text(Attempt(1), "Please sign in.");
    assert_eq!(another_hidden(&state), Content::Attribute(Some("")));
    assert_eq!(status(&state), Content::Text("Please sign in.".to_owned()));
    assert!(state.progress.reset() && state.progress.wallet_text().is_empty());
}

#[test]
fn a_brand_that_is_not_accepted_is_reported_before_save() {
    let mut state = filled_state();
    state.settings.accept.brands = vec![Brand::Amex];
    state.record_change(FieldName::Number, element_change(false, Some("unknown")));
    assert_eq!(state.form_change().brand, None);
    state.record_change(FieldName::Number, element_change(true, Some("visa")));
    assert_eq!(state.mark_missing(), Some(FieldName::Number));
    state.record_change(FieldName::Number, element_change(true, Some("amex")));
    assert_eq!(state.mark_missing(), None);
}

#[test]
fn stripe_s_message_is_shown_and_a_missing_one_is_replaced() {
    let error = |message: &str| ChangeError {
        code: "invalid_number".into(),
        message: message.into(),
    };
    let mut state = filled_state();
    for (message, shown) in [
        (
            "Your card number is invalid.",
            "Your card number is invalid.",
        ),
        ("", "Please enter the card number."),
    ] {
        state.record_change(
            FieldName::Number,
            ElementChange {
                error: Some(error(message)),
                ..element_change(false, None)
            },
        );
        assert_eq!(
            state.shown().next().unwrap().message.text(Locale::En),
            shown
        );
    }
}

#[test]
fn the_length_of_a_parent_s_text_is_in_characters() {
    let arabic = "ب".repeat(300);
    assert_eq!(crate::error::parent_text(&arabic), Some(arabic.as_str()));
    assert_eq!(crate::error::parent_text(&format!("{arabic}ب")), None);
}

#[test]
fn host_texts_are_truncated() {
    let mut state = filled_state();
    state.settings.button.text = Some("é".repeat(500));
    state.settings.consent = Some(Consent {
        text: "é".repeat(5000),
        required: false,
    });
    assert_eq!(
        (
            state.save_button_text().chars().count(),
            state.consent_text().chars().count()
        ),
        (60, 600)
    );
    state.settings.button.text = Some("  ".into());
    assert_eq!(state.save_button_text(), "Save card");
}

proptest! {
    #[test]
    fn no_typed_text_contains_a_card_number(text in "[0-9 -]{0,30}") {
        let mut state = filled_state();
        state.settings.fields.name = FieldDisplay::Show;
        state.set_field_text(FieldName::Name, text);
        prop_assert!(!contains_card_number(&state.entered_details().name.unwrap()));
    }
}
