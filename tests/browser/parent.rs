//! The handshake, the port, and plain messages.

use super::support::{CHANNEL, Page, environment, js, json, wait_until};
use card_entry::clock::sleep;
use card_entry::config::PageEnvironment;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn hello_is_sent_on_the_channel_until_it_is_answered() {
    let page = Page::open("");
    wait_until("two hellos", || page.inbox().len() >= 2).await;
    let hello = &page.inbox()[0];
    assert_eq!(hello["cardEntry"], "hello");
    assert_eq!(
        (&hello["versions"], &hello["channel"]),
        (&serde_json::json!([1]), &CHANNEL.into())
    );
    page.run_in_parent("sendInit()");
    page.wait_for_message("ready").await;
    // One may be on its way.
    sleep(100).await;
    let sent = page
        .inbox()
        .iter()
        .filter(|m| m["cardEntry"] == "hello")
        .count();
    sleep(900).await;
    let now = page
        .inbox()
        .iter()
        .filter(|m| m["cardEntry"] == "hello")
        .count();
    assert_eq!(sent, now);
}

#[wasm_bindgen_test]
async fn only_an_allowed_origin_gets_messages() {
    let page = Page::mount(&PageEnvironment {
        parents: "https://book.example".into(),
        ..environment("")
    });
    wait_until("the fields", || json("fake.live()") == 3).await;
    page.run_in_parent("sendInit()");
    sleep(300).await;
    assert!(page.inbox().is_empty());
    assert_eq!(page.phase(), "loading", "its init is not accepted");
}

#[wasm_bindgen_test]
async fn an_init_with_another_channel_version_or_source_is_dropped() {
    let page = Page::open("");
    for over in [
        "{ channel: 'BBBBBBBBBBBBBBBBBBBBBB' }",
        "{ version: 2 }",
        "{ version: '1' }",
        "{ channel: 5 }",
    ] {
        page.run_in_parent(&format!("sendInit({over})"));
    }
    // Without a port, from this page, and dispatched by a script.
    page.run_in_parent(
        "post({ cardEntry: 'init', version: 1, channel: 'AAAAAAAAAAAAAAAAAAAAAA', settings: {} })",
    );
    js(
        "postMessage({ cardEntry: 'init', version: 1, channel: 'AAAAAAAAAAAAAAAAAAAAAA' }, location.origin, [new MessageChannel().port2])",
    );
    js(
        "dispatchEvent(new MessageEvent('message', { data: { cardEntry: 'init' }, origin: location.origin, source: document.querySelector('#embedder').contentWindow }))",
    );
    wait_until("the fields", || json("fake.live()") == 3).await;
    sleep(150).await;
    assert_eq!(page.phase(), "loading");
    assert!(page.messages("ready").is_empty());
    page.run_in_parent("sendInit()");
    page.wait_for_message("ready").await;
}

#[wasm_bindgen_test]
async fn a_second_init_is_dropped_and_the_first_port_stays() {
    let page = Page::ready("{}").await;
    page.run_in_parent("window.first = port; sendInit({ settings: { locale: 'fr' } })");
    let log = page.wait_for_message("log").await;
    assert_eq!(
        (&log["event"], &log["detail"]),
        (&"message_dropped".into(), &"state".into())
    );
    assert_eq!(page.text("#label-number"), "Card number");
    page.run_in_parent("first.postMessage({ v: 1, type: 'focus' })");
    wait_until("the first port", || {
        json("fake.find('cardNumber').focused") == 1
    })
    .await;
}

#[wasm_bindgen_test]
async fn hostile_messages_on_the_port_are_dropped() {
    let page = Page::ready("{}").await;
    page.run_in_parent(
        "const cycle = { v: 1, type: 'submit' }; cycle.settings = cycle;
         let deep = {}; for (let i = 0; i < 500; i++) deep = { deep };
         for (const data of ['x', 1, null, [], new Date(), new Map(), new Blob(['x']), new ArrayBuffer(1e6), cycle, deep,
           { v: 2, type: 'reset' }, { type: 'submit' }, { v: '1', type: 'submit' },
           { v: 1, type: 'intent', attempt: 1, client_secret: 'javascript:alert(1)' },
           { v: 1, type: 'intent', attempt: 9, none: true }, { v: 1, type: 7 }]) port.postMessage(data);
         port.postMessage({ v: 1, type: 'future_type', anything: 1 });
         for (let i = 0; i < 2000; i++) port.postMessage({ v: 1, type: 'saved', attempt: 'junk' });",
    );
    wait_until("the log lines", || page.messages("log").len() >= 5).await;
    sleep(200).await;
    assert_eq!(
        (page.phase().as_str(), page.text("#error-number").as_str()),
        ("ready", "")
    );
    let logs = page.messages("log");
    assert!(
        (5..=14).contains(&logs.len()),
        "few log lines: {}",
        logs.len()
    );
    assert!(logs.iter().all(|log| log["event"] == "message_dropped"));
    page.run_in_parent("send('focus')");
    wait_until("the focus", || json("fake.find('cardNumber').focused") == 1).await;
}

#[wasm_bindgen_test]
async fn a_plain_listener_gets_only_ready_and_the_height() {
    let page = Page::with_plain_listener("&notifyOnFormHeight=true");
    page.wait_for_phase("ready").await;
    wait_until("ready", || {
        page.inbox().iter().any(|m| m["isStripeFormReady"] == true)
    })
    .await;
    js("fake.complete(); fake.emit('cardNumber', 'focus')");
    sleep(50).await;
    for message in page.inbox() {
        let height = message["height"].as_u64();
        assert!(
            message["isStripeFormReady"] == true || height.is_some_and(|h| (150..700).contains(&h)),
            "{message}"
        );
    }
    let page = Page::with_plain_listener("");
    page.wait_for_phase("ready").await;
    sleep(50).await;
    assert!(
        page.inbox().iter().all(|m| m["height"].is_null()),
        "the height was not requested"
    );
}

#[wasm_bindgen_test]
async fn the_height_is_sent_when_it_changes() {
    let page = Page::ready("{}").await;
    let before = page.wait_for_message("height").await["height"]
        .as_u64()
        .unwrap();
    page.run_in_parent("send('update', { settings: { fields: { name: 'show' } } })");
    wait_until("taller", || {
        page.messages("height").pop().unwrap()["height"]
            .as_u64()
            .unwrap()
            > before + 40
    })
    .await;
    let real = page.find("main").get_bounding_client_rect().height().ceil() as u64;
    wait_until("the real height", || {
        page.messages("height").pop().unwrap()["height"]
            .as_u64()
            .unwrap()
            .abs_diff(real)
            < 2
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_form_that_is_not_displayed_sends_no_height_until_it_is_displayed() {
    let page = Page::ready("{}").await;
    let height = page.wait_for_message("height").await["height"]
        .as_u64()
        .unwrap();
    // The layout of a hidden iframe in Chromium, and in Firefox and WebKit.
    for hidden in ["display: none", "inline-size: 0"] {
        sleep(50).await;
        let sent = page.messages("height").len();
        page.host.set_attribute("style", hidden).unwrap();
        page.run_in_parent("send('update', { settings: { fields: { name: 'show' } } })");
        wait_until("shown", || {
            !page.find("[data-field=name]").has_attribute("hidden")
        })
        .await;
        sleep(50).await;
        assert_eq!(page.messages("height").len(), sent, "{hidden}");
        page.run_in_parent("send('update', { settings: {} })");
        wait_until("hidden again", || {
            page.find("[data-field=name]").has_attribute("hidden")
        })
        .await;
        page.host.remove_attribute("style").unwrap();
        wait_until("the height", || page.messages("height").len() > sent).await;
        assert_eq!(
            page.messages("height").pop().unwrap()["height"],
            height,
            "{hidden}"
        );
    }
}
