//! Tests of 3D Secure: which cards need a challenge, and what each result leads to.

use crate::support::{ApiResponse, Bench, read};

fn source(confirmed: &ApiResponse) -> String {
    assert_eq!(
        confirmed.at("/status"),
        "requires_action",
        "{:?}",
        confirmed.body
    );
    assert_eq!(confirmed.at("/next_action/type"), "use_stripe_sdk");
    confirmed
        .at("/next_action/use_stripe_sdk/source")
        .to_owned()
}

#[tokio::test]
async fn completing_the_challenge_saves_the_card() {
    let bench = Bench::start().await;
    for number in [
        "4000002500003155",
        "4000002760003184",
        "4000008260003178",
        "4000000000003220",
    ] {
        let customer = bench.customer().await;
        let (confirmed, after) = bench.set_up(&customer, number).await;
        let source = source(&confirmed);
        assert_eq!(after.at("/status"), "requires_action");
        assert_eq!(bench.press(&source, "complete").await, 204);
        let settled = bench
            .get(&format!("/v1/setup_intents/{}", after.id()), &[])
            .await;
        assert_eq!(settled.at("/status"), "succeeded", "{number}");
        let method = bench
            .get(
                &format!("/v1/payment_methods/{}", settled.at("/payment_method")),
                &[],
            )
            .await;
        assert_eq!(method.at("/customer"), customer);
    }
}

#[tokio::test]
async fn failing_or_closing_the_challenge_fails_the_setup() {
    let bench = Bench::start().await;
    for button in ["fail", "close"] {
        let customer = bench.customer().await;
        let (confirmed, after) = bench.set_up(&customer, "4000002500003155").await;
        assert_eq!(bench.press(&source(&confirmed), button).await, 204);
        let settled = bench
            .get(&format!("/v1/setup_intents/{}", after.id()), &[])
            .await;
        assert_eq!(settled.at("/status"), "requires_payment_method");
        assert_eq!(
            settled.at("/last_setup_error/code"),
            "setup_intent_authentication_failure"
        );
        assert!(
            settled
                .at("/last_setup_error/payment_method/id")
                .starts_with("pm_")
        );

        let card = bench.card("4242424242424242").await;
        let path = format!("/v1/setup_intents/{}/confirm", after.id());
        let again = bench.post(&path, &[("payment_method", card.id())]).await;
        assert_eq!(again.at("/status"), "succeeded");
    }
}

#[tokio::test]
async fn a_card_can_be_declined_after_the_challenge() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let (confirmed, after) = bench.set_up(&customer, "4000008400001629").await;
    bench.press(&source(&confirmed), "complete").await;
    let settled = bench
        .get(&format!("/v1/setup_intents/{}", after.id()), &[])
        .await;
    assert_eq!(settled.at("/status"), "requires_payment_method");
    assert_eq!(settled.at("/last_setup_error/code"), "card_declined");
}

#[tokio::test]
async fn optional_authentication_happens_on_request_only() {
    let bench = Bench::start().await;
    let asked = (
        "payment_method_options[card][request_three_d_secure]",
        "any",
    );
    for (method, status) in [
        ("pm_card_threeDSecureOptional", "requires_action"),
        ("pm_card_visa", "succeeded"),
    ] {
        let made = bench
            .post(
                "/v1/setup_intents",
                &[("payment_method", method), ("confirm", "true"), asked],
            )
            .await;
        assert_eq!(made.at("/status"), status);
    }
    let broken = [
        (
            "payment_method",
            "pm_card_threeDSecureOptionalProcessingError",
        ),
        ("confirm", "true"),
        asked,
    ];
    assert_eq!(
        bench.post("/v1/setup_intents", &broken).await.error_codes(),
        (402, "processing_error", "processing_error")
    );
}

#[tokio::test]
async fn a_challenge_ends_once() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let (confirmed, after) = bench.set_up(&customer, "4000002500003155").await;
    let source = source(&confirmed);
    assert_eq!(bench.press(&source, "nonsense").await, 404);
    assert_eq!(bench.press(&source, "fail").await, 204);
    assert_eq!(bench.press(&source, "complete").await, 410);
    assert_eq!(bench.press("src_unknown", "complete").await, 410);
    let settled = bench
        .get(&format!("/v1/setup_intents/{}", after.id()), &[])
        .await;
    assert_eq!(settled.at("/status"), "requires_payment_method");
}

#[tokio::test]
async fn an_older_challenge_of_the_same_intent_is_over() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let (first, after) = bench.set_up(&customer, "4000002500003155").await;
    let card = bench.card("4000002760003184").await;
    let path = format!("/v1/setup_intents/{}/confirm", after.id());
    let second = bench
        .post(
            &path,
            &[("payment_method", card.id()), ("use_stripe_sdk", "true")],
        )
        .await;
    assert_eq!(bench.press(&source(&first), "complete").await, 410);
    assert_eq!(bench.press(&source(&second), "complete").await, 204);
}

#[tokio::test]
async fn another_origin_cannot_end_the_challenge() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let (confirmed, _) = bench.set_up(&customer, "4000002500003155").await;
    let url = format!(
        "{}/challenge/{}/complete",
        bench.origins().hooks,
        source(&confirmed)
    );
    let answer = bench
        .http
        .post(url)
        .header("origin", "http://evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
}

#[tokio::test]
async fn the_challenge_redirects_to_the_return_url_of_the_server() {
    let bench = Bench::start().await;
    for (button, method, went) in [
        ("complete", "pm_card_authenticationRequired", "succeeded"),
        ("fail", "pm_card_authenticationRequired", "failed"),
        ("close", "pm_card_threeDSecure2Required", "failed"),
    ] {
        let form = [
            ("payment_method", method),
            ("confirm", "true"),
            ("return_url", "https://shop.example/back?order=7#card"),
        ];
        let made = bench.post("/v1/setup_intents", &form).await;
        assert_eq!(made.at("/next_action/type"), "redirect_to_url");
        let url = made.at("/next_action/redirect_to_url/url");
        let page = bench
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        let source = url.rsplit('/').next().unwrap();
        let way = format!("/redirect/back/{source}");
        assert!(page.contains(&way) && !page.contains("_secret_"), "{page}");

        let back = format!("{}{way}", bench.origins().hooks);
        let early = read(bench.quiet.get(&back).send().await.unwrap()).await;
        assert!(
            early.headers["location"]
                .to_str()
                .unwrap()
                .contains("redirect_status=pending")
        );
        assert_eq!(bench.press(source, button).await, 204);
        let sent = read(bench.quiet.get(&back).send().await.unwrap()).await;
        let wanted = format!(
            "https://shop.example/back?order=7&setup_intent={}&setup_intent_client_secret={}&redirect_status={went}#card",
            made.id(),
            made.at("/client_secret")
        );
        assert_eq!(sent.status, 303);
        assert_eq!(sent.headers["location"], wanted.as_str());
        let over = bench
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(over.contains("Nothing to confirm") && over.contains(&way));
    }
}

#[tokio::test]
async fn without_a_return_url_there_is_no_redirect() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let (confirmed, _) = bench.set_up(&customer, "4000002500003155").await;
    for source in [source(&confirmed).as_str(), "src_unknown"] {
        let url = format!("{}/redirect/back/{source}", bench.origins().hooks);
        assert_eq!(bench.quiet.get(url).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn the_bank_page_shows_card_and_amount() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "1505"),
        ("currency", "usd"),
        ("payment_method", "pm_card_authenticationRequired"),
        ("confirm", "true"),
    ];
    let made = bench.post("/v1/payment_intents", &form).await;
    let source = source(&made);
    let url = format!("{}/challenge/{source}", bench.origins().hooks);
    let page = bench
        .http
        .get(&url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        page.contains("15.05 USD") && page.contains("ending in </span>3184"),
        "{page}"
    );
    let waiting = bench.http.get(format!("{url}/wait")).send().await.unwrap();
    assert!(!waiting.text().await.unwrap().contains("<button"));
    assert_eq!(bench.press(&source, "complete").await, 204);
}
