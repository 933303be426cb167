//! A save without a companion, and one that keeps nothing for later.

use super::support::{Page, js, json, until};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_plain_listener_gets_the_how_to_s_message_and_the_person_the_truth() {
    let page = Page::plain("");
    page.until_phase("ready").await;
    js("fake.answers.createPaymentMethod = () => fake.method(); fake.complete()");
    page.click("#save");
    page.until_phase("saved").await;
    until("told", || {
        page.inbox().iter().any(|m| m["isStripeCallback"] == true)
    })
    .await;
    let message = page
        .inbox()
        .into_iter()
        .find(|m| m["isStripeCallback"] == true)
        .unwrap();
    assert_eq!(
        (&message["id"], &message["setup"]),
        (&"pm_12345678".into(), &json!(null))
    );
    assert_eq!(message["card"]["exp_year"], 2034);
    assert_eq!(
        page.text("#status"),
        "Your card details were sent to the booking site."
    );
    page.click("#another");
    page.until_phase("ready").await;
    assert_eq!(json("fake.elements.reduce((n, e) => n + e.cleared, 0)"), 3);
}

#[wasm_bindgen_test]
async fn a_plain_listener_is_told_a_failure_without_a_card() {
    let page = Page::plain("");
    page.until_phase("ready").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.error('card_error', 'incorrect_number'); fake.complete()",
    );
    page.click("#save");
    until("told", || {
        page.inbox().iter().any(|m| m["isStripeCallback"] == true)
    })
    .await;
    let message = page
        .inbox()
        .into_iter()
        .find(|m| m["isStripeCallback"] == true)
        .unwrap();
    assert_eq!(message["error"]["code"], "incorrect_number");
    assert!(message.get("card").is_none());
}

#[wasm_bindgen_test]
async fn a_one_off_form_confirms_no_setup_intent() {
    let from = card_entry::config::Surroundings {
        search: "?stripe_publishable_key=pk_test_demo&creditCardsOnly=true&isForFutureUsage=false"
            .into(),
        ..super::support::surroundings("")
    };
    let page = Page::of(&from);
    page.outside("greet()");
    page.until_told("ready").await;
    js("fake.answers.createPaymentMethod = () => fake.method(); fake.complete()");
    page.until_told("intent_request").await;
    page.outside("tell('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    page.click("#save");
    assert_eq!(page.until_told("result").await["setup"], json!(null));
    assert_eq!(json("fake.names()"), "Stripe createPaymentMethod");
}
