//! Compares serde and tree: each reads what the other writes.

use super::*;
use crate::message::{FromFrame, Hello, Init, LegacyMessage, ToFrame};
use crate::settings::{ParsedSettings, Settings};
use proptest::prelude::*;
use serde_json::json;

pub(crate) fn tree(from: &serde_json::Value) -> Tree {
    match from {
        serde_json::Value::Null => Tree::Null,
        serde_json::Value::Bool(flag) => Tree::Flag(*flag),
        serde_json::Value::Number(number) => Tree::Number(number.as_f64().unwrap()),
        serde_json::Value::String(text) => Tree::text(text),
        serde_json::Value::Array(items) => Tree::List(items.iter().map(tree).collect()),
        serde_json::Value::Object(map) => Tree::Map(
            map.iter()
                .map(|(key, item)| (key.clone(), tree(item)))
                .collect(),
        ),
    }
}

pub(crate) fn json_of(tree: &Tree) -> serde_json::Value {
    match tree {
        Tree::Null => json!(null),
        Tree::Flag(flag) => json!(flag),
        Tree::Number(number) => json!(*number as i64),
        Tree::Text(text) => json!(text),
        Tree::List(items) => items.iter().map(json_of).collect(),
        Tree::Map(entries) => entries
            .iter()
            .map(|(key, item)| (key.clone(), json_of(item)))
            .collect(),
    }
}

const CARD: &str = r#"{"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2026, "funding": "credit", "country": null}"#;

#[test]
fn serde_and_tree_write_the_frame_s_messages_alike() {
    let card: serde_json::Value = serde_json::from_str(CARD).unwrap();
    let id = "pm_1QNCGJBb9dNaU75s5H5qvQXm";
    let rows = [
        ("ready", json!({})),
        ("height", json!({"height": 412})),
        (
            "change",
            json!({"complete": false, "empty": true, "brand": null, "error": null}),
        ),
        (
            "change",
            json!({"complete": true, "empty": false, "brand": "visa", "error": {"code": "x", "message": "y"}}),
        ),
        ("focus", json!({"field": "number"})),
        ("blur", json!({"field": "postal_code"})),
        ("escape", json!({"field": "consent"})),
        ("intent_request", json!({"attempt": 3})),
        ("challenge", json!({"open": true})),
        (
            "result",
            json!({"attempt": 1, "id": id, "card": card, "setup": {"id": "seti_1", "status": "succeeded"}}),
        ),
        (
            "result",
            json!({"attempt": 1, "id": id, "card": card, "setup": null}),
        ),
        (
            "failure",
            json!({"attempt": 1, "error": {"type": "card_error", "code": "a", "message": "No."}, "retryable": true}),
        ),
        (
            "failure",
            json!({"attempt": 1, "error": {"type": "t", "code": "a", "message": "No.", "decline_code": "d", "param": "p"}, "retryable": false}),
        ),
        ("unusable", json!({"code": "bad_key", "message": "No."})),
        (
            "log",
            json!({"event": "script_retried", "detail": "timeout"}),
        ),
        ("not_submitted", json!({"reason": "saved"})),
        (
            "not_submitted",
            json!({"reason": "incomplete", "field": "consent"}),
        ),
        (
            "networks_change",
            json!({"networks": ["visa", "cartes_bancaires"]}),
        ),
        ("needs_view", json!({"focus": false})),
    ];
    for (kind, body) in rows {
        let message = FromFrame::read(kind, &body).unwrap().unwrap();
        assert_eq!(json_of(&message.to_tree()), body, "{kind}");
    }
    for plain in [
        json!({"isStripeCallback": true, "id": id, "card": card, "setup": null}),
        json!({"isStripeCallback": true, "error": {"type": "t", "code": "c", "message": "m"}}),
        json!({"isStripeFormHeight": true, "height": 412}),
        json!({"isStripeFormReady": true}),
    ] {
        let message: LegacyMessage = serde_json::from_value(plain.clone()).unwrap();
        assert_eq!(json_of(&message.to_tree()), plain);
    }
}

#[test]
fn serde_and_tree_read_messages_to_the_frame_alike() {
    let failure = json!({"type": "api_error", "code": "x", "message": "No."});
    let rows = [
        (
            "intent",
            json!({"attempt": 1, "client_secret": "seti_1_secret_2"}),
        ),
        (
            "intent",
            json!({"attempt": 1, "client_secret": "pi_1_secret_2", "stripe_account": "acct_1"}),
        ),
        ("intent", json!({"attempt": 1, "none": true})),
        ("intent", json!({"attempt": 1, "error": failure})),
        ("intent", json!({"attempt": 1})),
        ("intent", json!({"attempt": 1, "none": false})),
        (
            "intent",
            json!({"attempt": 1, "none": true, "client_secret": "seti_1_secret_2"}),
        ),
        (
            "intent",
            json!({"attempt": 1, "client_secret": "javascript:alert(1)"}),
        ),
        (
            "intent",
            json!({"attempt": 1, "client_secret": "seti_1_secret_2", "stripe_account": "x"}),
        ),
        ("intent", json!({"client_secret": "seti_1_secret_2"})),
        ("intent", json!({"attempt": 1.5, "none": true})),
        ("intent", json!({"attempt": -1, "none": true})),
        (
            "intent",
            json!({"attempt": 4_294_967_296_u64, "none": true}),
        ),
        ("saved", json!({"attempt": 2})),
        ("saved", json!({"attempt": "2"})),
        (
            "not_saved",
            json!({"attempt": 2, "code": "full", "message": "Full.", "retryable": false}),
        ),
        (
            "not_saved",
            json!({"attempt": 2, "code": "full", "message": "Full."}),
        ),
        ("submit", json!({})),
        ("submit", json!("x")),
        ("reset", json!({"extra": 1})),
        ("focus", json!({})),
        ("in_view", json!({"visible": true})),
        ("in_view", json!({"visible": 1})),
        ("in_view", json!({})),
        ("update", json!({"settings": {"locale": "fr"}})),
        (
            "update",
            json!({"settings": {"fields": {"name": "perhaps"}}}),
        ),
        ("later", json!({})),
    ];
    for (kind, body) in rows {
        let serde = ToFrame::read(kind, &body).ok();
        assert_eq!(
            ToFrame::from_tree(kind, &tree(&body)),
            serde,
            "{kind} {body}"
        );
    }
}

#[test]
fn serde_and_tree_read_the_handshake_alike() {
    let channel = crate::channel::Channel::from_random([1; 16]);
    let hello = serde_json::to_value(Hello::new(channel.clone())).unwrap();
    assert_eq!(json_of(&Hello::new(channel.clone()).to_tree()), hello);
    assert_eq!(
        Hello::from_tree(&tree(&hello)),
        serde_json::from_value(hello).ok()
    );
    let init = Init::new(channel.clone(), Settings::default());
    let written = json_of(&init.to_tree());
    assert_eq!(
        serde_json::from_value::<Init>(written.clone()).unwrap(),
        init
    );
    assert_eq!(Init::from_tree(&tree(&written)), Some(init));
    for bad in [
        json!({"cardEntry": "hello", "version": 1, "channel": channel.as_str()}),
        json!({"cardEntry": "init", "version": 256, "channel": channel.as_str()}),
        json!({"cardEntry": "init", "version": 1, "channel": "short"}),
    ] {
        assert_eq!(Init::from_tree(&tree(&bad)), None, "{bad}");
        assert!(serde_json::from_value::<Init>(bad).is_err());
    }
}

proptest! {
    #[test]
    fn reading_a_tree_never_panics(key in "[a-z_]{0,12}", text in ".{0,20}", number: f64) {
        for inner in [Tree::text(&text), Tree::Number(number), Tree::List(vec![Tree::Null]), Tree::Null] {
            let map = Tree::Map(vec![(key.clone(), inner)]);
            let _ = (ParsedSettings::from_tree(&map), Init::from_tree(&map), ToFrame::from_tree(&key, &map));
        }
    }

    #[test]
    fn reads_whole_numbers_of_32_bits_only(number: f64) {
        let whole = number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0;
        prop_assert_eq!(u32::from_tree(&Tree::Number(number)).is_some(), whole);
    }
}
