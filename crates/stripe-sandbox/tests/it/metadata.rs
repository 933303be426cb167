//! Tests of metadata: emptying it, and its limits.

use crate::support::Bench;
use serde_json::{Value, json};

#[tokio::test]
async fn metadata_is_emptied_by_an_empty_value() {
    let bench = Bench::start().await;
    let kept = [
        ("metadata[a]", "1"),
        ("metadata[b]", "2"),
        ("metadata[c]", ""),
    ];
    let pay = [("amount", "500"), ("currency", "usd")];
    let ann = bench.customer().await;
    let attach = [("customer", ann.as_str())];
    let method = bench
        .post("/v1/payment_methods/pm_card_visa/attach", &attach)
        .await;
    let method = format!("/v1/payment_methods/{}", method.id());
    for (path, more, update) in [
        ("/v1/customers", &[][..], None),
        ("/v1/setup_intents", &[][..], None),
        ("/v1/payment_intents", &pay[..], None),
        ("", &[][..], Some(method)),
    ] {
        let update = match update {
            Some(path) => path,
            None => format!("{path}/{}", bench.post(path, more).await.id()),
        };
        assert_eq!(
            bench.post(&update, &kept).await.body["metadata"],
            json!({ "a": "1", "b": "2" })
        );
        let one = bench.post(&update, &[("metadata[a]", "")]).await;
        assert_eq!(one.body["metadata"], json!({ "b": "2" }), "{update}");
        let none = bench.post(&update, &[("metadata", "")]).await;
        assert_eq!(none.body["metadata"], json!({}), "{update}");
        let anew = bench
            .post(&update, &[("metadata", ""), ("metadata[d]", "4")])
            .await;
        assert_eq!(anew.body["metadata"], json!({ "d": "4" }), "{update}");
    }
    let path = format!("/v1/customers/{ann}");
    let there = [("address[city]", "Oslo"), ("shipping[name]", "Ann")];
    assert_eq!(bench.post(&path, &there).await.at("/address/city"), "Oslo");
    let gone = bench
        .post(&path, &[("address", ""), ("shipping", "")])
        .await;
    assert_eq!(
        (&gone.body["address"], &gone.body["shipping"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn metadata_beyond_the_limits_is_refused_and_changes_nothing() {
    let bench = Bench::start().await;
    let (long_key, long_value) = ("k".repeat(41), "å".repeat(501));
    let fits = [
        ("metadata[fits]", "å".repeat(500)),
        (&format!("metadata[{}]", "k".repeat(40)), "1".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let fits: Vec<(&str, &str)> = fits.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let ann = bench.post("/v1/customers", &fits).await;
    let path = format!("/v1/customers/{}", ann.id());
    let long_key = format!("metadata[{long_key}]");
    let many: Vec<String> = (0..49).map(|n| format!("metadata[m{n}]")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    for (form, words) in [
        (
            &[(long_key.as_str(), "1"), ("name", "Bea")][..],
            "up to 40 characters, but you passed in a key that is 41",
        ),
        (
            &[("metadata[v]", long_value.as_str()), ("name", "Bea")][..],
            "up to 500 characters, but you passed in a value that is 501",
        ),
        (&many[..], "up to 50 keys, but this object would have 51"),
    ] {
        let refused = bench.post(&path, form).await;
        assert_eq!(
            (refused.status.as_u16(), refused.at("/error/param")),
            (400, "metadata")
        );
        assert!(
            refused.at("/error/message").contains(words),
            "{:?}",
            refused.body
        );
        assert_eq!(bench.get(&path, &[]).await.body, ann.body);
    }
    assert_eq!(
        bench.post(&path, &many[1..]).await.body["metadata"]
            .as_object()
            .unwrap()
            .len(),
        50
    );
    for (path, form) in [
        ("/v1/setup_intents", vec![(long_key.as_str(), "1")]),
        (
            "/v1/payment_methods",
            vec![
                ("type", "card"),
                ("card[token]", "tok_visa"),
                (long_key.as_str(), "1"),
            ],
        ),
    ] {
        let refused = bench.post(path, &form).await;
        assert_eq!(
            (refused.status.as_u16(), refused.at("/error/param")),
            (400, "metadata"),
            "{path}"
        );
    }
    assert_eq!(
        bench.get("/v1/setup_intents", &[]).await.body["data"],
        json!([])
    );
}
