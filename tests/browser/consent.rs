//! The proof of consent in a result.

use super::support::{Page, js, wait_for_render, wait_until};
use card_entry::clock::sleep;
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

/// A form with this consent, filled in except for the box.
async fn form_with(consent: &str) -> Page {
    let page = Page::ready(&format!("{{ locale: 'en', consent: {consent} }}")).await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method(); fake.answers.confirmCardSetup = () => fake.setup(); fake.complete()",
    );
    page
}

async fn save(page: &Page) -> Value {
    page.wait_for_message("intent_request").await;
    page.run_in_parent("send('intent', { attempt: 1, client_secret: 'seti_1_secret_2' })");
    sleep(20).await;
    page.click("#save");
    page.wait_for_message("result").await
}

#[wasm_bindgen_test]
async fn a_tick_proves_the_text_that_was_shown() {
    let long = format!(
        "{{ text: '  Keep it? {}', required: true }}",
        "x".repeat(700)
    );
    let page = form_with(&long).await;
    let before = js("new Date().toISOString()").as_string().unwrap();
    page.click("#consent");
    let shown = page.text("#label-consent");
    let result = save(&page).await;
    let proof = &result["consent"];
    assert_eq!(
        (&proof["text"], &proof["locale"]),
        (&shown.as_str().into(), &"en".into())
    );
    assert_eq!(shown.chars().count(), 600);
    let at = |key: &str| proof[key].as_str().unwrap().to_owned();
    assert!(
        at("shown_at") <= before && before <= at("accepted_at"),
        "{proof}"
    );
    assert!(at("accepted_at").ends_with('Z'));
}

#[wasm_bindgen_test]
async fn a_text_without_a_box_is_proved_by_the_save() {
    let page = form_with("{ text: 'By saving you agree.' }").await;
    let result = save(&page).await;
    assert_eq!(result["consent"]["text"], "By saving you agree.");
    assert!(result["consent"]["shown_at"].is_string());
    assert!(result["consent"]["accepted_at"].is_null());
}

#[wasm_bindgen_test]
async fn without_a_consent_there_is_no_proof() {
    let page = form_with("null").await;
    let result = save(&page).await;
    assert!(result.get("consent").is_none(), "{result}");
}

#[wasm_bindgen_test]
async fn another_text_needs_another_tick() {
    let page = form_with("{ text: 'Keep it?', required: true }").await;
    page.click("#consent");
    page.run_in_parent("send('update', { settings: { consent: { text: 'Keep it and charge it?', required: true } } })");
    wait_until("the new text", || {
        page.text("#label-consent") == "Keep it and charge it?"
    })
    .await;
    wait_for_render().await;
    assert!(js("document.querySelector('#consent').checked === false").is_truthy());
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.phase(), "ready");
    assert!(!page.text("#error-consent").is_empty());
    page.click("#consent");
    let result = save(&page).await;
    assert_eq!(result["consent"]["text"], "Keep it and charge it?");
}
