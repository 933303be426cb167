//! Wrong settings are logged, and a form without required settings is never usable.

use super::support::{CHANNEL, Page, environment, js, json, wait_for_render, wait_until};
use card_entry::clock::sleep;
use card_entry::config::PageEnvironment;
use wasm_bindgen_test::wasm_bindgen_test;

/// The details of the log lines about ignored settings.
fn ignored(page: &Page) -> Vec<String> {
    let lines = page.messages("log").into_iter();
    lines
        .filter(|log| log["event"] == "setting_ignored")
        .map(|log| log["detail"].as_str().unwrap().to_owned())
        .collect()
}

/// The consent text, the accepted brands and the theme on the page.
fn shown(page: &Page) -> (String, String, serde_json::Value) {
    (
        page.text("#label-consent"),
        page.text("#accepts"),
        json("document.documentElement.dataset.theme ?? null"),
    )
}

#[wasm_bindgen_test]
async fn a_wrong_setting_is_logged_and_the_others_apply() {
    let page = Page::ready(
        "{ appearance: { theme: 'sepia', variables: { accent: 'notacolour', text: 'rebeccapurple' } }, fields: { name: 'yes' },
           consent: { text: 'Keep it?', required: true }, accept: { brands: ['amex', 5] }, buton: {} }",
    )
    .await;
    wait_for_render().await;
    assert_eq!(
        shown(&page),
        (
            "Keep it?".into(),
            "This site takes: American Express".into(),
            "light".into()
        )
    );
    assert_eq!(
        ignored(&page),
        [
            "buton: no such setting",
            "appearance.theme: light, dark or auto",
            "fields.name: auto, show or hide",
            "accept.brands[1]: a card brand such as visa",
            "appearance.variables.accent: a CSS colour: a name, #rgb, rgb() or hsl()",
        ]
    );
    // The consent is required, and the brand is refused.
    js("fake.complete()");
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.text("#error-consent"), "Please tick the box to go on.");
    assert!(
        page.text("#error-number")
            .starts_with("This site doesn’t take")
    );
    assert_eq!(json("fake.names()"), "Stripe");
}

#[wasm_bindgen_test]
async fn the_valid_part_of_an_update_applies_and_the_rest_is_logged_once() {
    let page = Page::ready(
        "{ consent: { text: 'Keep it?', required: true }, accept: { brands: ['amex'] } }",
    )
    .await;
    for _ in 0..2 {
        page.run_in_parent("send('update', { settings: { appearance: { theme: 5 }, button: { text: 'Go' }, consent: { required: true }, accept: 'all' } })");
    }
    wait_until("the button", || page.text("#save") == "Go").await;
    wait_until("three lines", || ignored(&page).len() >= 3).await;
    sleep(50).await;
    assert_eq!(
        ignored(&page),
        [
            "appearance.theme: light, dark or auto",
            "consent.text: the sentence to agree to",
            "accept: an object"
        ]
    );
    let (consent, takes, _) = shown(&page);
    assert_eq!(
        (consent.as_str(), takes.as_str()),
        ("Keep it?", "This site takes: American Express")
    );
    assert_eq!(page.phase(), "ready");
    // An unreadable update changes nothing either.
    page.run_in_parent("send('update', { settings: { x: 'y'.repeat(5000) } })");
    wait_until("a line", || ignored(&page).len() == 4).await;
    assert_eq!(page.text("#label-consent"), "Keep it?");
}

#[wasm_bindgen_test]
async fn a_required_setting_that_is_wrong_makes_the_form_unusable_until_it_is_corrected() {
    for (settings, code) in [
        ("{ consent: { required: true } }", "bad_consent"),
        ("{ consent: { text: 5, required: true } }", "bad_consent"),
        (
            "{ consent: { text: 'Keep it?', required: 'yes' } }",
            "bad_consent",
        ),
        ("{ accept: { brands: 'visa' } }", "bad_accept"),
        ("new Map()", "bad_settings"),
        ("5", "bad_settings"),
        ("JSON.parse('{\"__proto__\": {}}')", "bad_settings"),
        (
            "JSON.parse('{\"a\": {\"constructor\": 1}}')",
            "bad_settings",
        ),
        ("{ consent: { text: 'x'.repeat(5000) } }", "bad_settings"),
        ("{ a: Array(1000).fill(1) }", "bad_settings"),
        ("[[[[[[[[[[]]]]]]]]]]", "bad_settings"),
    ] {
        let page = Page::open("");
        page.run_in_parent(&format!("sendInit({{ settings: {settings} }})"));
        let report = page.wait_for_message("unusable").await;
        assert_eq!(report["code"], code, "{settings}");
        assert!(!ignored(&page).is_empty(), "{settings}");
        wait_until("the fields", || json("fake.live()") == 3).await;
        page.wait_for_phase("unusable").await;
        sleep(30).await;
        assert_eq!(
            (page.phase().as_str(), page.text("#code").as_str()),
            ("unusable", code),
            "{settings}"
        );
        assert!(
            page.find("#retry").has_attribute("hidden"),
            "only the parent can correct it"
        );
        page.run_in_parent("send('submit')");
        page.run_in_parent(
            "send('update', { settings: { consent: { text: 'Keep it?', required: true } } })",
        );
        page.wait_for_phase("ready").await;
        page.wait_for_message("ready").await;
        assert_eq!(page.text("#label-consent"), "Keep it?");
        assert_eq!(json("fake.names()"), "Stripe", "{settings}");
    }
}

#[wasm_bindgen_test]
async fn a_companion_that_does_not_answer_is_not_a_plain_listener_and_may_answer_later() {
    let page = Page::open("");
    wait_until("the fields", || json("fake.live()") == 3).await;
    js("fake.complete()");
    page.click("#save");
    sleep(2_500).await;
    assert_eq!(
        page.phase(),
        "loading",
        "the form is not usable before the settings are known"
    );
    assert!(
        page.inbox()
            .iter()
            .all(|message| message["cardEntry"] == "hello")
    );
    wait_until("the code", || page.text("#code") == "unanswered").await;
    assert_eq!(
        page.text("#status"),
        "The booking site hasn’t answered yet. Please wait a moment, or try again."
    );
    let plain = || {
        let mut all = page.inbox().into_iter();
        all.find(|message| message["isStripeCallback"] == true)
    };
    wait_until("the plain message", || plain().is_some()).await;
    let plain = plain().unwrap();
    assert_eq!(plain["error"]["code"], "unanswered");
    assert!(plain.get("card").is_none());
    let hellos = |page: &Page| {
        page.inbox()
            .iter()
            .filter(|message| message["cardEntry"] == "hello")
            .count()
    };
    let before = hellos(&page);
    assert!(!page.find("#retry").has_attribute("hidden"));
    page.click("#retry");
    wait_until("hello again", || hellos(&page) > before).await;
    assert_eq!(page.phase(), "loading");
    page.run_in_parent("sendInit({ settings: { consent: { text: 'Keep it?', required: true } } })");
    page.wait_for_phase("ready").await;
    assert_eq!(page.text("#label-consent"), "Keep it?");
    assert_eq!(json("fake.live()"), 3, "the fields stayed mounted");
    page.click("#save");
    wait_for_render().await;
    assert_eq!(page.text("#error-consent"), "Please tick the box to go on.");
    assert!(
        page.inbox().iter().all(|message| message["id"].is_null()),
        "no card was sent"
    );
}

#[wasm_bindgen_test]
async fn a_late_answer_makes_the_form_usable() {
    let page = Page::open("");
    sleep(5_800).await;
    wait_until("the code", || page.text("#code") == "unanswered").await;
    page.run_in_parent("sendInit()");
    page.wait_for_phase("ready").await;
    page.wait_for_message("ready").await;
}

#[wasm_bindgen_test]
async fn a_damaged_channel_is_an_error() {
    for hash in ["#ch=", "#ch=short", &format!("#ch={CHANNEL}%20")] {
        let page = Page::mount(&PageEnvironment {
            hash: (*hash).into(),
            ..environment("")
        });
        wait_for_render().await;
        assert_eq!(
            (page.phase().as_str(), page.text("#code").as_str()),
            ("unusable", "bad_channel"),
            "{hash}"
        );
        assert_eq!(json("fake.calls.length"), 0);
        wait_until("the message", || {
            page.inbox()
                .iter()
                .any(|message| message["error"]["code"] == "bad_channel")
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn the_provider_s_fields_get_computed_styles() {
    let page = Page::ready(
        "{ appearance: { theme: 'light', variables: { text: 'hsl(120 100% 25%)', colorDanger: 'rgb(200 0 0 / 50%)',
           font_size: '1.25em', fontFamily: 'Georgia' } } }",
    )
    .await;
    wait_until("the new style", || {
        json("fake.find('cardNumber').updates.length") != 0
    })
    .await;
    let style = json("fake.find('cardNumber').updates.at(-1).style");
    assert_eq!(style["base"]["color"], "rgb(0, 128, 0)");
    assert_eq!(style["invalid"]["color"], "rgba(200, 0, 0, 0.5)");
    assert_eq!(
        (&style["base"]["fontSize"], &style["base"]["fontFamily"]),
        (&"20px".into(), &"Georgia".into())
    );
    assert_eq!(ignored(&page), Vec::<String>::new());
    page.run_in_parent("send('update', { settings: {} })");
    wait_until("the default style", || {
        json("document.documentElement.style.cssText") == ""
    })
    .await;
}
