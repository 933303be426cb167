//! The provider's fields and the button: labels, focus, messages, style.

use super::support::{Page, js, json, wait_for_render, wait_until};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_click_on_a_label_focuses_its_field() {
    let page = Page::ready("{}").await;
    page.click("#label-expiry");
    assert_eq!(json("fake.find('cardExpiry').focused"), 1);
}

#[wasm_bindgen_test]
async fn focus_events_move_the_focus_ring_and_are_reported() {
    let page = Page::ready("{}").await;
    let has_ring = || page.find("[data-field=cvc]").has_attribute("data-focus");
    js("fake.emit('cardCvc', 'focus')");
    wait_for_render().await;
    assert!(has_ring());
    js("fake.emit('cardCvc', 'blur'); fake.emit('cardCvc', 'escape')");
    wait_for_render().await;
    assert!(!has_ring());
    assert_eq!(page.wait_for_message("escape").await["field"], "cvc");
    assert_eq!(
        (page.messages("focus").len(), page.messages("blur").len()),
        (1, 1)
    );
}

#[wasm_bindgen_test]
async fn a_validation_message_is_shown_until_the_field_is_valid() {
    let page = Page::ready("{}").await;
    js(
        "fake.emit('cardNumber', 'change', { empty: false, complete: false, error: { type: 'validation_error', code: 'invalid_number', message: 'Your card number is invalid.' }, brand: 'visa' })",
    );
    wait_for_render().await;
    assert_eq!(page.text("#error-number"), "Your card number is invalid.");
    assert_eq!(page.attribute("#error-number", "aria-live"), "polite");
    let change = page.wait_for_message("change").await;
    assert_eq!(
        (&change["error"]["code"], &change["brand"]),
        (&"invalid_number".into(), &"visa".into())
    );
    js("fake.emit('cardNumber', 'change', { empty: false, complete: true, brand: 'visa' })");
    wait_for_render().await;
    assert_eq!(page.text("#error-number"), "");
}

#[wasm_bindgen_test]
async fn save_on_an_empty_form_marks_the_missing_fields_and_focuses_the_first() {
    let page = Page::ready("{}").await;
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.text("#error-number"), "Please enter the card number.");
    assert_eq!(
        page.text("#error-cvc"),
        "Please enter the security code (CVC/CVV)."
    );
    assert_eq!(json("fake.find('cardNumber').focused"), 1);
    assert_eq!(
        (page.phase().as_str(), json("fake.names()")),
        ("ready", "Stripe".into())
    );
}

#[wasm_bindgen_test]
async fn a_brand_that_is_not_accepted_is_reported_before_save() {
    let page = Page::ready("{ accept: { brands: ['amex'] } }").await;
    assert_eq!(page.text("#accepts"), "This site takes: American Express");
    js("fake.complete()");
    wait_for_render().await;
    assert_eq!(
        page.text("#error-number"),
        "This site doesn’t take this brand. Please use another card."
    );
    page.click("#save");
    assert_eq!(json("fake.names()"), "Stripe");
}

#[wasm_bindgen_test]
async fn only_checked_values_reach_the_style_of_the_fields() {
    let page = Page::ready(
        "{ appearance: { theme: 'light', variables: { text: '#112233', accent: 'url(x)' } } }",
    )
    .await;
    wait_until("the new style", || {
        json("fake.find('cardNumber').updates.length") != 0
    })
    .await;
    assert_eq!(
        json("fake.find('cardNumber').updates.at(-1).style.base.color"),
        "rgb(17, 34, 51)"
    );
    assert_eq!(
        json("document.documentElement.style.cssText"),
        "--text: #112233;"
    );
    page.run_in_parent("send('update', { settings: {} })");
    wait_until("the default style", || {
        json("document.documentElement.style.cssText") == ""
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_host_page_sets_the_button_s_text_and_may_hide_it() {
    let page = Page::ready("{ button: { text: '<b>Keep</b>', hidden: true } }").await;
    assert_eq!(page.text("#save"), "<b>Keep</b>");
    assert!(page.find("#save").has_attribute("hidden"));
    page.run_in_parent("send('focus')");
    wait_until("the focus", || json("fake.find('cardNumber').focused") == 1).await;
    page.run_in_parent("send('submit')");
    wait_until("the message", || !page.text("#error-number").is_empty()).await;
}

/// Runs `submits` in the parent and returns the reason and the field of the one `not_submitted` message.
async fn not_submitted(page: &Page, submits: &str) -> (Value, Option<Value>) {
    page.run_in_parent(&["inbox.length = 0; ", submits].concat());
    let report = page.wait_for_message("not_submitted").await;
    assert_eq!(page.messages("not_submitted").len(), 1);
    (report["reason"].clone(), report.get("field").cloned())
}

#[wasm_bindgen_test]
async fn a_submit_that_starts_no_save_reports_why() {
    let page = Page::ready("{ fields: { name: 'show' } }").await;
    let once = "send('submit')";
    assert_eq!(
        not_submitted(&page, once).await,
        ("incomplete".into(), Some("number".into()))
    );
    js("fake.complete()");
    assert_eq!(
        not_submitted(&page, once).await,
        ("incomplete".into(), Some("name".into()))
    );
    page.type_in("#name", "Ann Lee");
    // The first of the two starts a save.
    let twice = "send('submit'); send('submit')";
    assert_eq!(not_submitted(&page, twice).await, ("busy".into(), None));
}

#[wasm_bindgen_test]
async fn the_networks_of_a_number_are_reported_once_they_are_known() {
    let page = Page::ready("{}").await;
    for event in [
        "{ elementType: 'cardNumber', loading: true, networks: null }",
        "{ elementType: 'cardNumber', loading: false, networks: ['cartes_bancaires', 'visa'] }",
    ] {
        js(&format!(
            "fake.emit('cardNumber', 'networkschange', {event})"
        ));
    }
    let change = page.wait_for_message("networks_change").await;
    assert_eq!(change["networks"], json!(["cartes_bancaires", "visa"]));
    assert_eq!(page.messages("networks_change").len(), 1);
}

#[wasm_bindgen_test]
async fn the_chosen_network_is_part_of_the_result() {
    let page = super::save::filled_form().await;
    js(
        "fake.answers.createPaymentMethod = () => fake.method({ networks: { available: ['cartes_bancaires', 'visa'], preferred: 'cartes_bancaires' } })",
    );
    page.click("#save");
    let result = page.wait_for_message("result").await;
    assert_eq!(result["card"]["preferred_network"], "cartes_bancaires");
    assert_eq!(result["card"]["brand"], "visa");
}
