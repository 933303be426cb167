//! A save and its outcomes.

use super::support::{Page, document, js, json, wait_until};
use card_entry::clock::sleep;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

/// A filled-in form with an intent; Stripe accepts the card.
pub async fn filled_form() -> Page {
    let page = Page::ready("{}").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    let asked = page.wait_for_message("intent_request").await;
    assert_eq!(asked["attempt"], 1, "requested when the form is complete");
    page.run_in_parent("send('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    sleep(20).await;
    page
}

#[wasm_bindgen_test]
async fn a_save_ends_with_the_wallet_s_answer() {
    let page = filled_form().await;
    page.click("#save");
    let result = page.wait_for_message("result").await;
    assert_eq!(
        json("fake.names()"),
        "Stripe createPaymentMethod confirmCardSetup"
    );
    assert_eq!(
        json("fake.calls[2].slice(1)"),
        json!(["seti_1_secret_2", {"payment_method": "pm_12345678"}])
    );
    assert_eq!(
        result["card"],
        json!({"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2034, "funding": "credit", "country": "US"})
    );
    assert_eq!(
        result["setup"],
        json!({"id": "seti_1", "status": "succeeded"})
    );
    assert_eq!(
        (page.phase().as_str(), page.text("#status").as_str()),
        ("submitting", "Saving your card…")
    );
    page.run_in_parent("send('saved', { attempt: 7 }); send('saved', { attempt: 1 })");
    page.wait_for_phase("saved").await;
    assert_eq!(page.text("#status"), "Your card is saved.");
    assert!(
        !document()
            .document_element()
            .unwrap()
            .outer_html()
            .contains("_secret_"),
        "no secret in the page"
    );
}

#[wasm_bindgen_test]
async fn clicks_enter_and_submit_messages_start_one_save() {
    let page = filled_form().await;
    for _ in 0..20 {
        page.click("#save");
        js("document.querySelector('form').requestSubmit()");
        page.run_in_parent("send('submit')");
    }
    page.wait_for_message("result").await;
    sleep(100).await;
    assert_eq!(
        json("fake.names()"),
        "Stripe createPaymentMethod confirmCardSetup"
    );
    assert_eq!(page.messages("result").len(), 1);
    assert_eq!(page.messages("intent_request").len(), 1);
}

#[wasm_bindgen_test]
async fn a_result_is_sent_again_until_it_is_answered() {
    let page = filled_form().await;
    page.click("#save");
    page.wait_for_message("result").await;
    wait_until("the second result", || page.messages("result").len() == 2).await;
    page.run_in_parent(
        "send('not_saved', { attempt: 1, code: 'checking', message: '', retryable: true })",
    );
    page.wait_for_phase("checking").await;
    page.run_in_parent("send('not_saved', { attempt: 1, code: 'wallet_full', message: 'Your wallet is full.', retryable: false })");
    page.wait_for_phase("ready").await;
    assert_eq!(page.text("#alert"), "Your wallet is full.");
    assert!(
        page.messages("failure").is_empty(),
        "the error came from the parent"
    );
}

#[wasm_bindgen_test]
async fn after_a_decline_the_typed_values_and_the_intent_are_used_again() {
    let page = filled_form().await;
    js(
        "fake.answers.confirmCardSetup = () => fake.error('card_error', 'card_declined', { decline_code: 'stolen_card', setup_intent: { status: 'requires_payment_method' } })",
    );
    page.click("#save");
    let failure = page.wait_for_message("failure").await;
    assert_eq!(
        page.text("#alert"),
        "Your bank didn’t accept this card. Please use another card, or ask your bank."
    );
    assert_eq!(failure["error"]["code"], "card_declined");
    assert!(failure["error"].get("decline_code").is_none(), "{failure}");
    assert_eq!(failure["retryable"], false);
    assert_eq!(json("fake.elements.reduce((n, e) => n + e.cleared, 0)"), 0);
    js("fake.answers.confirmCardSetup = () => fake.setup()");
    page.click("#save");
    assert_eq!(page.wait_for_message("result").await["attempt"], 2);
    assert_eq!(page.text("#alert"), "");
    assert_eq!(
        page.messages("intent_request").len(),
        1,
        "the first intent is used again"
    );
}

#[wasm_bindgen_test]
async fn a_payment_method_that_stripe_does_not_find_is_created_while_confirming() {
    let page = filled_form().await;
    js("fake.answers.confirmCardSetup = () => {
            fake.answers.confirmCardSetup = () => fake.setup('succeeded', 'pm_otherone');
            return fake.error('invalid_request_error', 'resource_missing', { param: 'payment_method' });
        }");
    page.click("#save");
    let result = page.wait_for_message("result").await;
    assert_eq!(
        json("fake.names()"),
        "Stripe createPaymentMethod confirmCardSetup confirmCardSetup"
    );
    assert_eq!(
        json("Object.keys(fake.calls[3][2].payment_method)"),
        json!(["card"])
    );
    assert_eq!(result["id"], "pm_otherone");
    assert_eq!(page.messages("result").len(), 1);
}

#[wasm_bindgen_test]
async fn an_intent_in_an_unexpected_state_is_retrieved_before_an_error_is_shown() {
    let page = filled_form().await;
    js("fake.answers.confirmCardSetup = () => fake.error('invalid_request_error', 'setup_intent_unexpected_state', { setup_intent: { status: 'succeeded' } });
        fake.answers.retrieveSetupIntent = () => fake.setup()");
    page.click("#save");
    assert_eq!(
        page.wait_for_message("result").await["setup"]["status"],
        "succeeded"
    );
    page.run_in_parent("send('saved', { attempt: 1 })");
    page.wait_for_phase("saved").await;

    let page = filled_form().await;
    js("fake.answers.confirmCardSetup = () => fake.error('invalid_request_error', 'setup_intent_unexpected_state');
        fake.answers.retrieveSetupIntent = () => fake.setup('canceled')");
    page.click("#save");
    assert_eq!(
        page.wait_for_message("failure").await["error"]["code"],
        "stale_intent"
    );
    page.click("#save");
    wait_until("a new intent request", || {
        page.messages("intent_request").len() == 2
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_lost_answer_to_a_confirmation_is_checked() {
    let page = filled_form().await;
    js(
        "fake.answers.confirmCardSetup = () => fake.error('api_connection_error', ''); fake.answers.retrieveSetupIntent = () => fake.setup()",
    );
    page.click("#save");
    assert_eq!(
        page.wait_for_message("result").await["setup"]["id"],
        "seti_1"
    );
    assert!(
        json("fake.names()")
            .as_str()
            .unwrap()
            .ends_with("confirmCardSetup retrieveSetupIntent")
    );
}

#[wasm_bindgen_test]
async fn a_network_error_before_the_confirmation_can_be_retried() {
    let page = filled_form().await;
    js("fake.answers.createPaymentMethod = () => fake.error('api_connection_error', '')");
    page.click("#save");
    let failure = page.wait_for_message("failure").await;
    assert_eq!(
        (&failure["error"]["code"], &failure["retryable"]),
        (&"no_answer".into(), &true.into())
    );
    assert_eq!(
        page.text("#alert"),
        "We couldn’t reach the card service. Your card was not saved. Please try again."
    );
}

#[wasm_bindgen_test]
async fn anything_that_stripe_throws_ends_the_save() {
    for code in [
        "() => { throw 1 }",
        "() => Promise.reject(null)",
        "() => ({})",
        "() => null",
        "() => ({ error: 5 })",
        "() => ({ paymentMethod: { id: 'tok_1' } })",
    ] {
        let page = filled_form().await;
        js(&format!("fake.answers.createPaymentMethod = {code}"));
        page.click("#save");
        page.wait_for_message("failure").await;
        assert_eq!(page.phase(), "ready", "{code}");
    }
}

#[wasm_bindgen_test]
async fn the_boot_script_knows_of_a_running_save() {
    let busy = || {
        document()
            .document_element()
            .unwrap()
            .has_attribute("data-busy")
    };
    let page = filled_form().await;
    assert!(!busy());
    page.click("#save");
    // At once, before the next draw.
    assert!(busy());
    page.wait_for_message("result").await;
    assert!(busy());
    assert_eq!(json("cardEntryPort instanceof MessagePort"), true);
    page.run_in_parent("send('saved', { attempt: 1 })");
    page.wait_for_phase("saved").await;
    assert!(!busy());
}

#[wasm_bindgen_test]
async fn the_parent_s_error_for_an_intent_is_shown() {
    let page = Page::ready("{}").await;
    js("fake.answers.createPaymentMethod = () => fake.method(); fake.complete()");
    page.wait_for_message("intent_request").await;
    page.run_in_parent("send('intent', { attempt: 1, error: { type: 'api_error', code: 'sign_in', message: 'Please sign in again.' } })");
    page.click("#save");
    assert_eq!(
        page.wait_for_message("failure").await["error"]["code"],
        "sign_in"
    );
    assert_eq!(page.text("#alert"), "Please sign in again.");
}

#[wasm_bindgen_test]
async fn a_funding_that_is_not_accepted_is_refused_before_the_confirmation() {
    let page = filled_form().await;
    page.run_in_parent("send('update', { settings: { accept: { funding: ['debit'] } } })");
    wait_until("the accepted cards", || {
        page.text("#accepts") == "This site takes: debit"
    })
    .await;
    page.click("#save");
    assert_eq!(
        page.wait_for_message("failure").await["error"]["code"],
        "funding_not_taken"
    );
    assert_eq!(json("fake.names()"), "Stripe createPaymentMethod");
}
