//! 3DS: the overlay of the bank's page, the height, and the focus.

use super::save::filled_form;
use super::support::{Page, js, json, wait_until};
use card_entry::clock::sleep;
use wasm_bindgen_test::wasm_bindgen_test;

/// Adds the overlay that Stripe opens for 3DS.
const OVERLAY: &str = "document.body.prepend(Object.assign(document.createElement('div'), { id: 'overlay', innerHTML: '<iframe style=\"position:fixed;inset:0;width:100%;height:100%\"></iframe>' }))";

/// Adds a hidden iframe, as Stripe does for fingerprinting.
const HIDDEN_FRAME: &str = "document.body.prepend(Object.assign(document.createElement('div'), { id: 'hidden', innerHTML: '<iframe style=\"width:1px;height:1px;visibility:hidden\"></iframe>' }))";

/// What Stripe answers after a failed 3DS.
const NOT_AUTHENTICATED: &str = "done(fake.error('invalid_request_error', 'setup_intent_authentication_failure', { setup_intent: { status: 'requires_payment_method' } }))";

fn last_height(page: &Page) -> u64 {
    let height = page.messages("height").pop().unwrap();
    height["height"].as_u64().unwrap()
}

#[wasm_bindgen_test]
async fn an_open_challenge_is_reported_and_gets_its_height() {
    let page = filled_form().await;
    js("fake.answers.confirmCardSetup = () => new Promise((done) => { window.done = done; })");
    page.click("#save");
    page.wait_for_phase("confirming").await;
    js(HIDDEN_FRAME);
    sleep(400).await;
    assert!(page.messages("challenge").is_empty());
    js(OVERLAY);
    page.wait_for_phase("challenge").await;
    assert_eq!(page.messages("challenge").pop().unwrap()["open"], true);
    wait_until("the height", || last_height(&page) >= 600).await;
    js(&["overlay.remove(); hidden.remove(); ", NOT_AUTHENTICATED].concat());
    let failure = page.wait_for_message("failure").await;
    assert_eq!(failure["retryable"], true);
    assert_eq!(page.messages("challenge").pop().unwrap()["open"], false);
    assert_eq!(
        page.text("#alert"),
        "Your bank couldn’t verify this card. Please try again, or use another card."
    );
    assert!(last_height(&page) < 600);
}

#[wasm_bindgen_test]
async fn the_form_is_inert_during_3ds_and_gets_the_focus_back() {
    for end in [
        "done(fake.setup())",
        NOT_AUTHENTICATED,
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
        // The browser takes the focus from an inert form when it renders next.
        wait_until("the focus leaves the form", || {
            json("document.activeElement.id") != "save"
        })
        .await;
        page.find("#save").focus().unwrap();
        assert_ne!(
            json("document.activeElement.id"),
            "save",
            "the form is inert"
        );
        js(&["overlay.remove(); ", end].concat());
        wait_until("the form", || !page.find("main").has_attribute("inert")).await;
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
