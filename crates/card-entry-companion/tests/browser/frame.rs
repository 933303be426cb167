//! The iframe: its attributes, handshake, size, and what is left of it.

use super::support::*;
use card_entry_companion::event::Event;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_iframe_says_only_what_may_be_said() {
    let page = mount(StubWallet::default());
    let iframe = iframe_of(&page.place).unwrap();
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
        iframe_of(&page.place)
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
async fn hands_are_shaken_once_however_often_hello_is_said() {
    let page = mount(StubWallet::default());
    let iframe = stand_in(&page.place).await;
    run(&iframe, "hello(); hello(); hello(); hello()");
    until("a port", || run(&iframe, "!!port").is_truthy()).await;
    run(&iframe, "say('ready')");
    page.until_state("ready").await;
    page.entry.submit(|_| ());
    page.entry.focus();
    until("two messages", || heard(&iframe) == "submit focus").await;
    assert_eq!(run(&iframe, "init.version").as_f64(), Some(1.0));
    assert_eq!(page.count(|event| *event == Event::Ready), 1);
}

#[wasm_bindgen_test]
async fn a_late_hello_of_the_same_document_changes_nothing() {
    let page = mount(StubWallet::default());
    let iframe = linked(&page.place).await;
    page.until_state("ready").await;
    run(&iframe, "hello()");
    sleep(50).await;
    run(&iframe, "say('height', {height: 300})");
    until("the height", || {
        page.count(|event| *event == Event::Height(300)) == 1
    })
    .await;
    page.entry.submit(|_| ());
    until("submit", || heard(&iframe) == "submit").await;
}

#[wasm_bindgen_test]
async fn a_wrong_channel_or_version_gets_no_port() {
    let page = mount(StubWallet::default());
    let iframe = stand_in(&page.place).await;
    run(&iframe, "hello('AAAAAAAAAAAAAAAAAAAAAA')");
    run(
        &iframe,
        "shout({cardEntry: 'hello', versions: [2], channel})",
    );
    run(&iframe, "shout({cardEntry: 'hello', versions: [1]})");
    until("three drops", || page.entry.drops().total() >= 3).await;
    assert_eq!(run(&iframe, "inits").as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
async fn heights_are_clamped_and_paced() {
    let page = mount(StubWallet::default());
    let iframe = linked(&page.place).await;
    page.until_state("ready").await;
    here(
        "globalThis.layouts = 0; globalThis.watcher = new MutationObserver((all) => { layouts += all.length; })",
    );
    js_sys::Reflect::set(&js_sys::global(), &"watched".into(), &iframe).unwrap();
    here("watcher.observe(watched, { attributes: true, attributeFilter: ['style'] })");
    let script = "for (let n = 0; n < 1000; n++) say('height', { height: 200 + n * 3 })";
    run(&iframe, script);
    sleep(350).await;
    run(&iframe, script);
    sleep(650).await;
    here("watcher.disconnect()");
    let layouts = here("layouts").as_f64().unwrap();
    assert!(
        (1.0..=11.0).contains(&layouts),
        "{layouts} layouts in a second"
    );
    assert_eq!(
        iframe.style().get_property_value("height").unwrap(),
        "2000px"
    );
    run(&iframe, "say('height', { height: 0 })");
    sleep(150).await;
    assert_eq!(iframe.style().get_property_value("height").unwrap(), "80px");
    let before = page.entry.drops().total();
    run(
        &iframe,
        "for (const height of [-1, NaN, Infinity, 1.5, '100px;position:fixed', null, {}]) say('height', { height })",
    );
    until("seven drops", || page.entry.drops().total() == before + 7).await;
    assert_eq!(iframe.style().get_property_value("position").unwrap(), "");
}

#[wasm_bindgen_test]
async fn a_challenge_has_its_room_and_keeps_it() {
    let page = mount(StubWallet::default());
    let iframe = linked(&page.place).await;
    run(
        &iframe,
        "say('height', {height: 300}); say('challenge', {open: true})",
    );
    page.until_state("challenge").await;
    sleep(150).await;
    let box_of = || (iframe.client_width(), iframe.client_height());
    assert!(box_of().0 >= 400 && box_of().1 >= 600, "{:?}", box_of());
    run(&iframe, "say('height', {height: 120})");
    sleep(150).await;
    assert!(box_of().1 >= 600);
    run(&iframe, "say('challenge', {open: false})");
    until("the height before", || box_of().1 == 120).await;
    assert_eq!(page.state(), "ready");
}

#[wasm_bindgen_test]
async fn nothing_is_left_after_unmount() {
    let left = Leftovers::watch();
    until("no timer of an earlier test", || left.timers() == 0).await;
    let before = left.count();
    let page = mount(StubWallet {
        slowness: 400,
        ..StubWallet::default()
    });
    let iframe = linked(&page.place).await;
    page.until_state("ready").await;
    run(
        &iframe,
        "say('height', {height: 300}); say('height', {height: 500}); hello()",
    );
    run(
        &iframe,
        &format!("say('intent_request', {{attempt: 1}}); result(1, '{PM}')"),
    );
    page.until_state("saving").await;
    assert_ne!(left.count(), before);
    run(&iframe, "globalThis.old = { shout, port }");
    let Mounted { .. } = &page;
    let told = page.told.clone();
    let place = page.place.clone();
    drop(page);
    let delivered = told.borrow().len();
    assert_eq!(left.count(), before, "listeners, timers, ports");
    assert!(iframe_of(&place).is_none());
    assert!(!place.has_attribute("data-state") && !place.has_attribute("data-card-entry"));
    sleep(500).await;
    assert_eq!(
        told.borrow().len(),
        delivered,
        "nothing is told after unmount"
    );
    assert_eq!(left.count(), before);
}

#[wasm_bindgen_test]
async fn mount_unmount_mount_works() {
    for _ in 0..3 {
        let page = mount(StubWallet::default());
        let iframe = linked(&page.place).await;
        page.until_state("ready").await;
        assert_eq!(page.place.query_selector_all("iframe").unwrap().length(), 1);
        run(&iframe, "say('height', {height: 300})");
    }
}
