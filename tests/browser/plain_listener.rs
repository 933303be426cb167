//! A save without a companion, and a one-off form.

use super::support::{Page, js, json, wait_until};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_plain_listener_gets_the_documented_message() {
    let page = Page::with_plain_listener("");
    page.wait_for_phase("ready").await;
    js("fake.answers.createPaymentMethod = () => fake.method(); fake.complete()");
    page.click("#save");
    page.wait_for_phase("saved").await;
    wait_until("the message", || {
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
    page.wait_for_phase("ready").await;
    assert_eq!(json("fake.elements.reduce((n, e) => n + e.cleared, 0)"), 3);
}

#[wasm_bindgen_test]
async fn a_plain_listener_gets_an_error_without_a_card() {
    let page = Page::with_plain_listener("");
    page.wait_for_phase("ready").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.error('card_error', 'incorrect_number'); fake.complete()",
    );
    page.click("#save");
    wait_until("the message", || {
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
    let from = card_entry::config::PageEnvironment {
        search: "?stripe_publishable_key=pk_test_demo&creditCardsOnly=true&isForFutureUsage=false"
            .into(),
        ..super::support::environment("")
    };
    let page = Page::mount(&from);
    page.run_in_parent("sendInit()");
    page.wait_for_message("ready").await;
    js("fake.answers.createPaymentMethod = () => fake.method(); fake.complete()");
    page.wait_for_message("intent_request").await;
    page.run_in_parent("send('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    page.click("#save");
    assert_eq!(page.wait_for_message("result").await["setup"], json!(null));
    assert_eq!(json("fake.names()"), "Stripe createPaymentMethod");
}
