//! Settings that are ignored, each with its expected value. The others must still be read.

use super::{details, parse};
use crate::appearance::{Color, Theme};
use crate::card::Brand;
use serde_json::json;

#[test]
fn lists_an_invalid_value_and_reads_the_others() {
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
    let valid = json!({"button": {"text": "Keep"}, "fields": {"country": "show"}, "consent": {"text": "Sure?", "required": true},
        "accept": {"brands": ["amex"]}, "appearance": {"variables": {"text": "#112233"}}});
    for (invalid, detail) in rows {
        assert_eq!(details(&invalid), [detail], "{invalid}");
        assert_eq!(parse(&invalid).error(), None, "{invalid}");
        // The other sections are not affected.
        let mut both = valid.clone();
        let (key, value) = invalid.as_object().unwrap().iter().next().unwrap();
        both[key] = value.clone();
        let (alone, read) = (parse(&valid).settings, parse(&both).settings);
        for (section, same) in [
            ("button", read.button == alone.button),
            ("fields", read.fields == alone.fields),
            ("consent", read.consent == alone.consent),
            ("accept", read.accept == alone.accept),
            ("appearance", read.appearance == alone.appearance),
        ] {
            assert!(same || section == key, "{invalid} changed {section}");
        }
    }
}

#[test]
fn reads_the_valid_values_of_a_section_with_invalid_ones() {
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
