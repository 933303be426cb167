//! Mounting and unmounting the form.

use super::support::{Page, environment, js, json, wait_until};
use card_entry::clock::sleep;
use wasm_bindgen_test::wasm_bindgen_test;

/// The locale files, as the boot script loads them.
const AR: &str = include_str!("../../public/words/ar.json");
const DE: &str = include_str!("../../public/words/de.json");

/// Counts the listeners and observers that are added and not removed from now on.
const COUNT: &str = "(() => {
  const P = EventTarget.prototype, add = P.addEventListener, remove = P.removeEventListener;
  window.count = 0;
  P.addEventListener = function (n, f, o) { if (!(o && o.once)) { window.count += 1; } return add.call(this, n, f, o); };
  P.removeEventListener = function (n, f, o) { window.count -= 1; return remove.call(this, n, f, o); };
  const R = ResizeObserver.prototype, observe = R.observe, stop = R.disconnect;
  R.observe = function (e) { window.count += 1; return observe.call(this, e); };
  R.disconnect = function () { window.count -= 1; return stop.call(this); };
  window.uncount = () => { P.addEventListener = add; P.removeEventListener = remove; R.observe = observe; R.disconnect = stop; };
})()";

#[wasm_bindgen_test]
async fn the_form_replaces_the_static_shell() {
    let page = Page::open("");
    assert_eq!(page.phase(), "loading");
    assert_eq!(page.text("#status"), "Loading the card form…");
    let before = page.find("#number").get_bounding_client_rect().top();
    page.run_in_parent("sendInit()");
    page.wait_for_phase("ready").await;
    assert_eq!(
        page.find("#number").get_bounding_client_rect().top(),
        before
    );
    assert_eq!(
        (page.text("#label-number"), page.text("#save")),
        ("Card number".into(), "Save card".into())
    );
    assert_eq!(json("fake.live()"), 3);
}

#[wasm_bindgen_test]
async fn unmounting_removes_everything() {
    js(COUNT);
    let mut page = Page::ready("{}").await;
    assert!(json("count").as_i64().unwrap() > 5, "the counter works");
    page.unmount();
    assert_eq!((json("count"), json("fake.live()")), (0.into(), 0.into()));
    js("uncount()");
    let sent = page.inbox().len();
    page.run_in_parent("send('submit'); sendInit()");
    let nodes = page.host.query_selector("main, label, button").unwrap();
    assert!(nodes.is_none(), "the view removed its nodes");
    sleep(60).await;
    assert_eq!(page.inbox().len(), sent, "an unmounted form sends nothing");
}

#[wasm_bindgen_test]
async fn the_form_can_be_mounted_again() {
    let mut page = Page::open("");
    page.unmount();
    drop(page);
    let page = Page::mount_only(&environment(""));
    page.run_in_parent("sendInit()");
    page.wait_for_phase("ready").await;
    sleep(30).await;
    assert_eq!(
        json("fake.live()"),
        3,
        "only the fields of the second form exist"
    );
}

#[wasm_bindgen_test]
async fn the_document_has_the_language_and_direction_of_the_form() {
    js(&format!(
        "window.cardEntryTexts = (locale) => Promise.resolve({{ ar: {AR}, de: {DE} }}[locale])"
    ));
    let page = Page::open("&locale=ar");
    wait_until("Arabic", || {
        page.text("#label-number") == "رقم بطاقة الائتمان أو الخصم"
    })
    .await;
    assert_eq!(
        json("[document.documentElement.lang, document.documentElement.dir]"),
        serde_json::json!(["ar", "rtl"])
    );
    wait_until("started", || json("fake.live()") == 3).await;
    assert_eq!(json("fake.calls[0][2].locale"), "ar");
    page.run_in_parent("sendInit({ settings: { locale: 'de' } })");
    wait_until("German", || page.text("#label-number") == "Kartennummer").await;
    assert_eq!(json("document.documentElement.dir"), "ltr");
}

#[wasm_bindgen_test]
async fn a_key_that_stripe_refuses_is_a_final_error() {
    js(include_str!("stripe.js"));
    js("fake.refuse = true");
    let page = Page::mount_only(&environment(""));
    page.wait_for_phase("unusable").await;
    assert_eq!(page.text("#code"), "stripe_refused");
    assert!(page.find("#retry").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_field_that_does_not_load_can_be_retried_without_a_reload() {
    js(include_str!("stripe.js"));
    js("fake.never = true");
    let page = Page::mount_only(&environment(""));
    page.run_in_parent("sendInit()");
    wait_until("mounted", || json("fake.live()") == 3).await;
    js("fake.emit('cardNumber', 'loaderror')");
    wait_until("field_failed", || page.text("#code") == "field_failed").await;
    js("fake.never = false");
    page.click("#retry");
    page.wait_for_phase("ready").await;
    assert_eq!(json("fake.live()"), 3);
}
