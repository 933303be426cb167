//! Reads valid settings. [`invalid`] has the settings that are ignored, [`strict`] those that make the form unusable,
//! and [`properties`] random ones.

mod invalid;
mod properties;
mod strict;

use super::*;
use crate::appearance::{Color, Length};
use crate::tree::tests::{json_of, tree};
use crate::tree::{FromTree, ToTree};
use serde_json::{Value, json};

/// Reads with serde and from a tree, and compares the two.
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
fn absent_settings_are_the_defaults() {
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
fn valid_settings_are_written_as_they_were_read() {
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
fn accepts_stripe_s_names_and_prefers_ours() {
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
fn ignores_colours_that_the_browser_does_not_know() {
    let mut read = parse(&json!({"appearance": {"variables": {"accent": "sepia", "text": "red"}}}));
    assert_eq!(read.ignored, []);
    read.retain_colors(|color| color == "red");
    let it = &read.settings.appearance.variables;
    assert_eq!((&it.accent, &it.text), (&None, &Color::parse("red")));
    assert_eq!(read.ignored.len(), 1);
    assert_eq!(read.ignored[0].path, "appearance.variables.accent");
}

#[test]
fn ignored_settings_are_limited_and_contain_no_value() {
    let names = (0..40).map(|n| (format!("name_{n}"), json!("secret")));
    let read = parse(&Value::Object(names.collect()));
    assert_eq!(read.ignored.len(), MAX_IGNORED_SETTINGS);
    for setting in &read.ignored {
        assert!(setting.detail().len() < 160 && !setting.detail().contains("secret"));
    }
}

#[test]
fn a_locale_has_the_form_of_a_bcp_47_tag() {
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
