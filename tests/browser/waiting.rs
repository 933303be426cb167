//! A save that waits: for the wallet's word, for a sign-in, for the form to be seen.

use super::save::filled;
use super::support::{Page, document, js, json, until};
use card_entry::clock::sleep;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_form_that_cannot_be_seen_does_not_save() {
    let root = document().document_element().unwrap();
    let page = filled().await;
    root.set_attribute("data-unseen", "").unwrap();
    for _ in 0..2 {
        page.click("#save");
        sleep(700).await;
        assert_eq!(page.phase(), "ready");
        assert!(page.text("#alert").contains("bring it into view"));
    }
    assert_eq!(json("fake.names()"), "Stripe");
    // Scrolled into view meanwhile: the press counts.
    page.click("#save");
    root.remove_attribute("data-unseen").unwrap();
    page.until_told("result").await;
    assert_eq!(page.told("result").len(), 1);
}

#[wasm_bindgen_test]
async fn the_wallet_s_words_of_waiting_are_shown() {
    let page = filled().await;
    page.click("#save");
    page.until_told("result").await;
    page.outside("tell('not_saved', { attempt: 1, code: 'checking', message: 'The wallet is busy. Trying again in 5 seconds.', retryable: false })");
    page.until_phase("checking").await;
    assert_eq!(
        page.text("#status"),
        "The wallet is busy. Trying again in 5 seconds."
    );
    page.outside("tell('saved', { attempt: 1 })");
    page.until_phase("saved").await;
    assert_eq!(page.text("#status"), "Your card is saved.");
}

#[wasm_bindgen_test]
async fn a_refused_intent_is_asked_for_again_when_save_is_pressed() {
    let page = Page::ready("{}").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    page.until_told("intent_request").await;
    page.outside("tell('intent', { attempt: 1, error: { type: 'wallet_error', code: 'not_ready', message: 'Please wait.' } })");
    sleep(20).await;
    page.click("#save");
    until("a second request", || {
        page.told("intent_request").len() == 2
    })
    .await;
    page.outside("tell('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    assert_eq!(page.until_told("result").await["attempt"], 1);
}

#[wasm_bindgen_test]
async fn an_intent_that_waits_for_a_sign_in_is_waited_for_in_words() {
    let page = Page::ready("{}").await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    page.until_told("intent_request").await;
    page.outside("tell('not_saved', { attempt: 1, code: 'checking', message: 'Please sign in.', retryable: false })");
    sleep(20).await;
    assert_eq!(page.text("#status"), "", "nothing is waited for yet");
    page.click("#save");
    until("the words", || page.text("#status") == "Please sign in.").await;
    // Longer than a parent may usually take.
    sleep(15_500).await;
    assert_eq!(page.phase(), "saving");
    page.outside("tell('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    page.until_told("result").await;
}
