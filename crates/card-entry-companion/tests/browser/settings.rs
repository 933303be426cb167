//! Settings of the page: parsed with the frame's own parser, and reported at once if they are wrong.

use std::cell::RefCell;
use std::rc::Rc;

use super::support::*;
use card_entry_companion::entry::CardEntry;
use card_entry_companion::event::EntryEvent;
use card_entry_companion::settings::HostSettings;
use card_entry_protocol::appearance::Theme;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::LogEvent;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

type Events = Rc<RefCell<Vec<EntryEvent>>>;

/// A form with settings, and the events it reported.
fn mount_with(settings: &str) -> (web_sys::Element, CardEntry, Events) {
    let host = new_host();
    let events = Events::default();
    let sink = Rc::clone(&events);
    let settings = HostSettings::read(&run_in_page(settings));
    let wallet = Rc::new(StubWallet::default());
    let entry = CardEntry::mount(&host, wallet, address(), settings, move |event| {
        sink.borrow_mut().push(event);
    });
    (host, entry.unwrap(), events)
}

fn details(events: &Events) -> Vec<String> {
    let lines = events.borrow();
    lines
        .iter()
        .filter_map(|event| match event {
            EntryEvent::Log(log) if log.event == LogEvent::SettingIgnored => {
                Some(log.detail.clone())
            }
            _ => None,
        })
        .collect()
}

fn unusable(events: &Events) -> Vec<&'static str> {
    let events = events.borrow();
    events
        .iter()
        .filter_map(|event| match event {
            EntryEvent::Unusable(code, _) => Some(*code),
            _ => None,
        })
        .collect()
}

#[wasm_bindgen_test]
async fn a_wrong_setting_is_logged_once_and_the_others_are_sent() {
    run_in_page(
        "globalThis.warned = []; globalThis.kept = console.warn; console.warn = (text) => warned.push(text)",
    );
    let (host, entry, events) = mount_with(
        "({appearance: {theme: 'sepia', variables: {accent: 'nocolour'}}, button: {text: 'Go'}})",
    );
    run_in_page("console.warn = kept");
    let theme = "appearance.theme: light, dark or auto";
    let accent = "appearance.variables.accent: a CSS colour: a name, #rgb, rgb() or hsl()";
    assert_eq!(details(&events), [theme, accent]);
    let warned = run_in_page("warned.join(' | ')").as_string().unwrap();
    assert_eq!(
        warned,
        format!("<card-entry> ignores {theme} | <card-entry> ignores {accent}")
    );
    let iframe = connected_frame(&host).await;
    let sent = run_in_frame(&iframe, "init.settings.button.text").as_string();
    assert_eq!(sent.as_deref(), Some("Go"));
    // The frame logs the same settings again, and one that only the frame knows to be wrong.
    run_in_frame(
        &iframe,
        &format!("send('log', {{event: 'setting_ignored', detail: '{theme}'}})"),
    );
    run_in_frame(
        &iframe,
        "send('log', {event: 'setting_ignored', detail: 'later: x'})",
    );
    wait_until("the new one", || details(&events).len() == 3).await;
    assert_eq!(details(&events), [theme, accent, "later: x"]);
    entry.update(HostSettings::read(&run_in_page(
        "({appearance: {theme: 'sepia'}, fields: {name: 'yes'}})",
    )));
    assert_eq!(
        details(&events).last().unwrap(),
        "fields.name: auto, show or hide"
    );
    assert_eq!(details(&events).len(), 4, "what is still wrong was said");
    host.remove();
}

#[wasm_bindgen_test]
async fn no_frame_is_mounted_if_its_consent_cannot_be_read() {
    for (settings, code) in [
        ("({consent: {required: true}})", "bad_consent"),
        (
            "({consent: {text: 'Card 4242 4242 4242 4242?', required: true}})",
            "bad_consent",
        ),
        ("({accept: {brands: 'visa'}})", "bad_accept"),
        ("'dark'", "bad_settings"),
    ] {
        let (host, entry, events) = mount_with(settings);
        assert_eq!(unusable(&events), [code], "{settings}");
        assert!(!details(&events).is_empty(), "{settings}");
        assert!(iframe_of(&host).is_none(), "{settings}");
        assert_eq!(
            host.get_attribute("data-state").as_deref(),
            Some("unusable")
        );
        let words = host.text_content().unwrap();
        assert!(words.contains("isn’t set up correctly"), "{words}");
        entry.update(HostSettings::read(&run_in_page(
            "({consent: {text: 'Keep it?', required: true}})",
        )));
        let iframe = connected_frame(&host).await;
        let text = run_in_frame(&iframe, "init.settings.consent.text").as_string();
        assert_eq!(text.as_deref(), Some("Keep it?"), "{settings}");
        wait_until("ready", || {
            host.get_attribute("data-state").as_deref() == Some("ready")
        })
        .await;
        assert!(host.query_selector(".ce-notice").unwrap().is_none());
        host.remove();
    }
}

#[wasm_bindgen_test]
async fn an_unreadable_update_keeps_the_consent() {
    let (host, entry, events) =
        mount_with("({consent: {text: 'Keep it?', required: true}, accept: {brands: ['amex']}})");
    let iframe = connected_frame(&host).await;
    for settings in [
        "({consent: {required: true}, accept: 'all', button: {text: 'Go'}})",
        "7",
    ] {
        entry.update(HostSettings::read(&run_in_page(settings)));
    }
    wait_until("two updates", || received(&iframe) == "update update").await;
    for at in 0..2 {
        let sent = run_in_frame(&iframe, &format!("JSON.stringify(received[{at}].settings)"))
            .as_string()
            .unwrap();
        let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
        assert_eq!(sent["consent"]["text"], "Keep it?");
        assert_eq!(sent["accept"]["brands"][0], "amex");
        assert_eq!(sent["button"]["text"], "Go");
    }
    assert_eq!(unusable(&events), Vec::<&str>::new());
    assert_eq!(details(&events).len(), 3);
    host.remove();
}

#[wasm_bindgen_test]
async fn a_frame_without_an_answer_is_unusable_and_no_failed_card() {
    let (host, entry, events) = mount_with("({})");
    let iframe = fake_frame(&host).await;
    run_in_frame(
        &iframe,
        "postToParent({isStripeCallback: true, error: {type: 'form_error', code: 'unanswered', message: 'Not yet.'}})",
    );
    wait_until("events", || unusable(&events) == ["unanswered"]).await;
    assert!(
        !events
            .borrow()
            .iter()
            .any(|event| matches!(event, EntryEvent::Error(..)))
    );
    run_in_frame(&iframe, "hello()");
    wait_until("a port", || run_in_frame(&iframe, "!!port").is_truthy()).await;
    run_in_frame(&iframe, "send('ready')");
    wait_until("ready", || {
        host.get_attribute("data-state").as_deref() == Some("ready")
    })
    .await;
    drop(entry);
    host.unchecked_into::<web_sys::HtmlElement>().remove();
}

#[wasm_bindgen_test]
fn values_that_are_no_settings_are_reported() {
    for script in [
        "7",
        "'dark'",
        "[]",
        "new Map()",
        "JSON.parse('{\"__proto__\": {}}')",
    ] {
        let read = HostSettings::read(&run_in_page(script));
        assert_eq!(read.error(), Some(FrameErrorCode::BadSettings), "{script}");
        assert_eq!(read.faults().len(), 1, "{script}");
    }
    for script in ["({locale: 'fr'})", "null", "undefined"] {
        let read = HostSettings::read(&run_in_page(script));
        assert_eq!((read.error(), read.faults()), (None, vec![]), "{script}");
    }
}

#[wasm_bindgen_test]
fn a_card_number_in_settings_is_reported_and_never_sent() {
    let read = HostSettings::read(&run_in_page(
        "({billing_details: {phone: '4242 4242 4242 4242', name: 'Ann'}, note: 4242424242424242})",
    ));
    let sent = js_sys::JSON::stringify(&read.resolved(None, Theme::Light)).unwrap();
    let sent = sent.as_string().unwrap();
    assert!(!sent.contains("4242") && sent.contains("Ann"), "{sent}");
    let details: Vec<String> = read.faults().into_iter().map(|log| log.detail).collect();
    assert_eq!(
        details,
        [
            "note: no such setting",
            "billing_details.phone: a text without a card number"
        ]
    );
}
