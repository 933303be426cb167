//! Tests of Terminal: connection tokens, locations, and the commands of the simulated reader.

use crate::support::{ApiResponse, Bench, read};
use reqwest::Method;
use serde_json::json;

async fn command(bench: &Bench, name: &str, form: &[(&str, &str)]) -> ApiResponse {
    let url = format!("{}/{name}", bench.origins().terminal_reader());
    let sent = bench.http.post(url).form(form);
    read(
        sent.header("origin", "https://till.example")
            .send()
            .await
            .unwrap(),
    )
    .await
}

async fn token(bench: &Bench, more: &[(&str, &str)]) -> String {
    let made = bench.post("/v1/terminal/connection_tokens", more).await;
    assert_eq!(made.at("/object"), "terminal.connection_token");
    made.at("/secret").to_owned()
}

async fn connect(bench: &Bench) -> String {
    let token = token(bench, &[]).await;
    let answer = command(bench, "connect", &[("token", &token)]).await;
    answer.at("/session").to_owned()
}

async fn intent(bench: &Bench, more: &[(&str, &str)]) -> ApiResponse {
    let mut form = vec![
        ("amount", "1299"),
        ("currency", "usd"),
        ("payment_method_types[]", "card_present"),
        ("capture_method", "manual"),
    ];
    form.extend(more);
    bench.post("/v1/payment_intents", &form).await
}

/// Collects a card for the intent and processes it.
async fn pay(
    bench: &Bench,
    session: &str,
    intent: &ApiResponse,
    more: &[(&str, &str)],
) -> ApiResponse {
    let mut form = vec![
        ("session", session),
        ("client_secret", intent.at("/client_secret")),
    ];
    form.extend(more);
    let read = command(bench, "collect", &form).await;
    if read.body.get("paymentIntent").is_none() {
        return read;
    }
    let form = [("session", session), ("payment_intent", intent.id())];
    command(bench, "process", &form).await
}

#[tokio::test]
async fn locations_are_created_retrieved_and_listed() {
    let bench = Bench::start().await;
    let form = [
        ("display_name", "Harbour sauna"),
        ("address[country]", "SE"),
        ("address[city]", "Malmö"),
    ];
    let made = bench.post("/v1/terminal/locations", &form).await;
    assert!(made.id().starts_with("tml_"));
    assert_eq!(made.at("/address/city"), "Malmö");
    let path = format!("/v1/terminal/locations/{}", made.id());
    assert_eq!(bench.get(&path, &[]).await.body, made.body);
    let listed = bench.get("/v1/terminal/locations", &[]).await;
    assert_eq!(listed.body["data"], json!([made.body]));
    let nowhere = bench.post("/v1/terminal/locations", &form[..1]).await;
    assert_eq!(nowhere.at("/error/param"), "address[country]");
}

#[tokio::test]
async fn connection_tokens_are_for_servers_and_valid_once() {
    let bench = Bench::start().await;
    let path = "/v1/terminal/connection_tokens";
    let browser = bench.call("pk_test_shop", Method::POST, path, &[]).await;
    assert_eq!(browser.at("/error/code"), "secret_key_required");
    let missing = bench.post(path, &[("location", "tml_none")]).await;
    assert_eq!(missing.error_codes().0, 404);
    let token = token(&bench, &[]).await;
    assert!(token.starts_with("pst_test_"), "{token}");
    let first = command(&bench, "connect", &[("token", &token)]).await;
    assert!(first.at("/session").starts_with("rdr_"));
    assert_eq!(
        first.headers["access-control-allow-origin"],
        "https://till.example"
    );
    let again = command(&bench, "connect", &[("token", &token)]).await;
    assert_eq!(again.at("/error/code"), "failed_fetch_connection_token");
}

#[tokio::test]
async fn the_reader_has_one_connection_at_a_time() {
    let bench = Bench::start().await;
    let first = connect(&bench).await;
    let token = token(&bench, &[]).await;
    let polite = [("token", token.as_str()), ("fail_if_in_use", "true")];
    let refused = command(&bench, "connect", &polite).await;
    assert_eq!(refused.at("/error/code"), "reader_error");
    let second = connect(&bench).await;
    for (session, gone) in [(&first, true), (&second, false)] {
        let alive = command(&bench, "alive", &[("session", session)]).await;
        assert_eq!(alive.body["gone"], gone);
    }
    let made = intent(&bench, &[]).await;
    assert_eq!(pay(&bench, &first, &made, &[]).await.body["gone"], true);
    command(&bench, "disconnect", &[("session", &second)]).await;
    let alive = command(&bench, "alive", &[("session", &second)]).await;
    assert_eq!(alive.body["gone"], true);
}

#[tokio::test]
async fn a_card_is_collected_processed_and_captured() {
    let bench = Bench::start().await;
    let session = connect(&bench).await;
    let made = intent(&bench, &[]).await;
    let paid = pay(&bench, &session, &made, &[]).await;
    assert_eq!(
        paid.at("/paymentIntent/status"),
        "requires_capture",
        "{:?}",
        paid.body
    );
    let path = format!(
        "/v1/payment_methods/{}",
        paid.at("/paymentIntent/payment_method")
    );
    let card = bench.get(&path, &[]).await;
    assert_eq!(card.at("/type"), "card_present");
    assert_eq!(card.at("/card_present/read_method"), "contact_emv");
    assert!(card.body.get("card").is_none());
    let path = format!("/v1/payment_intents/{}/capture", made.id());
    let captured = bench.post(&path, &[("amount_to_capture", "1000")]).await;
    assert_eq!(captured.at("/status"), "succeeded");
    assert_eq!(captured.body["amount_received"], 1000);
    let again = pay(&bench, &session, &made, &[]).await;
    assert_eq!(again.at("/error/code"), "payment_intent_unexpected_state");
}

#[tokio::test]
async fn the_simulator_decides_which_card_is_presented() {
    let bench = Bench::start().await;
    let session = connect(&bench).await;
    for (name, value, reason) in [
        ("card", "charge_declined", "generic_decline"),
        ("card", "charge_declined_lost_card", "lost_card"),
        ("number", "4000000000009995", "insufficient_funds"),
    ] {
        let made = intent(&bench, &[]).await;
        let refused = pay(&bench, &session, &made, &[(name, value)]).await;
        assert_eq!(
            refused.at("/error/decline_code"),
            reason,
            "{:?}",
            refused.body
        );
        let after = bench
            .get(&format!("/v1/payment_intents/{}", made.id()), &[])
            .await;
        assert_eq!(after.at("/status"), "requires_payment_method");
    }
    let made = intent(&bench, &[]).await;
    let unknown = pay(&bench, &session, &made, &[("card", "plastic")]).await;
    assert_eq!(unknown.at("/error/param"), "testPaymentMethod");
    let real = pay(&bench, &session, &made, &[("number", "4111111111111111")]).await;
    assert_eq!(real.at("/error/decline_code"), "test_mode_live_card");
}

#[tokio::test]
async fn a_tip_is_added_once() {
    let bench = Bench::start().await;
    let session = connect(&bench).await;
    let made = intent(&bench, &[]).await;
    let tip = [("tip", "200"), ("card", "charge_declined")];
    pay(&bench, &session, &made, &tip).await;
    let paid = pay(&bench, &session, &made, &[("tip", "150")]).await;
    assert_eq!(paid.body["paymentIntent"]["amount"], 1449);
    let tip = &paid.body["paymentIntent"]["amount_details"]["tip"];
    assert_eq!(tip, &json!({ "amount": 150 }));
}

#[tokio::test]
async fn faults_apply_to_their_commands() {
    let bench = Bench::start().await;
    let session = connect(&bench).await;
    let made = intent(&bench, &[]).await;
    let fault = |what: &str| json!({ "on": "terminal", "do": what, "times": 1 });
    bench.fault("sk_test_shop", fault("never_presented")).await;
    assert_eq!(
        pay(&bench, &session, &made, &[]).await.body["waiting"],
        true
    );
    bench.fault("sk_test_shop", fault("network_error")).await;
    let unreached = pay(&bench, &session, &made, &[]).await;
    assert_eq!(unreached.at("/error/code"), "network_error");
    bench.fault("sk_test_shop", fault("decline")).await;
    let refused = pay(&bench, &session, &made, &[]).await;
    assert_eq!(refused.at("/error/code"), "card_declined");
    bench.fault("sk_test_shop", fault("lost")).await;
    assert_eq!(pay(&bench, &session, &made, &[]).await.body["lost"], true);
    let alive = command(&bench, "alive", &[("session", &session)]).await;
    assert_eq!(alive.body["gone"], true);
}
