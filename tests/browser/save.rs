//! One card, carried through: every way it can end.

use super::support::{Page, document, js, json, wait_until};
use card_entry::clock::sleep;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

/// A form that is filled in, with an intent at hand and a gateway that says yes.
pub async fn filled_form() -> Page {
    let page = Page::ready("{}").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    let asked = page.wait_for_message("intent_request").await;
    assert_eq!(asked["attempt"], 1, "asked as soon as everything is typed");
    page.run_in_parent("send('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    sleep(20).await;
    page
}

#[wasm_bindgen_test]
async fn a_card_goes_its_way_and_the_wallet_s_word_ends_it() {
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
async fn twenty_clicks_enter_and_the_host_s_button_are_one_save() {
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
async fn a_result_is_repeated_until_it_is_answered() {
    let page = filled_form().await;
    page.click("#save");
    page.wait_for_message("result").await;
    wait_until("again", || page.messages("result").len() == 2).await;
    page.run_in_parent(
        "send('not_saved', { attempt: 1, code: 'checking', message: '', retryable: true })",
    );
    page.wait_for_phase("checking").await;
    page.run_in_parent("send('not_saved', { attempt: 1, code: 'wallet_full', message: 'Your wallet is full.', retryable: false })");
    page.wait_for_phase("ready").await;
    assert_eq!(page.text("#alert"), "Your wallet is full.");
    assert!(page.messages("failure").is_empty(), "the parent knows");
}

#[wasm_bindgen_test]
async fn a_refusal_is_said_what_is_typed_stays_and_the_intent_is_used_again() {
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
        "the first is still good"
    );
}

#[wasm_bindgen_test]
async fn a_method_stripe_does_not_know_is_made_anew_while_confirming() {
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
async fn a_used_up_intent_is_looked_at_before_anyone_is_alarmed() {
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
    wait_until("a fresh one", || page.messages("intent_request").len() == 2).await;
}

#[wasm_bindgen_test]
async fn an_answer_lost_on_the_way_is_checked() {
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
async fn offline_before_anything_was_confirmed_says_so_and_can_be_tried_again() {
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
async fn whatever_stripe_throws_is_an_ending() {
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
async fn three_d_secure_is_announced_given_room_and_taken_back() {
    let page = filled_form().await;
    js("fake.answers.confirmCardSetup = () => new Promise((done) => { window.done = done; })");
    page.click("#save");
    page.wait_for_phase("confirming").await;
    // A hidden frame, as Stripe's fingerprinting makes, is no challenge.
    js(
        "document.body.prepend(Object.assign(document.createElement('div'), { id: 'hidden', innerHTML: '<iframe style=\"width:1px;height:1px;visibility:hidden\"></iframe>' }))",
    );
    sleep(400).await;
    assert!(page.messages("challenge").is_empty());
    js(
        "document.body.prepend(Object.assign(document.createElement('div'), { id: 'overlay', innerHTML: '<iframe style=\"position:fixed;inset:0;width:100%;height:100%\"></iframe>' }))",
    );
    page.wait_for_phase("challenge").await;
    assert_eq!(page.messages("challenge").pop().unwrap()["open"], true);
    wait_until("room", || {
        page.messages("height").pop().unwrap()["height"]
            .as_u64()
            .unwrap()
            >= 600
    })
    .await;
    js(
        "overlay.remove(); hidden.remove(); done(fake.error('invalid_request_error', 'setup_intent_authentication_failure', { setup_intent: { status: 'requires_payment_method' } }))",
    );
    let failure = page.wait_for_message("failure").await;
    assert_eq!(failure["retryable"], true);
    assert_eq!(page.messages("challenge").pop().unwrap()["open"], false);
    assert_eq!(
        page.text("#alert"),
        "Your bank couldn’t verify this card. Please try again, or use another card."
    );
    assert!(
        page.messages("height").pop().unwrap()["height"]
            .as_u64()
            .unwrap()
            < 600
    );
}

const OVERLAY: &str = "document.body.prepend(Object.assign(document.createElement('div'), { id: 'overlay', innerHTML: '<iframe style=\"position:fixed;inset:0;width:100%;height:100%\"></iframe>' }))";

#[wasm_bindgen_test]
async fn nobody_gets_into_the_form_behind_the_bank_and_the_focus_comes_back() {
    for end in [
        "done(fake.setup())",
        "done(fake.error('invalid_request_error', 'setup_intent_authentication_failure', { setup_intent: { status: 'requires_payment_method' } }))",
        "fail(new Error('gone'))",
    ] {
        let page = filled_form().await;
        js(
            "fake.answers.confirmCardSetup = () => new Promise((done, fail) => { Object.assign(window, { done, fail }); })",
        );
        page.find("#save").focus().unwrap();
        page.click("#save");
        page.wait_for_phase("confirming").await;
        assert!(!page.find("main").has_attribute("inert"));
        js(OVERLAY);
        page.wait_for_phase("challenge").await;
        assert!(page.find("main").has_attribute("inert"), "{end}");
        page.find("#save").focus().unwrap();
        assert_ne!(json("document.activeElement.id"), "save", "no way in");
        js(&["overlay.remove(); ", end].concat());
        wait_until("free", || !page.find("main").has_attribute("inert")).await;
        if end == "done(fake.setup())" {
            page.wait_for_message("result").await;
        } else {
            page.wait_for_phase("ready").await;
        }
        if json("document.hasFocus()") == true {
            wait_until("the focus", || json("document.activeElement.id") == "save").await;
        }
    }
}

#[wasm_bindgen_test]
async fn a_save_under_way_is_known_to_the_boot_script() {
    let busy = || {
        document()
            .document_element()
            .unwrap()
            .has_attribute("data-busy")
    };
    let page = filled_form().await;
    assert!(!busy());
    page.click("#save");
    // At once, before anything is drawn.
    assert!(busy());
    page.wait_for_message("result").await;
    assert!(busy());
    assert_eq!(json("cardEntryPort instanceof MessagePort"), true);
    page.run_in_parent("send('saved', { attempt: 1 })");
    page.wait_for_phase("saved").await;
    assert!(!busy());
}

#[wasm_bindgen_test]
async fn what_the_parent_cannot_make_is_said_in_its_words() {
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
async fn a_funding_the_site_does_not_take_is_refused_before_anything_is_confirmed() {
    let page = filled_form().await;
    page.run_in_parent("send('update', { settings: { accept: { funding: ['debit'] } } })");
    wait_until("said", || page.text("#takes") == "This site takes: debit").await;
    page.click("#save");
    assert_eq!(
        page.wait_for_message("failure").await["error"]["code"],
        "funding_not_taken"
    );
    assert_eq!(json("fake.names()"), "Stripe createPaymentMethod");
}
