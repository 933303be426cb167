//! Addresses and environment that are wrong.

use super::support::{Page, document, environment, js, json, wait_for_render, wait_until};
use card_entry::config::PageEnvironment;
use card_entry::config::page_environment::scrub_address;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_wrong_address_is_one_calm_sentence_a_code_and_no_stripe() {
    for (query, code) in [
        ("&isForFutureUsage=false", "duplicate_param"),
        ("&notifyOnFormHeight=yes", "bad_flag"),
        ("&x=sk_live_123", "secret_key_in_url"),
        ("&client_secret=seti_1_secret_2", "secret_in_url"),
        ("&parent_origin=https://evil.example", "parent_not_allowed"),
        ("&stripe_account=acct", "bad_account"),
        ("&locale=%zz", "bad_encoding"),
    ] {
        let page = Page::open(query);
        wait_for_render().await;
        assert_eq!(
            (page.phase().as_str(), page.text("#code").as_str()),
            ("unusable", code),
            "{query}"
        );
        assert_eq!(
            page.text("#status"),
            "This card form isn’t set up correctly. Please tell the site you’re booking with."
        );
        assert!(
            page.find("#retry").has_attribute("hidden"),
            "no setting changes by itself"
        );
        assert_eq!(json("fake.calls.length"), 0);
        assert!(
            document().get_element_by_id("stripe-js").is_none(),
            "{query}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_companion_is_told_why_and_the_words_for_it() {
    let page = Page::mount(&PageEnvironment {
        error: "key_not_allowed".into(),
        ..environment("")
    });
    page.run_in_parent("sendInit()");
    let told = page.wait_for_message("unusable").await;
    assert_eq!(told["code"], "key_not_allowed");
    assert!(
        told["message"]
            .as_str()
            .unwrap()
            .starts_with("This card form")
    );
}

#[wasm_bindgen_test]
async fn on_its_own_or_in_a_sandbox_it_is_inert() {
    for (from, code) in [
        (
            PageEnvironment {
                embedded: false,
                ..environment("")
            },
            "not_embedded",
        ),
        (
            PageEnvironment {
                origin: "null".into(),
                ..environment("")
            },
            "sandboxed",
        ),
    ] {
        let page = Page::mount(&from);
        wait_for_render().await;
        assert_eq!(page.text("#code"), code);
        card_entry::clock::sleep(50).await;
        assert!(page.inbox().is_empty(), "nobody is told");
    }
}

#[wasm_bindgen_test]
async fn secrets_are_scrubbed_from_the_address() {
    let before = json("location.href");
    js("history.replaceState(null, '', '?stripe_publishable_key=sk_live_123#ch=x')");
    scrub_address(&web_sys::window().unwrap());
    assert_eq!(json("location.search + location.hash"), "");
    js(&format!("history.replaceState(null, '', {before})"));
}

#[wasm_bindgen_test]
async fn a_script_that_is_not_there_is_blocked_and_tried_again_when_asked() {
    js(include_str!("stripe.js"));
    js("window.kept = Stripe; delete window.Stripe");
    let page = Page::mount_only(&PageEnvironment {
        stripe_js: "data:text/html,nothing".into(),
        ..environment("")
    });
    wait_until("a reason", || page.phase() == "unusable").await;
    assert!(
        ["script_blocked", "script_wrong"].contains(&page.text("#code").as_str()),
        "{}",
        page.text("#code")
    );
    js("window.Stripe = window.kept");
    page.run_in_parent("sendInit()");
    page.click("#retry");
    page.wait_for_phase("ready").await;
}
