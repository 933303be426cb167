//! What other people's libraries send of habit, and Stripe takes: stripe-python's booleans, dj-stripe's `sources`,
//! Laravel Cashier's ready-made ids, and metadata that is emptied.

use crate::support::Bench;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn python_prints_its_booleans_with_a_capital() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("automatic_payment_methods[enabled]", "True"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "True"),
        ("off_session", "False"),
        ("return_url", "https://example.org/"),
    ];
    let paid = bench.post("/v1/payment_intents", &form).await;
    assert_eq!(paid.at("/status"), "succeeded", "{:?}", paid.body);
    assert_eq!(paid.body["automatic_payment_methods"]["enabled"], true);
    // `off_session=False` is somebody who is there: without a return URL it is refused, as `false` is.
    for there in ["False", "false"] {
        let form: Vec<_> = form
            .iter()
            .filter(|(name, _)| *name != "return_url")
            .map(|(name, value)| {
                (
                    *name,
                    if *name == "off_session" {
                        there
                    } else {
                        *value
                    },
                )
            })
            .collect();
        let refused = bench.post("/v1/payment_intents", &form).await;
        assert_eq!(refused.at("/error/param"), "return_url", "{there}");
    }
    let odd = [("amount", "500"), ("currency", "usd"), ("confirm", "TRUE!")];
    let refused = bench.post("/v1/payment_intents", &odd).await;
    assert_eq!(refused.at("/error/message"), "Invalid boolean: TRUE!");
}

#[tokio::test]
async fn a_customers_lists_are_there_when_they_are_asked_for() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    assert!(bench.get(&path, &[]).await.body.get("sources").is_none());
    for list in ["sources", "subscriptions", "tax_ids"] {
        let seen = bench.get(&path, &[("expand[]", list)]).await;
        let url = format!("{path}/{list}");
        let empty = json!({ "object": "list", "data": [], "has_more": false, "url": url });
        assert_eq!(seen.body[list], empty);
    }
    let listed = bench
        .get("/v1/customers", &[("expand[]", "data.sources")])
        .await;
    assert_eq!(listed.at("/data/0/sources/object"), "list");
    let made = bench
        .post("/v1/customers", &[("expand[]", "sources")])
        .await;
    assert_eq!(made.at("/sources/object"), "list");
}

#[tokio::test]
async fn a_charges_refunds_are_there_when_they_are_asked_for() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
    ];
    let paid = bench.post("/v1/payment_intents", &form).await;
    let charge = paid.at("/latest_charge");
    let refund = bench
        .post("/v1/refunds", &[("charge", charge), ("amount", "200")])
        .await;
    let seen = bench
        .get(&format!("/v1/charges/{charge}"), &[("expand[]", "refunds")])
        .await;
    assert_eq!(seen.at("/refunds/data/0/id"), refund.id());
    assert_eq!(seen.body["refunds"]["has_more"], false);
}

#[tokio::test]
async fn a_ready_made_id_works_wherever_an_id_may_stand() {
    let bench = Bench::start().await;
    let seen = bench.get("/v1/payment_methods/pm_card_visa", &[]).await;
    assert!(seen.id().starts_with("pm_") && seen.id() != "pm_card_visa");
    assert_eq!(seen.at("/card/last4"), "4242");
    let again = bench
        .get(&format!("/v1/payment_methods/{}", seen.id()), &[])
        .await;
    assert_eq!(again.body, seen.body);

    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    let default = (
        "invoice_settings[default_payment_method]",
        "pm_card_mastercard",
    );
    let changed = bench.post(&path, &[default]).await;
    let method = changed.at("/invoice_settings/default_payment_method");
    let kept = bench
        .get(&format!("/v1/payment_methods/{method}"), &[])
        .await;
    assert_eq!(
        (kept.at("/customer"), kept.at("/card/brand")),
        (ann.as_str(), "mastercard")
    );
    let made = bench.post("/v1/customers", &[default]).await;
    let method = made.at("/invoice_settings/default_payment_method");
    let kept = bench
        .get(&format!("/v1/payment_methods/{method}"), &[])
        .await;
    assert_eq!(kept.at("/customer"), made.id());
    let declined = [(
        "invoice_settings[default_payment_method]",
        "pm_card_chargeDeclined",
    )];
    assert_eq!(
        bench.post(&path, &declined).await.refusal(),
        (402, "card_declined", "generic_decline")
    );

    for (calls, refusal) in [
        (
            "/v1/payment_methods/pm_card_visa/detach",
            "is not attached to a customer",
        ),
        (
            "/v1/payment_methods/pm_card_visa",
            "You must save this PaymentMethod",
        ),
    ] {
        let refused = bench.post(calls, &[]).await;
        assert!(
            refused.at("/error/message").contains(refusal),
            "{:?}",
            refused.body
        );
    }
    let of = bench
        .get(&format!("{path}/payment_methods/pm_card_visa"), &[])
        .await;
    assert_eq!(of.refusal(), (400, "resource_missing", ""));
    let token = bench.get("/v1/tokens/tok_visa", &[]).await;
    assert_eq!(token.at("/card/last4"), "4242");
    let form = [("type", "card"), ("card[token]", token.id())];
    assert_eq!(
        bench
            .post("/v1/payment_methods", &form)
            .await
            .at("/card/last4"),
        "4242"
    );
    let helper = [("payment_method", "pm_card_visa")];
    let ctoken = bench
        .post("/v1/test_helpers/confirmation_tokens", &helper)
        .await;
    assert_eq!(ctoken.at("/payment_method_preview/card/last4"), "4242");
}

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
async fn metadata_has_its_limits_and_what_is_beyond_changes_nothing() {
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

#[tokio::test]
async fn what_is_not_modelled_says_so_in_one_form_and_stripes_own_refusals_keep_their_words() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    for (method, path, form, status, theirs) in [
        (
            Method::GET,
            "/v1/invoices",
            vec![],
            404,
            "Unrecognized request URL (GET: /v1/invoices).",
        ),
        (
            Method::POST,
            "/v2/core/accounts",
            vec![],
            404,
            "Unrecognized request URL (POST: /v2/core/accounts).",
        ),
        (
            Method::POST,
            path.as_str(),
            vec![("balance", "5")],
            400,
            "Received unknown parameter: balance",
        ),
        (
            Method::GET,
            path.as_str(),
            vec![("expand[]", "cash_balance")],
            400,
            "This property cannot be expanded (cash_balance).",
        ),
    ] {
        let refused = bench.call("sk_test_shop", method, path, &form).await;
        let words = refused.at("/error/message");
        assert_eq!(refused.status.as_u16(), status, "{words}");
        assert!(words.starts_with("The sandbox does not model "), "{words}");
        assert!(words.ends_with(theirs), "{words}");
    }
    for (form, kind) in [
        (vec![("type", "sepa_debit")], "/v1/payment_methods"),
        (
            vec![("payment_method_types[]", "ideal")],
            "/v1/setup_intents",
        ),
        (vec![("bank_account[country]", "US")], "/v1/tokens"),
    ] {
        let refused = bench.post(kind, &form).await;
        assert!(
            refused
                .at("/error/message")
                .starts_with("The sandbox does not model "),
            "{:?}",
            refused.body
        );
    }
    let plain = bench.get(&path, &[("expand[]", "email")]).await;
    assert_eq!(
        plain.at("/error/message"),
        "This property cannot be expanded (email)."
    );
    let nowhere = bench.get("/customers", &[]).await;
    assert_eq!(
        nowhere.at("/error/message"),
        "Unrecognized request URL (GET: /customers)."
    );
}
