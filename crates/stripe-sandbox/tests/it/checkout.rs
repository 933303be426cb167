//! Tests of checkout sessions that are paid on the sandbox's page.

use crate::support::{ApiResponse, Bench, RequestParts, read};
use reqwest::Method;

const ITEM: [(&str, &str); 4] = [
    ("line_items[0][price_data][currency]", "usd"),
    ("line_items[0][price_data][unit_amount]", "1250"),
    (
        "line_items[0][price_data][product_data][name]",
        "Sauna, one hour",
    ),
    ("line_items[0][quantity]", "2"),
];
pub const SUCCESS: (&str, &str) = (
    "success_url",
    "https://shop.example/done?session={CHECKOUT_SESSION_ID}",
);
pub const CLOVER: &str = "2025-09-30.clover";

pub fn payment<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("mode", "payment")];
    form.extend(ITEM);
    form.extend(more);
    form
}

pub async fn create(bench: &Bench, version: &str, form: &[(&str, &str)]) -> ApiResponse {
    let headers = [("stripe-version", version)];
    let path = "/v1/checkout/sessions";
    bench
        .call_with(
            "sk_test_shop",
            Method::POST,
            path,
            RequestParts {
                form,
                headers: &headers,
            },
        )
        .await
}

pub async fn hosted(bench: &Bench, more: &[(&str, &str)]) -> ApiResponse {
    let mut form = payment(more);
    form.push(SUCCESS);
    create(bench, CLOVER, &form).await
}

async fn retrieve(bench: &Bench, id: &str, expand: &[&str]) -> ApiResponse {
    let form: Vec<(&str, &str)> = expand.iter().map(|path| ("expand[]", *path)).collect();
    bench
        .get(&format!("/v1/checkout/sessions/{id}"), &form)
        .await
}

/// Sends a request of the checkout page.
async fn send(bench: &Bench, id: &str, verb: &str, form: &[(&str, &str)]) -> ApiResponse {
    let url = format!("{}/sessions/{id}/{verb}", bench.origins().checkout);
    read(bench.http.post(url).form(form).send().await.unwrap()).await
}

pub async fn pay(bench: &Bench, id: &str, number: &str, more: &[(&str, &str)]) -> ApiResponse {
    let mut form = vec![
        ("email", "ann@example.org"),
        ("name", "Ann Lee"),
        ("number", number),
        ("exp_month", "12"),
        ("exp_year", "34"),
        ("cvc", "123"),
    ];
    form.extend(more);
    send(bench, id, "pay", &form).await
}

async fn events(bench: &Bench, kind: &str) -> usize {
    let answer = bench.get("/v1/events", &[("type", kind)]).await;
    answer.body["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_session_is_paid_once_and_an_event_is_recorded() {
    let bench = Bench::start().await;
    let made = hosted(&bench, &[("client_reference_id", "order 7")]).await;
    let id = made.id().to_owned();
    assert!(id.starts_with("cs_test_"), "{id}");
    assert_eq!(made.at("/status"), "open");
    assert_eq!(made.at("/payment_status"), "unpaid");
    assert_eq!(made.at("/ui_mode"), "hosted");
    assert_eq!(made.body["amount_total"], 2500);
    assert_eq!(made.at("/client_reference_id"), "order 7");
    let page = format!("{}/c/pay/{id}", bench.origins().checkout);
    assert_eq!(made.at("/url"), page);
    assert!(made.body["client_secret"].is_null());
    assert!(made.body["payment_intent"].is_null());

    let done = pay(&bench, &id, "4242424242424242", &[]).await;
    assert_eq!(done.at("/state"), "complete");
    let back = format!("https://shop.example/done?session={id}");
    assert_eq!(done.at("/url"), back);

    let after = retrieve(&bench, &id, &["payment_intent", "line_items"]).await;
    assert_eq!(after.at("/status"), "complete");
    assert_eq!(after.at("/payment_status"), "paid");
    assert!(after.body["url"].is_null());
    assert_eq!(after.at("/payment_intent/status"), "succeeded");
    assert_eq!(after.body["payment_intent"]["amount_received"], 2500);
    assert_eq!(after.at("/customer_details/email"), "ann@example.org");
    assert_eq!(
        after.at("/line_items/data/0/description"),
        "Sauna, one hour"
    );
    assert!(after.body["customer"].is_null());
    assert_eq!(events(&bench, "checkout.session.completed").await, 1);

    let again = pay(&bench, &id, "4242424242424242", &[]).await;
    assert_eq!(again.at("/state"), "complete");
    let intents = bench.get("/v1/payment_intents", &[]).await;
    assert_eq!(intents.body["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open_and_hides_the_reason() {
    let bench = Bench::start().await;
    let id = hosted(&bench, &[]).await.id().to_owned();
    let generic = pay(&bench, &id, "4000000000000002", &[]).await;
    assert_eq!(generic.at("/state"), "refused");
    for number in ["4000000000009987", "4000000000009979"] {
        assert_eq!(pay(&bench, &id, number, &[]).await.body, generic.body);
    }
    let poor = pay(&bench, &id, "4000000000009995", &[]).await;
    assert_eq!(poor.at("/message"), "Your card has insufficient funds.");
    assert_eq!(retrieve(&bench, &id, &[]).await.at("/status"), "open");
    let done = pay(&bench, &id, "4242424242424242", &[]).await;
    assert_eq!(done.at("/state"), "complete");
    let intents = bench.get("/v1/payment_intents", &[]).await;
    assert_eq!(intents.body["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_challenge_completes_the_session_without_a_return() {
    let bench = Bench::start().await;
    for (button, status) in [("complete", "complete"), ("fail", "open")] {
        let id = hosted(&bench, &[]).await.id().to_owned();
        let asked = pay(&bench, &id, "4000002760003184", &[]).await;
        assert_eq!(asked.at("/state"), "confirm");
        let source = asked.at("/url").rsplit('/').next().unwrap().to_owned();
        assert_eq!(bench.press(&source, button).await, 204);
        assert_eq!(retrieve(&bench, &id, &[]).await.at("/status"), status);
        if button == "fail" {
            let standing = send(&bench, &id, "open", &[]).await;
            let code = "payment_intent_authentication_failure";
            assert_eq!(standing.at("/code"), code);
        }
    }
}

#[tokio::test]
async fn a_setup_session_creates_a_customer_and_saves_the_card() {
    let bench = Bench::start().await;
    let form = [
        ("mode", "setup"),
        ("currency", "usd"),
        ("customer_creation", "always"),
        SUCCESS,
    ];
    let made = create(&bench, CLOVER, &form).await;
    let id = made.id().to_owned();
    assert!(made.at("/setup_intent").starts_with("seti_"));
    assert_eq!(made.at("/payment_status"), "no_payment_required");
    assert!(made.body["amount_total"].is_null());
    pay(&bench, &id, "4242424242424242", &[]).await;
    let after = retrieve(&bench, &id, &["setup_intent", "customer"]).await;
    assert_eq!(after.at("/status"), "complete");
    assert_eq!(after.at("/setup_intent/status"), "succeeded");
    assert_eq!(after.at("/customer/email"), "ann@example.org");
    let path = format!("/v1/customers/{}/payment_methods", after.at("/customer/id"));
    let cards = bench.get(&path, &[]).await;
    assert_eq!(
        cards.at("/data/0/id"),
        after.at("/setup_intent/payment_method")
    );
}

#[tokio::test]
async fn a_card_is_attached_to_the_customer_with_setup_future_usage() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let more = [
        ("customer", customer.as_str()),
        ("payment_intent_data[setup_future_usage]", "off_session"),
        ("payment_intent_data[metadata][order]", "7"),
    ];
    let made = hosted(&bench, &more).await;
    assert!(made.body["customer_creation"].is_null());
    pay(&bench, made.id(), "4242424242424242", &[]).await;
    let after = retrieve(&bench, made.id(), &["payment_intent"]).await;
    assert_eq!(after.at("/payment_intent/metadata/order"), "7");
    let path = format!("/v1/customers/{customer}/payment_methods");
    let cards = bench.get(&path, &[]).await;
    assert_eq!(cards.at("/data/0/card/last4"), "4242");
}

#[tokio::test]
async fn an_expired_session_accepts_no_payment() {
    let bench = Bench::start().await;
    let id = hosted(&bench, &[]).await.id().to_owned();
    pay(&bench, &id, "4000000000000002", &[]).await;
    let path = format!("/v1/checkout/sessions/{id}/expire");
    let expired = bench.post(&path, &[("expand[]", "payment_intent")]).await;
    assert_eq!(expired.at("/status"), "expired");
    assert!(expired.body["url"].is_null());
    assert_eq!(expired.at("/payment_intent/status"), "canceled");
    assert_eq!(events(&bench, "checkout.session.expired").await, 1);
    let late = pay(&bench, &id, "4242424242424242", &[]).await;
    assert_eq!(late.at("/state"), "expired");
    assert_eq!(bench.post(&path, &[]).await.status, 400);
    let done = hosted(&bench, &[]).await.id().to_owned();
    pay(&bench, &done, "4242424242424242", &[]).await;
    let refused = bench
        .post(&format!("/v1/checkout/sessions/{done}/expire"), &[])
        .await;
    assert_eq!(refused.status, 400);
    assert!(refused.at("/error/message").contains("complete"));
}

#[tokio::test]
async fn an_embedded_form_needs_the_client_secret_and_a_key_of_the_account() {
    let bench = Bench::start().await;
    let form = payment(&[("ui_mode", "embedded"), ("redirect_on_completion", "never")]);
    let made = create(&bench, CLOVER, &form).await;
    let (id, secret) = (made.id(), made.at("/client_secret"));
    let right = [("client_secret", secret), ("key", "pk_test_shop")];
    assert_eq!(send(&bench, id, "open", &right).await.at("/state"), "open");
    for wrong in [
        vec![],
        vec![("client_secret", "cs_test_x_secret_y"), right[1]],
        vec![right[0], ("key", "pk_test_other")],
        vec![right[0], right[1], ("account", "acct_1")],
    ] {
        let refused = pay(&bench, id, "4242424242424242", &wrong).await;
        assert_eq!(refused.status, 404);
    }
    let done = pay(&bench, id, "4242424242424242", &right).await;
    assert_eq!(done.at("/state"), "complete");
    assert!(done.body["url"].is_null());
}

#[tokio::test]
async fn another_origin_cannot_pay_and_hosted_pages_cannot_be_framed() {
    let bench = Bench::start().await;
    let made = hosted(&bench, &[]).await;
    let url = format!("{}/sessions/{}/pay", bench.origins().checkout, made.id());
    let sent = bench.http.post(url).header("origin", "http://evil.example");
    assert_eq!(sent.send().await.unwrap().status(), 403);
    let page = bench.http.get(made.at("/url")).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let browsers = bench
        .call("pk_test_shop", Method::GET, "/v1/checkout/sessions", &[])
        .await;
    assert_eq!(browsers.at("/error/code"), "secret_key_required");
}
