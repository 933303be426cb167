//! A save that waits for the wallet, for a sign-in, or for the form to become visible.

use super::save::filled_form;
use super::support::{Page, js, json, wait_until};
use card_entry::clock::sleep;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_form_that_is_not_visible_does_not_save() {
    let page = filled_form().await;
    // Only a strip of the form is visible.
    js("window.cardEntryView = { form: 0.1, width: 1, height: 40 }");
    for _ in 0..2 {
        page.click("#save");
        sleep(700).await;
        wait_until("the alert", || {
            page.text("#alert").contains("bring it into view")
        })
        .await;
        assert_eq!(page.phase(), "ready");
    }
    assert_eq!(json("fake.names()"), "Stripe");
    // Scrolled into view meanwhile: the click starts a save.
    page.click("#save");
    js("cardEntryView.form = 0.6");
    page.wait_for_message("result").await;
    assert_eq!(page.messages("result").len(), 1);
    assert!(
        page.messages("needs_view")
            .iter()
            .all(|asked| asked["focus"] == false)
    );
    js("delete window.cardEntryView");
}

#[wasm_bindgen_test]
async fn a_form_that_fills_the_window_or_shows_all_its_controls_saves() {
    for sight in [
        "{ form: 0.12, width: 1, height: outerHeight / devicePixelRatio / 2 }",
        "{ form: 0.3, width: 1, height: 40, number: 1, expiry: 1, cvc: 0.9, save: 1 }",
    ] {
        let page = filled_form().await;
        js(&format!("window.cardEntryView = {sight}"));
        page.click("#save");
        page.wait_for_message("result").await;
    }
    let page = filled_form().await;
    js(
        "window.cardEntryView = { form: 0.3, width: 1, height: 40, number: 0, expiry: 1, cvc: 1, save: 1 }",
    );
    page.click("#save");
    sleep(700).await;
    assert_eq!(page.phase(), "ready", "the number is out of view");
    js("delete window.cardEntryView");
}

#[wasm_bindgen_test]
async fn a_form_that_is_out_of_view_in_the_parent_asks_to_be_scrolled_to() {
    let page = filled_form().await;
    page.run_in_parent("send('in_view', { visible: false })");
    sleep(30).await;
    page.run_in_parent("send('submit')");
    page.wait_for_message("needs_view").await;
    sleep(700).await;
    assert_eq!(page.phase(), "ready");
    assert_eq!(json("fake.names()"), "Stripe");
    let heights = page.messages("height").len();
    page.run_in_parent("send('in_view', { visible: true })");
    wait_until("the height", || page.messages("height").len() > heights).await;
    page.run_in_parent("send('submit')");
    page.wait_for_message("result").await;
}

#[wasm_bindgen_test]
async fn a_focused_field_asks_the_parent_for_the_focus() {
    let page = Page::ready("{}").await;
    page.run_in_parent("send('submit')");
    assert_eq!(page.wait_for_message("needs_view").await["focus"], true);
}

#[wasm_bindgen_test]
async fn the_wallet_s_text_about_a_wait_is_shown() {
    let page = filled_form().await;
    page.click("#save");
    page.wait_for_message("result").await;
    page.run_in_parent("send('not_saved', { attempt: 1, code: 'checking', message: 'The wallet is busy. Trying again in 5 seconds.', retryable: false })");
    page.wait_for_phase("checking").await;
    assert_eq!(
        page.text("#status"),
        "The wallet is busy. Trying again in 5 seconds."
    );
    page.run_in_parent("send('saved', { attempt: 1 })");
    page.wait_for_phase("saved").await;
    assert_eq!(page.text("#status"), "Your card is saved.");
}

#[wasm_bindgen_test]
async fn an_intent_error_before_save_is_requested_again() {
    let page = Page::ready("{}").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    page.wait_for_message("intent_request").await;
    page.run_in_parent("send('intent', { attempt: 1, error: { type: 'wallet_error', code: 'not_ready', message: 'Please wait.' } })");
    sleep(20).await;
    page.click("#save");
    wait_until("a second request", || {
        page.messages("intent_request").len() == 2
    })
    .await;
    page.run_in_parent("send('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    assert_eq!(page.wait_for_message("result").await["attempt"], 1);
}

#[wasm_bindgen_test]
async fn the_parent_s_text_is_shown_while_an_intent_waits_for_a_sign_in() {
    let page = Page::ready("{}").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    page.wait_for_message("intent_request").await;
    page.run_in_parent("send('not_saved', { attempt: 1, code: 'checking', message: 'Please sign in.', retryable: false })");
    sleep(20).await;
    assert_eq!(page.text("#status"), "", "no save is waiting yet");
    page.click("#save");
    wait_until("the text", || page.text("#status") == "Please sign in.").await;
    // Longer than the usual timeout of a parent.
    sleep(15_500).await;
    assert_eq!(page.phase(), "saving");
    page.run_in_parent("send('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    page.wait_for_message("result").await;
}
