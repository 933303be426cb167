//! Wrong addresses and page environments.

use super::support::{Page, document, environment, js, json, wait_for_render, wait_until};
use card_entry::config::PageEnvironment;
use card_entry::config::page_environment::scrub_address;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_wrong_address_shows_an_error_and_loads_no_stripe_js() {
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
            "a retry does not help"
        );
        assert_eq!(json("fake.calls.length"), 0);
        assert!(
            document().get_element_by_id("stripe-js").is_none(),
            "{query}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_companion_gets_the_code_and_the_text() {
    let page = Page::mount(&PageEnvironment {
        error: "key_not_allowed".into(),
        ..environment("")
    });
    page.run_in_parent("sendInit()");
    let report = page.wait_for_message("unusable").await;
    assert_eq!(report["code"], "key_not_allowed");
    assert!(
        report["message"]
            .as_str()
            .unwrap()
            .starts_with("This card form")
    );
}

#[wasm_bindgen_test]
async fn without_a_parent_or_an_origin_nothing_is_sent() {
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
        assert!(page.inbox().is_empty(), "nothing is sent");
    }
}

#[wasm_bindgen_test]
async fn secrets_are_removed_from_the_address() {
    let before = json("location.href");
    js("history.replaceState(null, '', '?stripe_publishable_key=sk_live_123#ch=x')");
    scrub_address(&web_sys::window().unwrap());
    assert_eq!(json("location.search + location.hash"), "");
    js(&format!("history.replaceState(null, '', {before})"));
}

#[wasm_bindgen_test]
async fn a_missing_script_is_reported_and_can_be_retried() {
    js(include_str!("stripe.js"));
    js("window.original = Stripe; delete window.Stripe");
    let page = Page::mount_only(&PageEnvironment {
        stripe_js: "data:text/html,nothing".into(),
        ..environment("")
    });
    wait_until("the error", || page.phase() == "unusable").await;
    assert!(
        ["script_blocked", "script_wrong"].contains(&page.text("#code").as_str()),
        "{}",
        page.text("#code")
    );
    js("window.Stripe = window.original");
    page.run_in_parent("sendInit()");
    page.click("#retry");
    page.wait_for_phase("ready").await;
}
