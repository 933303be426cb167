//! Properties of any settings: serde and tree must always agree, and no consent must ever be lost.

use super::parse;
use crate::code::FrameErrorCode;
use crate::tree::ToTree;
use crate::tree::tests::json_of;
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "locale",
        "appearance",
        "theme",
        "variables",
        "accent",
        "radius",
        "fields",
        "name",
        "button",
        "text",
        "hidden",
        "consent",
        "required",
        "accept",
        "brands",
        "funding",
        "billing_details",
        "country",
        "other",
    ]);
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|flag| json!(flag)),
        any::<u32>().prop_map(|number| json!(number)),
        "[a-z0-9# ]{0,12}".prop_map(|text| json!(text)),
        prop::sample::select(vec!["show", "visa", "credit", "dark", "Keep it?", "#fff"])
            .prop_map(|word| json!(word)),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(names.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn settings_that_were_read_are_valid(from in any_json()) {
        let read = parse(&from);
        let again = parse(&json_of(&read.settings.to_tree()));
        prop_assert_eq!(&again.settings, &read.settings);
        prop_assert_eq!(again.error(), None);
    }

    #[test]
    fn a_consent_or_list_is_read_or_makes_the_form_unusable(from in any_json(), required: bool) {
        let read = parse(&json!({"consent": {"text": from.clone(), "required": required}, "accept": {"brands": from.clone()}}));
        if required {
            prop_assert!(read.settings.consent.is_some() || read.error().is_some());
        }
        let asks = !from.is_null() && from != json!([]);
        prop_assert!(!asks || !read.settings.accept.brands.is_empty() || read.error().is_some());
    }

    #[test]
    fn an_update_never_removes_a_consent_that_it_cannot_read(from in any_json()) {
        let previous = parse(&json!({"consent": {"text": "Sure?", "required": true}})).settings;
        let asks = from.get("consent").is_some_and(|consent| !consent.is_null());
        let merged = parse(&from).keep_previous(&mut previous.clone());
        prop_assert_eq!(merged.error().filter(|code| *code != FrameErrorCode::BadAccept), None);
        if asks && parse(&from).error() == Some(FrameErrorCode::BadConsent) {
            prop_assert_eq!(merged.settings.consent, previous.consent);
        }
    }
}
