//! Reads and writes the port's messages as JSON, with the code that reads JavaScript values in the browser.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read_from(value: &Value) -> Result<Option<FromFrame>, serde_json::Error> {
    FromFrame::read(value["type"].as_str().unwrap_or(""), value)
}

fn read_to(value: &Value) -> Result<Option<ToFrame>, serde_json::Error> {
    ToFrame::read(value["type"].as_str().unwrap_or(""), value)
}

#[test]
fn reads_every_message_that_it_writes() {
    let outcome = json!({"attempt": 1, "id": "pm_1QNCGJBb9dNaU75s5H5qvQXm",
        "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2026, "funding": "credit", "country": null},
        "setup": {"id": "seti_1", "status": "succeeded"}});
    let rows = [
        ("ready", json!({})),
        ("height", json!({"height": 412})),
        (
            "change",
            json!({"complete": false, "empty": true, "brand": null, "error": null}),
        ),
        ("focus", json!({"field": "number"})),
        ("intent_request", json!({"attempt": 3})),
        ("challenge", json!({"open": true})),
        ("result", outcome),
        (
            "failure",
            json!({"attempt": 1, "error": {"type": "card_error", "code": "card_declined", "message": "No."}, "retryable": true}),
        ),
        ("unusable", json!({"code": "bad_key", "message": "No."})),
        (
            "log",
            json!({"event": "script_retried", "detail": "timeout"}),
        ),
        ("not_submitted", json!({"reason": "unseen"})),
        (
            "not_submitted",
            json!({"reason": "incomplete", "field": "postal_code"}),
        ),
        (
            "networks_change",
            json!({"networks": ["cartes_bancaires", "visa"]}),
        ),
        ("needs_view", json!({"focus": true})),
    ];
    for (kind, body) in rows {
        let message = FromFrame::read(kind, &body).unwrap().unwrap();
        assert_eq!(message.kind(), kind);
        assert_eq!(
            message.write(serde_json::value::Serializer).unwrap(),
            body,
            "{kind}"
        );
    }
}

#[test]
fn an_intent_reply_is_exactly_one_of_secret_none_and_error() {
    let good = [
        json!({"type": "intent", "attempt": 1, "client_secret": "seti_1_secret_2"}),
        json!({"type": "intent", "attempt": 1, "client_secret": "pi_1_secret_2", "stripe_account": "acct_1"}),
        json!({"type": "intent", "attempt": 1, "none": true}),
        json!({"type": "intent", "attempt": 1, "error": {"type": "api_error", "code": "x", "message": "No."}}),
    ];
    for value in good {
        let message = read_to(&value).unwrap().unwrap();
        let mut written = message.write(serde_json::value::Serializer).unwrap();
        written["type"] = json!("intent");
        assert_eq!(written, value);
        assert!(!format!("{message:?}").contains("secret_2"));
    }
    for value in [
        json!({"type": "intent", "attempt": 1}),
        json!({"type": "intent", "attempt": 1, "none": false}),
        json!({"type": "intent", "attempt": 1, "none": true, "client_secret": "seti_1_secret_2"}),
        json!({"type": "intent", "attempt": 1, "client_secret": "javascript:alert(1)"}),
        json!({"type": "intent", "client_secret": "seti_1_secret_2"}),
    ] {
        assert!(read_to(&value).is_err(), "{value}");
    }
}

#[test]
fn ignores_unknown_types_and_refuses_invalid_bodies() {
    assert_eq!(read_from(&json!({"type": "later"})).unwrap(), None);
    for value in [
        json!({"type": "height", "height": -1}),
        json!({"type": "height", "height": "100px;position:fixed"}),
        json!({"type": "height", "height": 1.5}),
        json!({"type": "focus", "field": "<b>"}),
        json!({"type": "challenge", "open": "yes"}),
        json!({"type": "result", "attempt": 1}),
    ] {
        assert!(read_from(&value).is_err(), "{value}");
    }
}

#[test]
fn hello_and_init_have_their_exact_form() {
    let channel = crate::channel::Channel::from_random([1; 16]);
    let hello = serde_json::to_value(Hello::new(channel.clone())).unwrap();
    assert_eq!(
        hello,
        json!({"cardEntry": "hello", "versions": [1], "channel": channel.as_str()})
    );
    assert!(
        serde_json::from_value::<Hello>(hello)
            .unwrap()
            .supports_our_version()
    );
    let init =
        json!({"cardEntry": "init", "version": 1, "channel": channel.as_str(), "settings": {}});
    assert!(serde_json::from_value::<Init>(init.clone()).is_ok());
    assert!(serde_json::from_value::<Hello>(init).is_err());
    assert!(
        serde_json::from_value::<Init>(
            json!({"cardEntry": "init", "version": 1, "channel": "short"})
        )
        .is_err()
    );
}

proptest! {
    #[test]
    fn a_height_reads_as_it_was_written(height: u32) {
        let message = FromFrame::Height(Height { height });
        let body = message.write(serde_json::value::Serializer).unwrap();
        prop_assert_eq!(FromFrame::read("height", &body).unwrap(), Some(message));
    }

    #[test]
    fn reading_never_panics(kind in "[a-z_]{0,15}", text in ".{0,30}", number: f64) {
        for body in [json!(text), json!(number), json!({"attempt": number, "height": text}), json!([text])] {
            let _ = FromFrame::read(&kind, &body);
            let _ = ToFrame::read(&kind, &body);
        }
    }
}
