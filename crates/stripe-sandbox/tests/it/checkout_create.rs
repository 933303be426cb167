//! Tests of creating checkout sessions: valid combinations, and the names in each version.

use crate::checkout::{CLOVER, SUCCESS, create, hosted, pay, payment};
use crate::support::{Bench, RequestParts};
use reqwest::Method;

const DAHLIA: &str = "2026-03-25.dahlia";
const ENDIVE: &str = "2026-09-30.endive";

#[tokio::test]
async fn ui_modes_have_the_names_of_the_version() {
    let bench = Bench::start().await;
    for (version, hosted, embedded, elements) in [
        (CLOVER, "hosted", "embedded", "custom"),
        (DAHLIA, "hosted_page", "embedded_page", "elements"),
        (ENDIVE, "hosted_page", "embedded_page", "elements"),
    ] {
        let with_url = payment(&[SUCCESS]);
        let plain = create(&bench, version, &with_url).await;
        assert_eq!(plain.at("/ui_mode"), hosted);
        let back = ("return_url", "https://shop.example/back");
        for (name, last) in [(embedded, back), (elements, back)] {
            let made = create(&bench, version, &payment(&[("ui_mode", name), last])).await;
            assert_eq!(made.at("/ui_mode"), name, "{:?}", made.body);
            assert!(made.body["url"].is_null());
            let secret = made.at("/client_secret");
            assert!(secret.starts_with(&format!("{}_secret_", made.id())));
        }
    }
    for (version, wrong) in [
        (CLOVER, "hosted_page"),
        (DAHLIA, "hosted"),
        (ENDIVE, "custom"),
    ] {
        let form = payment(&[("ui_mode", wrong), SUCCESS]);
        let refused = create(&bench, version, &form).await;
        assert_eq!(refused.status, 400);
        assert_eq!(refused.at("/error/param"), "ui_mode");
    }
}

#[tokio::test]
async fn invalid_combinations_of_parameters_are_refused() {
    let bench = Bench::start().await;
    let back = ("return_url", "https://shop.example/back");
    let cancel = ("cancel_url", "https://shop.example/no");
    let customer = bench.customer().await;
    for (more, param) in [
        (vec![], "success_url"),
        (vec![SUCCESS, back], "return_url"),
        (
            vec![SUCCESS, ("redirect_on_completion", "never")],
            "redirect_on_completion",
        ),
        (vec![("ui_mode", "embedded"), back, cancel], "cancel_url"),
        (vec![("ui_mode", "embedded"), back, SUCCESS], "success_url"),
        (vec![("ui_mode", "embedded")], "return_url"),
        (
            vec![
                ("ui_mode", "embedded"),
                back,
                ("redirect_on_completion", "never"),
            ],
            "return_url",
        ),
        (vec![("ui_mode", "form"), back], "ui_mode"),
        (vec![("success_url", "/done")], "success_url"),
        (
            vec![SUCCESS, ("cancel_url", "javascript:alert(1)")],
            "cancel_url",
        ),
        (vec![SUCCESS, ("expires_at", "17")], "expires_at"),
        (vec![SUCCESS, ("expires_at", "99999999999")], "expires_at"),
        (vec![SUCCESS, ("locale", "tlh")], "locale"),
        (vec![SUCCESS, ("currency", "eur")], "currency"),
        (
            vec![SUCCESS, ("line_items[1][price]", "price_x")],
            "line_items[1][price]",
        ),
        (
            vec![SUCCESS, ("line_items[0][colour]", "red")],
            "line_items[0][colour]",
        ),
        (
            vec![
                SUCCESS,
                ("customer", &customer),
                ("customer_email", "a@b.example"),
            ],
            "customer_email",
        ),
        (
            vec![SUCCESS, ("setup_intent_data[description]", "x")],
            "setup_intent_data",
        ),
    ] {
        let refused = create(&bench, CLOVER, &payment(&more)).await;
        assert_eq!(
            (refused.status.as_u16(), refused.at("/error/param")),
            (400, param),
            "{:?}",
            refused.body
        );
    }
    let setup = create(&bench, CLOVER, &[("mode", "setup"), SUCCESS]).await;
    assert_eq!(setup.at("/error/param"), "currency");
    let gone = create(
        &bench,
        ENDIVE,
        &payment(&[SUCCESS, ("payment_method_types[]", "card")]),
    )
    .await;
    assert_eq!(
        gone.at("/error/code"),
        "payment_method_types_no_longer_supported"
    );
}

#[tokio::test]
async fn a_connected_account_has_its_own_sessions() {
    let bench = Bench::start().await;
    let form = payment(&[SUCCESS]);
    let connected = [("stripe-account", "acct_salon")];
    let path = "/v1/checkout/sessions";
    let made = bench
        .call_with(
            "sk_test_shop",
            Method::POST,
            path,
            RequestParts {
                form: &form,
                headers: &connected,
            },
        )
        .await;
    pay(&bench, made.id(), "4242424242424242", &[]).await;
    let path = format!("{path}/{}", made.id());
    assert_eq!(bench.get(&path, &[]).await.status, 404);
    let after = bench
        .call_with(
            "sk_test_shop",
            Method::GET,
            &path,
            RequestParts {
                form: &[],
                headers: &connected,
            },
        )
        .await;
    assert_eq!(after.at("/payment_status"), "paid");
}

#[tokio::test]
async fn sessions_and_line_items_are_listed_in_pages() {
    let bench = Bench::start().await;
    let first = hosted(&bench, &[]).await;
    let second = hosted(&bench, &[]).await;
    pay(&bench, first.id(), "4242424242424242", &[]).await;
    let all = bench.get("/v1/checkout/sessions", &[]).await;
    assert_eq!(all.at("/data/0/id"), second.id());
    let open = bench
        .get("/v1/checkout/sessions", &[("status", "open")])
        .await;
    assert_eq!(open.body["data"].as_array().unwrap().len(), 1);
    let items = format!("/v1/checkout/sessions/{}/line_items", first.id());
    let items = bench.get(&items, &[]).await;
    assert_eq!(items.body["data"][0]["amount_total"], 2500);
    assert_eq!(items.body["data"][0]["price"]["unit_amount"], 1250);
    let with = [("expand[]", "data.line_items")];
    let with = bench.get("/v1/checkout/sessions", &with).await;
    assert_eq!(with.body["data"][0]["line_items"]["object"], "list");
}
