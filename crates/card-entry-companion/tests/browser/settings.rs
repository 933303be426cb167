//! Settings of the page: read with the frame's own parser, named at once when they are wrong.

use std::cell::RefCell;
use std::rc::Rc;

use super::support::*;
use card_entry_companion::entry::CardEntry;
use card_entry_companion::event::Event;
use card_entry_companion::settings::HostSettings;
use card_entry_protocol::message::LogEvent;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

type Told = Rc<RefCell<Vec<Event>>>;

/// An entry with settings, and what it told.
fn mount_with(settings: &str) -> (web_sys::Element, CardEntry, Told) {
    let place = place();
    let told = Told::default();
    let telling = Rc::clone(&told);
    let settings = HostSettings::read(&here(settings));
    let wallet = Rc::new(StubWallet::default());
    let entry = CardEntry::mount(&place, wallet, address(), settings, move |event| {
        telling.borrow_mut().push(event);
    });
    (place, entry.unwrap(), told)
}

fn details(told: &Told) -> Vec<String> {
    let lines = told.borrow();
    lines
        .iter()
        .filter_map(|event| match event {
            Event::Log(log) if log.event == LogEvent::SettingIgnored => Some(log.detail.clone()),
            _ => None,
        })
        .collect()
}

fn unusable(told: &Told) -> Vec<&'static str> {
    let events = told.borrow();
    events
        .iter()
        .filter_map(|event| match event {
            Event::Unusable(code, _) => Some(*code),
            _ => None,
        })
        .collect()
}

#[wasm_bindgen_test]
async fn a_wrong_setting_is_told_at_once_and_once_and_the_rest_is_sent() {
    here(
        "globalThis.warned = []; globalThis.kept = console.warn; console.warn = (text) => warned.push(text)",
    );
    let (place, entry, told) = mount_with(
        "({appearance: {theme: 'sepia', variables: {accent: 'nocolour'}}, button: {text: 'Go'}})",
    );
    here("console.warn = kept");
    let theme = "appearance.theme: light, dark or auto";
    let accent = "appearance.variables.accent: a CSS colour: a name, #rgb, rgb() or hsl()";
    assert_eq!(details(&told), [theme, accent]);
    let warned = here("warned.join(' | ')").as_string().unwrap();
    assert_eq!(
        warned,
        format!("<card-entry> ignores {theme} | <card-entry> ignores {accent}")
    );
    let iframe = linked(&place).await;
    let sent = run(&iframe, "init.settings.button.text").as_string();
    assert_eq!(sent.as_deref(), Some("Go"));
    // The frame says the same of the same settings, and of one that only it knows to be wrong.
    run(
        &iframe,
        &format!("say('log', {{event: 'setting_ignored', detail: '{theme}'}})"),
    );
    run(
        &iframe,
        "say('log', {event: 'setting_ignored', detail: 'later: x'})",
    );
    until("the new one", || details(&told).len() == 3).await;
    assert_eq!(details(&told), [theme, accent, "later: x"]);
    entry.update(HostSettings::read(&here(
        "({appearance: {theme: 'sepia'}, fields: {name: 'yes'}})",
    )));
    assert_eq!(
        details(&told).last().unwrap(),
        "fields.name: auto, show or hide"
    );
    assert_eq!(details(&told).len(), 4, "what is still wrong was said");
    place.remove();
}

#[wasm_bindgen_test]
async fn no_frame_is_mounted_without_the_consent_that_was_asked_for() {
    for (settings, code) in [
        ("({consent: {required: true}})", "bad_consent"),
        (
            "({consent: {text: 'Card 4242 4242 4242 4242?', required: true}})",
            "bad_consent",
        ),
        ("({accept: {brands: 'visa'}})", "bad_accept"),
        ("'dark'", "bad_settings"),
    ] {
        let (place, entry, told) = mount_with(settings);
        assert_eq!(unusable(&told), [code], "{settings}");
        assert!(!details(&told).is_empty(), "{settings}");
        assert!(iframe_of(&place).is_none(), "{settings}");
        assert_eq!(
            place.get_attribute("data-state").as_deref(),
            Some("unusable")
        );
        let words = place.text_content().unwrap();
        assert!(words.contains("isn’t set up correctly"), "{words}");
        entry.update(HostSettings::read(&here(
            "({consent: {text: 'Keep it?', required: true}})",
        )));
        let iframe = linked(&place).await;
        let text = run(&iframe, "init.settings.consent.text").as_string();
        assert_eq!(text.as_deref(), Some("Keep it?"), "{settings}");
        until("ready", || {
            place.get_attribute("data-state").as_deref() == Some("ready")
        })
        .await;
        assert!(place.query_selector(".ce-notice").unwrap().is_none());
        place.remove();
    }
}

#[wasm_bindgen_test]
async fn an_update_that_cannot_be_read_takes_no_consent_away() {
    let (place, entry, told) =
        mount_with("({consent: {text: 'Keep it?', required: true}, accept: {brands: ['amex']}})");
    let iframe = linked(&place).await;
    for settings in [
        "({consent: {required: true}, accept: 'all', button: {text: 'Go'}})",
        "7",
    ] {
        entry.update(HostSettings::read(&here(settings)));
    }
    until("two updates", || heard(&iframe) == "update update").await;
    for at in 0..2 {
        let sent = run(&iframe, &format!("JSON.stringify(heard[{at}].settings)"))
            .as_string()
            .unwrap();
        let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
        assert_eq!(sent["consent"]["text"], "Keep it?");
        assert_eq!(sent["accept"]["brands"][0], "amex");
        assert_eq!(sent["button"]["text"], "Go");
    }
    assert_eq!(unusable(&told), Vec::<&str>::new());
    assert_eq!(details(&told).len(), 3);
    place.remove();
}

#[wasm_bindgen_test]
async fn a_frame_that_hears_no_answer_is_no_failed_card() {
    let (place, entry, told) = mount_with("({})");
    let iframe = stand_in(&place).await;
    run(
        &iframe,
        "shout({isStripeCallback: true, error: {type: 'form_error', code: 'unanswered', message: 'Not yet.'}})",
    );
    until("told", || unusable(&told) == ["unanswered"]).await;
    assert!(
        !told
            .borrow()
            .iter()
            .any(|event| matches!(event, Event::Error(..)))
    );
    run(&iframe, "hello()");
    until("a port", || run(&iframe, "!!port").is_truthy()).await;
    run(&iframe, "say('ready')");
    until("ready", || {
        place.get_attribute("data-state").as_deref() == Some("ready")
    })
    .await;
    drop(entry);
    place.unchecked_into::<web_sys::HtmlElement>().remove();
}
