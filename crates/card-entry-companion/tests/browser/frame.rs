//! The iframe: its attributes, its handshake, its size, and what is left after an unmount.

use super::support::*;
use card_entry_companion::event::EntryEvent;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_iframe_has_only_the_allowed_attributes_and_parameters() {
    let page = mount(StubWallet::default());
    let iframe = iframe_of(&page.host).unwrap();
    assert_eq!(iframe.title(), "Card details");
    assert_eq!(
        iframe.get_attribute("allow").unwrap(),
        "payment *; publickey-credentials-get *"
    );
    assert_eq!(iframe.referrer_policy(), "strict-origin");
    let (url, hash) = {
        let src = iframe.src();
        let (url, hash) = src.split_once('#').unwrap();
        (url.to_owned(), hash.to_owned())
    };
    assert!(url.contains("parent_origin=") && url.contains("stripe_publishable_key=pk_test_demo"));
    assert!(hash.len() == "ch=".len() + 22 && !url.contains("ch="));
    assert_eq!(page.state(), "loading");
}

#[wasm_bindgen_test]
async fn two_frames_have_two_channels() {
    let (one, two) = (mount(StubWallet::default()), mount(StubWallet::default()));
    let channel = |page: &Mounted| {
        iframe_of(&page.host)
            .unwrap()
            .src()
            .split_once('#')
            .unwrap()
            .1
            .to_owned()
    };
    assert_ne!(channel(&one), channel(&two));
}

#[wasm_bindgen_test]
async fn repeated_hellos_connect_once() {
    let page = mount(StubWallet::default());
    let iframe = fake_frame(&page.host).await;
    run_in_frame(&iframe, "hello(); hello(); hello(); hello()");
    wait_until("a port", || run_in_frame(&iframe, "!!port").is_truthy()).await;
    run_in_frame(&iframe, "send('ready')");
    page.wait_for_state("ready").await;
    page.entry.submit(|_| ());
    page.entry.focus();
    wait_until("two messages", || received(&iframe) == "submit focus").await;
    assert_eq!(run_in_frame(&iframe, "init.version").as_f64(), Some(1.0));
    assert_eq!(page.count(|event| *event == EntryEvent::Ready), 1);
}

#[wasm_bindgen_test]
async fn a_late_hello_of_the_same_document_changes_nothing() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    run_in_frame(&iframe, "hello()");
    sleep(50).await;
    run_in_frame(&iframe, "send('height', {height: 300})");
    wait_until("the height", || {
        page.count(|event| *event == EntryEvent::Height(300)) == 1
    })
    .await;
    page.entry.submit(|_| ());
    wait_until("submit", || received(&iframe) == "submit").await;
}

#[wasm_bindgen_test]
async fn a_wrong_channel_or_version_gets_no_port() {
    let page = mount(StubWallet::default());
    let iframe = fake_frame(&page.host).await;
    run_in_frame(&iframe, "hello('AAAAAAAAAAAAAAAAAAAAAA')");
    run_in_frame(
        &iframe,
        "postToParent({cardEntry: 'hello', versions: [2], channel})",
    );
    run_in_frame(&iframe, "postToParent({cardEntry: 'hello', versions: [1]})");
    wait_until("three drops", || page.entry.drop_counts().total() >= 3).await;
    assert_eq!(run_in_frame(&iframe, "inits").as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
async fn heights_are_clamped_and_throttled() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    run_in_page(
        "globalThis.layouts = 0; globalThis.watcher = new MutationObserver((all) => { layouts += all.length; })",
    );
    js_sys::Reflect::set(&js_sys::global(), &"watched".into(), &iframe).unwrap();
    run_in_page("watcher.observe(watched, { attributes: true, attributeFilter: ['style'] })");
    let begun = js_sys::Date::now();
    let script = "for (let n = 0; n < 1000; n++) send('height', { height: 200 + n * 3 })";
    run_in_frame(&iframe, script);
    sleep(350).await;
    run_in_frame(&iframe, script);
    sleep(650).await;
    run_in_page("watcher.disconnect()");
    let spent = js_sys::Date::now() - begun;
    let layouts = run_in_page("layouts").as_f64().unwrap();
    assert!(
        (1.0..=spent / 100.0 + 2.0).contains(&layouts),
        "{layouts} layouts in {spent} ms"
    );
    let height = || iframe.style().get_property_value("height").unwrap();
    wait_until("the largest height", || height() == "2000px").await;
    run_in_frame(&iframe, "send('height', { height: 0 })");
    wait_until("the smallest height", || height() == "80px").await;
    let before = page.entry.drop_counts().total();
    run_in_frame(
        &iframe,
        "for (const height of [-1, NaN, Infinity, 1.5, '100px;position:fixed', null, {}]) send('height', { height })",
    );
    wait_until("seven drops", || {
        page.entry.drop_counts().total() == before + 7
    })
    .await;
    assert_eq!(iframe.style().get_property_value("position").unwrap(), "");
}

#[wasm_bindgen_test]
async fn a_challenge_keeps_its_size() {
    let page = mount(StubWallet::default());
    let iframe = connected_frame(&page.host).await;
    run_in_frame(
        &iframe,
        "send('height', {height: 300}); send('challenge', {open: true})",
    );
    page.wait_for_state("challenge").await;
    let box_of = || (iframe.client_width(), iframe.client_height());
    wait_until("its size", || box_of().0 >= 400 && box_of().1 >= 600).await;
    run_in_frame(&iframe, "send('height', {height: 120})");
    sleep(150).await;
    assert!(box_of().1 >= 600);
    run_in_frame(&iframe, "send('challenge', {open: false})");
    wait_until("the height before", || box_of().1 == 120).await;
    assert_eq!(page.state(), "ready");
}

#[wasm_bindgen_test]
async fn nothing_is_left_after_unmount() {
    let resources = OpenResources::watch();
    wait_until("no timer of an earlier test", || resources.timers() == 0).await;
    let before = resources.count();
    let page = mount(StubWallet {
        save_delay_ms: 400,
        ..StubWallet::default()
    });
    let iframe = connected_frame(&page.host).await;
    page.wait_for_state("ready").await;
    run_in_frame(
        &iframe,
        "send('height', {height: 300}); send('height', {height: 500}); hello()",
    );
    run_in_frame(
        &iframe,
        &format!("send('intent_request', {{attempt: 1}}); result(1, '{PM}')"),
    );
    page.wait_for_state("saving").await;
    assert_ne!(resources.count(), before);
    run_in_frame(&iframe, "globalThis.old = { postToParent, port }");
    let Mounted { .. } = &page;
    let events = page.events.clone();
    let host = page.host.clone();
    drop(page);
    let delivered = events.borrow().len();
    assert_eq!(resources.count(), before, "listeners, timers, ports");
    assert!(iframe_of(&host).is_none());
    assert!(!host.has_attribute("data-state") && !host.has_attribute("data-card-entry"));
    sleep(500).await;
    assert_eq!(
        events.borrow().len(),
        delivered,
        "nothing is events after unmount"
    );
    assert_eq!(resources.count(), before);
}

#[wasm_bindgen_test]
async fn mounting_again_after_an_unmount_works() {
    for _ in 0..3 {
        let page = mount(StubWallet::default());
        let iframe = connected_frame(&page.host).await;
        page.wait_for_state("ready").await;
        assert_eq!(page.host.query_selector_all("iframe").unwrap().length(), 1);
        run_in_frame(&iframe, "send('height', {height: 300})");
    }
}
