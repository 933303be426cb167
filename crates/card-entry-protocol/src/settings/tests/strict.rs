//! Settings without a safe default: the form must never be shown without a required consent, nor accept all cards by mistake.

use super::parse;
use crate::code::FrameErrorCode;
use crate::settings::Settings;
use serde_json::{Value, json};

#[test]
fn an_unreadable_consent_or_accept_makes_the_form_unusable() {
    let rows = [
        (
            json!({"consent": {"required": true}}),
            FrameErrorCode::BadConsent,
        ),
        (
            json!({"consent": {"required": true, "text": " \n"}}),
            FrameErrorCode::BadConsent,
        ),
        (
            json!({"consent": {"required": true, "text": 5}}),
            FrameErrorCode::BadConsent,
        ),
        (
            json!({"consent": {"required": "yes", "text": "Keep it?"}}),
            FrameErrorCode::BadConsent,
        ),
        (
            json!({"consent": {"required": 1}}),
            FrameErrorCode::BadConsent,
        ),
        (
            json!({"consent": {"text": ["Keep it?"]}}),
            FrameErrorCode::BadConsent,
        ),
        (
            json!({"consent": {"text": "Card 4242 4242 4242 4242?", "required": true}}),
            FrameErrorCode::BadConsent,
        ),
        (json!({"consent": "Keep it?"}), FrameErrorCode::BadConsent),
        (json!({"consent": true}), FrameErrorCode::BadConsent),
        (json!({"accept": "visa"}), FrameErrorCode::BadAccept),
        (json!({"accept": ["visa"]}), FrameErrorCode::BadAccept),
        (
            json!({"accept": {"brands": "visa"}}),
            FrameErrorCode::BadAccept,
        ),
        (
            json!({"accept": {"brands": [5, {}]}}),
            FrameErrorCode::BadAccept,
        ),
        (
            json!({"accept": {"brands": ["visa"], "funding": ["kredit"]}}),
            FrameErrorCode::BadAccept,
        ),
        (
            json!({"accept": {"brand": ["visa"]}}),
            FrameErrorCode::BadAccept,
        ),
        (json!("dark"), FrameErrorCode::BadSettings),
        (json!([]), FrameErrorCode::BadSettings),
        (json!(5), FrameErrorCode::BadSettings),
    ];
    for (row, code) in rows {
        let read = parse(&row);
        assert_eq!(read.error(), Some(code), "{row}");
        assert!(!read.ignored.is_empty(), "{row} is listed");
    }
    for fine in [
        json!({"consent": {}}),
        json!({"consent": {"required": false}}),
        json!({"consent": {"text": "", "required": false}}),
        json!({"accept": {}}),
        json!({"accept": {"brands": [], "funding": null}}),
        json!({"accept": {"brands": ["visa", 5]}}),
    ] {
        assert_eq!(parse(&fine).error(), None, "{fine}");
    }
}

#[test]
fn an_unreadable_update_removes_nothing() {
    let previous = parse(
        &json!({"consent": {"text": "Sure?", "required": true}, "accept": {"brands": ["amex"]}}),
    )
    .settings;
    let wrong = json!({"consent": {"required": true}, "accept": "all", "button": {"text": "New"}});
    let merged = parse(&wrong).keep_previous(&mut previous.clone());
    assert_eq!(merged.error(), None);
    assert_eq!(
        (&merged.settings.consent, &merged.settings.accept),
        (&previous.consent, &previous.accept)
    );
    assert_eq!(
        merged.settings.button.text.as_deref(),
        Some("New"),
        "the valid settings of the update are used"
    );
    assert_eq!(merged.ignored.len(), 2);
    let merged = parse(&json!(5)).keep_previous(&mut previous.clone());
    assert_eq!((merged.error(), &merged.settings), (None, &previous));
    // Without previous settings, the form must not be shown without the required consent.
    let first = parse(&wrong).keep_previous(&mut Settings::default());
    assert_eq!(first.error(), Some(FrameErrorCode::BadConsent));
    // An update without these settings removes them.
    assert_eq!(
        parse(&json!({}))
            .keep_previous(&mut previous.clone())
            .settings,
        Settings::default()
    );
}

#[test]
fn a_misspelt_list_never_means_all_cards() {
    let mut many: serde_json::Map<String, Value> =
        (0..40).map(|n| (format!("name_{n}"), json!(1))).collect();
    many.insert("accept".to_owned(), json!({"brand": ["visa"]}));
    assert_eq!(
        parse(&Value::Object(many)).error(),
        Some(FrameErrorCode::BadAccept)
    );
}
