//! Tests the known values and the country's rule for the postal code.

use super::*;
use card_entry_protocol::settings::{BillingDetails, ExtraFields, Settings};

/// Settings that show every own field and contain these known values.
fn known_details(name: &str, postal_code: &str, country: &str) -> Settings {
    let mut settings = Settings {
        billing_details: BillingDetails {
            name: Some(name.into()),
            postal_code: Some(postal_code.into()),
            country: Some(country.into()),
            ..BillingDetails::default()
        },
        ..Settings::default()
    };
    let fields = &mut settings.fields;
    (fields.name, fields.postal_code, fields.country) =
        (FieldDisplay::Show, FieldDisplay::Show, FieldDisplay::Show);
    settings
}

#[test]
fn known_values_are_prefilled_and_typed_values_stay() {
    let mut state = filled_state();
    state.set_settings(known_details(" Ann Lee ", "94107", "us"));
    assert_eq!(state.mark_missing(), None);
    let change = state.form_change();
    assert!(change.complete);
    let typed = state.entered_details();
    assert_eq!(
        [typed.name, typed.postal_code, typed.country].map(Option::unwrap),
        ["Ann Lee", "94107", "US"]
    );
    assert_eq!(
        state.content(Binding::Preset(FieldName::Name)),
        Content::Preset("Ann Lee".into())
    );
    state.set_field_text(FieldName::Name, "Bo".into());
    state.set_settings(known_details("Cy", "10001", "CA"));
    let typed = state.entered_details();
    assert_eq!(
        [typed.name, typed.postal_code, typed.country].map(Option::unwrap),
        ["Bo", "10001", "CA"]
    );
    // The person emptied the field: it is not filled in again, and is required.
    state.set_field_text(FieldName::Name, String::new());
    state.set_settings(known_details("Cy", "10001", "CA"));
    assert_eq!(state.mark_missing(), Some(FieldName::Name));
    state.clear();
    assert_eq!(state.entered_details().name.as_deref(), Some("Cy"));
}

#[test]
fn invalid_known_values_are_not_prefilled() {
    let mut state = filled_state();
    state.set_settings(known_details("4242 4242 4242 4242", "", "Germany"));
    assert_eq!(state.mark_missing(), Some(FieldName::Name));
    assert!(!format!("{:?}", state.fields).contains("4242"));
    assert_eq!(state.entered_details().country.as_deref(), Some(""));
}

#[test]
fn the_country_decides_about_the_postal_code() {
    let label = |state: &FormState| state.text(TextSlot::Label(FieldName::PostalCode));
    let mut state = filled_state();
    state.set_settings(known_details("Ann Lee", "", "US"));
    assert_eq!(state.mark_missing(), Some(FieldName::PostalCode));
    assert_eq!(label(&state), Content::Text("ZIP code".into()));
    assert_eq!(
        state.attr(AttrBinding::AriaRequired(FieldName::PostalCode)),
        Content::Attribute(Some("true"))
    );
    // Hong Kong has no postal codes: the field is hidden, its value is not sent, and Save is possible.
    state.set_field_text(FieldName::PostalCode, "94107".into());
    state.set_field_text(FieldName::Country, "HK".into());
    assert!(!state.is_shown(FieldName::PostalCode));
    assert_eq!(
        (state.mark_missing(), state.form_change().complete),
        (None, true)
    );
    assert_eq!(state.entered_details().postal_code.as_deref(), Some(""));
    // In Ireland the postal code is optional: it may stay empty, and is sent when it is filled in.
    state.set_field_text(FieldName::PostalCode, String::new());
    state.set_field_text(FieldName::Country, "IE".into());
    assert_eq!(
        (state.mark_missing(), state.form_change().complete),
        (None, true)
    );
    assert_eq!(label(&state), Content::Text("Eircode (optional)".into()));
    assert_eq!(
        state.attr(AttrBinding::AriaRequired(FieldName::PostalCode)),
        Content::Attribute(Some("false"))
    );
    state.set_field_text(FieldName::PostalCode, "D02 AF30".into());
    assert_eq!(
        state.entered_details().postal_code.as_deref(),
        Some("D02 AF30")
    );
    // An optional field refuses a card number too.
    state.set_field_text(FieldName::PostalCode, "4242 4242 4242 4242".into());
    assert_eq!(state.mark_missing(), Some(FieldName::PostalCode));
}

#[test]
fn the_known_country_applies_when_the_field_is_not_shown() {
    let mut settings = known_details("Ann Lee", "", "HK");
    settings.fields.country = FieldDisplay::Auto;
    let mut state = filled_state();
    state.set_settings(settings.clone());
    assert_eq!(state.mark_missing(), None);
    assert_eq!(
        state.entered_details().country,
        None,
        "not asked for: the site's own is sent"
    );
    settings.billing_details.country = None;
    state.set_settings(settings);
    assert_eq!(state.mark_missing(), Some(FieldName::PostalCode));
}

#[test]
fn the_known_address_does_not_replace_that_of_the_payment_element() {
    let mut state = FormState::new(Locale::En, false);
    let mut settings = known_details("Ann Lee", "94107", "US");
    settings.fields = ExtraFields::default();
    state.set_settings(settings);
    let typed = state.entered_details();
    assert_eq!(
        (typed.name, typed.postal_code, typed.country),
        (None, Some(String::new()), Some(String::new()))
    );
}
