//! Setting by setting: what holds, what is named, and what makes the form unusable.

use super::*;
use crate::appearance::{Color, Length, Theme};
use crate::code::FrameErrorCode;
use crate::tree::tests::{json_of, tree};
use crate::tree::{FromTree, ToTree};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Reads both ways and holds them to each other.
fn parse(from: &Value) -> ParsedSettings {
    let by_tree = ParsedSettings::parse(&tree(from));
    let by_serde: ParsedSettings = serde_json::from_value(from.clone()).unwrap();
    assert_eq!(by_tree, by_serde, "{from}");
    assert_eq!(ParsedSettings::from_tree(&tree(from)), Some(by_serde));
    by_tree
}

fn details(from: &Value) -> Vec<String> {
    parse(from)
        .ignored
        .iter()
        .map(IgnoredSetting::detail)
        .collect()
}

#[test]
fn nothing_set_is_every_default() {
    for empty in [
        json!({}),
        json!(null),
        json!({"consent": null, "accept": null}),
    ] {
        let read = parse(&empty);
        assert_eq!(read, ParsedSettings::default(), "{empty}");
        assert_eq!(read.error(), None);
    }
}

#[test]
fn what_is_right_holds_and_is_written_as_it_was_read() {
    let full = json!({"locale": "fr", "appearance": {"theme": "dark", "variables": {"accent": "#123456", "radius": "0.5em"}},
        "billing_details": {"name": "Ann", "email": "a@b.example", "country": "US"},
        "fields": {"name": "show", "postal_code": "auto", "country": "hide"}, "button": {"text": "Pay", "hidden": true},
        "consent": {"text": "Keep it?", "required": true}, "accept": {"brands": ["visa", "girocard"], "funding": ["credit"]}});
    let read = parse(&full);
    assert_eq!(read.ignored, []);
    assert_eq!(read.error(), None);
    assert!(read.settings.fields.name.is_shown() && !read.settings.fields.country.is_shown());
    assert_eq!(
        read.settings.accept.brands,
        [Brand::Visa, Brand::Other("girocard".into())]
    );
    assert_eq!(
        read.settings.consent,
        Some(Consent {
            text: "Keep it?".into(),
            required: true
        })
    );
    let by_tree = json_of(&read.settings.to_tree());
    assert_eq!(parse(&by_tree).settings, read.settings);
    assert_eq!(
        parse(&serde_json::to_value(&read.settings).unwrap()).settings,
        read.settings
    );
}

#[test]
fn one_wrong_value_is_named_and_costs_no_other() {
    let rows = [
        (
            json!({"locale": 5}),
            "locale: a BCP 47 tag such as fr-CA, or auto",
        ),
        (
            json!({"locale": "fr_!"}),
            "locale: a BCP 47 tag such as fr-CA, or auto",
        ),
        (json!({"appearance": "dark"}), "appearance: an object"),
        (
            json!({"appearance": {"theme": "sepia"}}),
            "appearance.theme: light, dark or auto",
        ),
        (
            json!({"appearance": {"variables": []}}),
            "appearance.variables: an object",
        ),
        (
            json!({"appearance": {"variables": {"accent": "url(x)"}}}),
            "appearance.variables.accent: a CSS colour: a name, #rgb, rgb() or hsl()",
        ),
        (
            json!({"appearance": {"variables": {"radius": 8}}}),
            "appearance.variables.radius: a length below 100: 0, px, em or rem",
        ),
        (
            json!({"appearance": {"variables": {"borderRadius": "1px;x"}}}),
            "appearance.variables.borderRadius: a length below 100: 0, px, em or rem",
        ),
        (
            json!({"appearance": {"variables": {"colorBackground": "red"}}}),
            "appearance.variables.colorBackground: no such setting, did you mean background?",
        ),
        (
            json!({"appearance": {"variables": {"font_size": "0px"}}}),
            "appearance.variables.font_size: a length above 0",
        ),
        (
            json!({"fields": {"name": "yes"}}),
            "fields.name: auto, show or hide",
        ),
        (
            json!({"fields": {"name": true}}),
            "fields.name: auto, show or hide",
        ),
        (
            json!({"fields": {"postalCode": "show"}}),
            "fields.postalCode: no such setting, did you mean postal_code?",
        ),
        (
            json!({"button": {"text": 5}}),
            "button.text: a text without a card number",
        ),
        (
            json!({"button": {"hidden": "yes"}}),
            "button.hidden: true or false",
        ),
        (
            json!({"button": {"text": "x".repeat(61)}}),
            "button.text: at most 60 characters, the rest is not shown",
        ),
        (
            json!({"billing_details": {"postal_code": 94111}}),
            "billing_details.postal_code: a text without a card number",
        ),
        (
            json!({"billing_details": {"country": "USA"}}),
            "billing_details.country: two capital letters such as US",
        ),
        (
            json!({"billing_details": {"name": "4242 4242 4242 4242"}}),
            "billing_details.name: a text without a card number",
        ),
        (
            json!({"consent": {"text": " "}}),
            "consent.text: the sentence to agree to",
        ),
        (
            json!({"consent": {"text": "x".repeat(601)}}),
            "consent.text: at most 600 characters, the rest is not shown",
        ),
        (
            json!({"accept": {"brands": ["visa", 5]}}),
            "accept.brands[1]: a card brand such as visa",
        ),
        (
            json!({"accept": {"brands": ["viza"]}}),
            "accept.brands[0]: did you mean visa?",
        ),
        (
            json!({"accept": {"funding": ["credit", "kredit"]}}),
            "accept.funding[1]: credit, debit or prepaid",
        ),
        (
            json!({"apearance": {}}),
            "apearance: no such setting, did you mean appearance?",
        ),
        (json!({"html": "<b>"}), "html: no such setting"),
        (json!({"4242424242424242": 1}), "…: no such setting"),
    ];
    let good = json!({"button": {"text": "Keep"}, "fields": {"country": "show"}, "consent": {"text": "Sure?", "required": true},
        "accept": {"brands": ["amex"]}, "appearance": {"variables": {"text": "#112233"}}});
    for (wrong, detail) in rows {
        assert_eq!(details(&wrong), [detail], "{wrong}");
        assert_eq!(parse(&wrong).error(), None, "{wrong}");
        // The sections beside it hold.
        let mut both = good.clone();
        let (key, value) = wrong.as_object().unwrap().iter().next().unwrap();
        both[key] = value.clone();
        let (alone, read) = (parse(&good).settings, parse(&both).settings);
        for (section, same) in [
            ("button", read.button == alone.button),
            ("fields", read.fields == alone.fields),
            ("consent", read.consent == alone.consent),
            ("accept", read.accept == alone.accept),
            ("appearance", read.appearance == alone.appearance),
        ] {
            assert!(same || section == key, "{wrong} changed {section}");
        }
    }
}

#[test]
fn within_a_section_the_right_values_hold() {
    let read = parse(
        &json!({"appearance": {"theme": "dark", "variables": {"accent": "#0a7", "radius": "x", "text": 5}},
        "billing_details": {"name": "Ann", "phone": 49}, "accept": {"brands": ["visa", 5, null, "amex"]}}),
    );
    assert_eq!(read.settings.appearance.theme, Theme::Dark);
    assert_eq!(
        read.settings.appearance.variables.accent,
        Color::parse("#0a7")
    );
    assert_eq!(read.settings.appearance.variables.radius, None);
    assert_eq!(read.settings.billing_details.name.as_deref(), Some("Ann"));
    assert_eq!(read.settings.accept.brands, [Brand::Visa, Brand::Amex]);
    assert_eq!(read.ignored.len(), 5);
}

#[test]
fn stripe_s_names_that_mean_the_same_are_taken_and_ours_win() {
    let read = parse(
        &json!({"appearance": {"variables": {"colorPrimary": "red", "colorText": "#111", "text": "#222",
        "colorDanger": "rgb(200 0 0)", "borderRadius": "0", "fontSizeBase": "14px", "fontFamily": "Inter"}}}),
    );
    let it = &read.settings.appearance.variables;
    assert_eq!(read.ignored, []);
    assert_eq!(
        (&it.accent, &it.text),
        (&Color::parse("red"), &Color::parse("#222"))
    );
    assert_eq!(it.danger, Color::parse("rgb(200 0 0)"));
    assert_eq!(
        (&it.radius, &it.font_size),
        (&Length::parse("0"), &Length::parse("14px"))
    );
    assert!(it.font_family.is_some());
}

#[test]
fn what_may_not_be_guessed_makes_the_form_unusable() {
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
        assert!(!read.ignored.is_empty(), "{row} is named");
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
fn an_update_that_cannot_be_read_takes_nothing_away() {
    let stood = parse(
        &json!({"consent": {"text": "Sure?", "required": true}, "accept": {"brands": ["amex"]}}),
    )
    .settings;
    let wrong = json!({"consent": {"required": true}, "accept": "all", "button": {"text": "New"}});
    let kept = parse(&wrong).keep_previous(&mut stood.clone());
    assert_eq!(kept.error(), None);
    assert_eq!(
        (&kept.settings.consent, &kept.settings.accept),
        (&stood.consent, &stood.accept)
    );
    assert_eq!(
        kept.settings.button.text.as_deref(),
        Some("New"),
        "what is right in it is taken"
    );
    assert_eq!(kept.ignored.len(), 2);
    let kept = parse(&json!(5)).keep_previous(&mut stood.clone());
    assert_eq!((kept.error(), &kept.settings), (None, &stood));
    // Where nothing stood, the form must not go on without what was asked for.
    let first = parse(&wrong).keep_previous(&mut Settings::default());
    assert_eq!(first.error(), Some(FrameErrorCode::BadConsent));
    // Taken away on purpose.
    assert_eq!(
        parse(&json!({})).keep_previous(&mut stood.clone()).settings,
        Settings::default()
    );
}

#[test]
fn colours_no_browser_knows_are_named_as_well() {
    let mut read = parse(&json!({"appearance": {"variables": {"accent": "sepia", "text": "red"}}}));
    assert_eq!(read.ignored, []);
    read.retain_colors(|color| color == "red");
    let it = &read.settings.appearance.variables;
    assert_eq!((&it.accent, &it.text), (&None, &Color::parse("red")));
    assert_eq!(read.ignored.len(), 1);
    assert_eq!(read.ignored[0].path, "appearance.variables.accent");
}

#[test]
fn faults_are_bounded_and_hold_no_value() {
    let names = (0..40).map(|n| (format!("name_{n}"), json!("secret")));
    let read = parse(&Value::Object(names.collect()));
    assert_eq!(read.ignored.len(), MAX_IGNORED_SETTINGS);
    for fault in &read.ignored {
        assert!(fault.detail().len() < 160 && !fault.detail().contains("secret"));
    }
}

#[test]
fn however_much_is_wrong_a_list_under_another_name_is_no_list_of_all() {
    let mut many: serde_json::Map<String, Value> =
        (0..40).map(|n| (format!("name_{n}"), json!(1))).collect();
    many.insert("accept".to_owned(), json!({"brand": ["visa"]}));
    assert_eq!(
        parse(&Value::Object(many)).error(),
        Some(FrameErrorCode::BadAccept)
    );
}

#[test]
fn locales_are_tags() {
    for tag in [
        "auto",
        "fr",
        "fr-CA",
        "zh-Hant-TW",
        "de_AT",
        "sl-rozaj-biske-1994",
    ] {
        assert!(is_locale(tag), "{tag}");
    }
    for tag in [
        "",
        "f",
        "-fr",
        "fr-",
        "fr ca",
        "french!",
        "1a",
        &"a-b".repeat(20),
    ] {
        assert!(!is_locale(tag), "{tag}");
    }
}

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
    fn both_readers_agree_and_what_holds_reads_back_without_a_fault(from in any_json()) {
        let read = parse(&from);
        let again = parse(&json_of(&read.settings.to_tree()));
        prop_assert_eq!(&again.settings, &read.settings);
        prop_assert_eq!(again.error(), None);
    }

    #[test]
    fn a_consent_or_a_list_that_is_there_is_taken_or_the_form_is_not_usable(from in any_json(), required: bool) {
        let read = parse(&json!({"consent": {"text": from.clone(), "required": required}, "accept": {"brands": from.clone()}}));
        if required {
            prop_assert!(read.settings.consent.is_some() || read.error().is_some());
        }
        let asks = !from.is_null() && from != json!([]);
        prop_assert!(!asks || !read.settings.accept.brands.is_empty() || read.error().is_some());
    }

    #[test]
    fn an_update_never_loses_a_consent_it_does_not_replace(from in any_json()) {
        let stood = parse(&json!({"consent": {"text": "Sure?", "required": true}})).settings;
        let asks = from.get("consent").is_some_and(|consent| !consent.is_null());
        let kept = parse(&from).keep_previous(&mut stood.clone());
        prop_assert_eq!(kept.error().filter(|code| *code != FrameErrorCode::BadAccept), None);
        if asks && parse(&from).error() == Some(FrameErrorCode::BadConsent) {
            prop_assert_eq!(kept.settings.consent, stood.consent);
        }
    }
}
