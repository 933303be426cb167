//! Tests of what each status of a PaymentIntent allows.

use crate::support::{ApiResponse, Bench};
use reqwest::Method;

async fn make(bench: &Bench, more: &[(&str, &str)]) -> ApiResponse {
    let mut form = vec![("amount", "1250"), ("currency", "usd")];
    form.extend_from_slice(more);
    bench.post("/v1/payment_intents", &form).await
}

#[tokio::test]
async fn an_open_intent_can_be_updated_and_a_final_one_only_described() {
    let bench = Bench::start().await;
    let made = make(&bench, &[]).await;
    let path = format!("/v1/payment_intents/{}", made.id());
    assert_eq!(
        bench
            .post(&format!("{path}/confirm"), &[])
            .await
            .error_codes(),
        (400, "payment_intent_unexpected_state", "")
    );
    let form = [
        ("amount", "900"),
        ("payment_method", "pm_card_visa"),
        ("metadata[a]", "b"),
    ];
    let changed = bench.post(&path, &form).await;
    assert_eq!(
        (
            changed.at("/status"),
            changed.body["amount"].as_u64(),
            changed.at("/metadata/a")
        ),
        ("requires_confirmation", Some(900), "b")
    );
    let paid = bench.post(&format!("{path}/confirm"), &[]).await;
    assert_eq!(paid.body["amount_received"], 900);
    let late = bench.post(&path, &[("amount", "100")]).await;
    assert_eq!(
        late.error_codes(),
        (400, "payment_intent_unexpected_state", "")
    );
    let noted = bench.post(&path, &[("description", "done")]).await;
    assert_eq!(noted.at("/description"), "done");
}

#[tokio::test]
async fn confirmation_parameters_are_refused_without_confirm() {
    let bench = Bench::start().await;
    for form in [
        ("off_session", "true"),
        ("return_url", "https://x.example"),
        ("error_on_requires_action", "true"),
    ] {
        let refused = make(&bench, &[form]).await;
        assert_eq!(
            (refused.status.as_u16(), refused.at("/error/param")),
            (400, form.0)
        );
    }
}

#[tokio::test]
async fn error_on_requires_action_returns_an_error_instead_of_a_challenge() {
    let bench = Bench::start().await;
    let form = [
        ("payment_method", "pm_card_threeDSecure2Required"),
        ("confirm", "true"),
        ("error_on_requires_action", "true"),
    ];
    let refused = make(&bench, &form).await;
    assert_eq!(
        refused.error_codes(),
        (402, "authentication_required", "authentication_required")
    );
    assert_eq!(
        refused.at("/error/payment_intent/status"),
        "requires_payment_method"
    );
}

#[tokio::test]
async fn with_manual_confirmation_only_a_server_confirms() {
    let bench = Bench::start().await;
    let form = [
        ("payment_method", "pm_card_threeDSecure2Required"),
        ("confirmation_method", "manual"),
        ("use_stripe_sdk", "true"),
        ("confirm", "true"),
    ];
    let waiting = make(&bench, &form).await;
    let source = waiting.at("/next_action/use_stripe_sdk/source");
    assert_eq!(bench.press(source, "complete").await, 204);
    let path = format!("/v1/payment_intents/{}", waiting.id());
    assert_eq!(
        bench.get(&path, &[]).await.at("/status"),
        "requires_confirmation"
    );
    let confirm = format!("{path}/confirm");
    let secret = [("client_secret", waiting.at("/client_secret"))];
    let browser = bench
        .call("pk_test_shop", Method::POST, &confirm, &secret)
        .await;
    assert_eq!(
        browser.error_codes(),
        (400, "payment_intent_unexpected_state", "")
    );
    assert_eq!(bench.post(&confirm, &[]).await.at("/status"), "succeeded");
}

#[tokio::test]
async fn automatic_payment_methods_need_a_return_url_from_a_server() {
    let bench = Bench::start().await;
    let automatic = ("automatic_payment_methods[enabled]", "true");
    let base = [
        automatic,
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
    ];
    let refused = make(&bench, &base).await;
    assert_eq!(
        (refused.status.as_u16(), refused.at("/error/param")),
        (400, "return_url")
    );
    let mut form = base.to_vec();
    form.push(("automatic_payment_methods[allow_redirects]", "never"));
    assert_eq!(make(&bench, &form).await.at("/status"), "succeeded");
    let both = [automatic, ("payment_method_types[]", "card")];
    assert_eq!(
        make(&bench, &both).await.error_codes(),
        (400, "parameters_exclusive", "")
    );
}

#[tokio::test]
async fn the_last_error_has_a_server_view_and_a_browser_view() {
    let bench = Bench::start().await;
    let form = [
        ("payment_method", "pm_card_chargeDeclined"),
        ("confirm", "true"),
    ];
    let refused = make(&bench, &form).await;
    let id = refused.at("/error/payment_intent/id");
    let path = format!("/v1/payment_intents/{id}");
    let server = bench.get(&path, &[]).await;
    assert_eq!(
        server
            .at("/last_payment_error/payment_method/card/fingerprint")
            .len(),
        16
    );
    let secret = [("client_secret", server.at("/client_secret"))];
    let browser = bench
        .call("pk_test_shop", Method::GET, &path, &secret)
        .await;
    assert_eq!(browser.at("/last_payment_error/code"), "card_declined");
    assert_eq!(
        browser.at("/last_payment_error/payment_method/card/fingerprint"),
        ""
    );
}
