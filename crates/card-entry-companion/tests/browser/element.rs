//! `<card-entry>`: attributes in, events out, safe to move, remove and put back.

mod blocked;
mod own;

use super::support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

fn make(attributes: &str) -> Element {
    card_entry_companion::element::start(); // twice is once
    let place = place();
    place.set_inner_html(&format!("<card-entry {attributes}></card-entry>"));
    place.first_element_child().unwrap()
}

fn attributes() -> String {
    format!(
        "frame='{}/frame-stand-in' stripe-publishable-key='pk_test_demo' wallet='mytime' wallet-url='{}' company-id='40426' locale='fr'",
        origin(),
        origin()
    )
}

/// Sets a property of an element.
fn set(element: &Element, script: &str) {
    js_sys::Reflect::set(&js_sys::global(), &"subject".into(), element).unwrap();
    here(script);
}

fn answer(script: &str) {
    here(&format!(
        "globalThis.requests = []; globalThis.fetch = async (url, init) => {{ requests.push(url + ' ' + init.headers.get('authorization')); return {script} }}"
    ));
}

fn state(element: &Element) -> String {
    element.get_attribute("data-state").unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_plain_page_saves_a_card_and_signs_in_again() {
    let user = format!(
        "{{user: {{id: 1, email: '', first_name: '', last_name: '', credit_cards: [{{id: 'cus_1|{PM}', last4: '4242', exp_month: 12, exp_year: 2030, brand: 'Visa'}}]}}}}"
    );
    answer(&format!(
        "init.headers.get('authorization') === 'old' ? new Response('{{}}', {{status: 401}}) : new Response(JSON.stringify({user}), {{status: 201}})"
    ));
    let element = make(&attributes());
    set(
        &element,
        "globalThis.events = []; for (const name of ['ready', 'saved', 'sign-in', 'error', 'unusable']) subject.addEventListener('card-entry-' + name, (event) => events.push([name, event.detail])); subject.token = 'old'",
    );
    sleep(0).await;
    let iframe = linked(&element).await;
    assert_eq!(iframe.title(), "Coordonnées de la carte");
    until("ready", || state(&element) == "ready").await;
    let proof =
        "{text: 'Keep it?', locale: 'fr', shown_at: '2026-11-29T14:03:05.123Z', accepted_at: null}";
    run(
        &iframe,
        &format!("say('result', {{attempt: 1, id: '{PM}', card, setup: null, consent: {proof}}})"),
    );
    until("sign-in", || state(&element) == "sign-in").await;
    set(&element, "subject.token = 'new'");
    until("saved", || state(&element) == "saved").await;
    let events = here("events.map(([name]) => name).join(' ')")
        .as_string()
        .unwrap();
    assert_eq!(events, "ready sign-in saved");
    assert_eq!(here("events[2][1].id").as_string().unwrap(), PM);
    assert_eq!(here("events[2][1].card.last4").as_string().unwrap(), "4242");
    let proof = "JSON.stringify(events[2][1].consent)";
    assert_eq!(
        here(proof).as_string().unwrap(),
        r#"{"text":"Keep it?","locale":"fr","shown_at":"2026-11-29T14:03:05.123Z","accepted_at":null}"#
    );
    assert!(!element.outer_html().contains("old") && !element.outer_html().contains("\"new\""));
    assert!(here("subject.token === null").is_truthy());
    set(
        &element,
        "subject.submit(); subject.reset(); subject.focus()",
    );
    until("three messages", || {
        heard(&iframe).ends_with("submit reset focus")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_wrong_attribute_is_named() {
    for (attributes, name) in [
        ("", "frame"),
        ("frame='/x'", "stripe-publishable-key"),
        (
            "frame='/x' stripe-publishable-key='sk_test_1'",
            "stripe-publishable-key",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1'",
            "wallet-url",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1' wallet-url='/'",
            "company-id",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1' wallet='quux'",
            "wallet",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1' wallet-url='/' company-id='1' account='acct-wrong'",
            "account",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1' wallet-url='/' company-id='1' for-future-usage='no'",
            "for-future-usage",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1' wallet-url='/' company-id='1' location-id='here'",
            "location-id",
        ),
        (
            "frame='/x' stripe-publishable-key='pk_test_1' wallet-url='/' company-id='1.5'",
            "company-id",
        ),
        (
            "frame='javascript:alert(1)' stripe-publishable-key='pk_test_1'",
            "frame",
        ),
    ] {
        let element = make("");
        element.remove();
        here(
            "globalThis.wrong = null; addEventListener('card-entry-unusable', (event) => { wrong = event.detail.code === 'bad_attribute' && event.detail.expected ? event.detail.message : event.detail.code }, {once: true})",
        );
        let element = make(attributes);
        until("the event", || here("wrong !== null").is_truthy()).await;
        assert_eq!(here("wrong").as_string().unwrap(), name, "{attributes}");
        assert_eq!(state(&element), "unusable");
        assert!(iframe_of(&element).is_none());
        element.remove();
    }
}

#[wasm_bindgen_test]
async fn off_the_page_and_back_again_leaves_nothing_behind() {
    let left = Leftovers::watch();
    let before = left.count();
    let element = make(&attributes());
    let parent = element.parent_element().unwrap();
    for _ in 0..3 {
        until("mounted", || iframe_of(&element).is_some()).await;
        assert_eq!(element.query_selector_all("iframe").unwrap().length(), 1);
        element.remove();
        assert!(iframe_of(&element).is_none());
        assert_eq!(left.count(), before);
        parent.append_child(&element).unwrap();
    }
    until("mounted", || iframe_of(&element).is_some()).await;
    let first = iframe_of(&element).unwrap().src();
    element.set_attribute("locale", "de").unwrap();
    until("mounted anew", || {
        iframe_of(&element).is_some_and(|iframe| iframe.src() != first)
    })
    .await;
    assert!(iframe_of(&element).unwrap().src().contains("locale=de"));
    element.remove();
    assert_eq!(left.count(), before);
}

#[wasm_bindgen_test]
async fn properties_set_before_the_definition_count() {
    answer("new Response('{\"client_secret\": \"seti_1_secret_2\"}', {status: 200})");
    card_entry_companion::element::start();
    let element = document().create_element("card-entry").unwrap();
    // As if set while the element was not upgraded yet: an own property hides the setter.
    set(
        &element,
        "Object.defineProperty(subject, 'token', {value: 'early', configurable: true, writable: true, enumerable: true})",
    );
    for pair in attributes().split("' ") {
        let (name, value) = pair.split_once("='").unwrap();
        element
            .set_attribute(name, value.trim_end_matches('\''))
            .unwrap();
    }
    place().append_child(&element).unwrap();
    until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = linked(&element).await;
    run(&iframe, "say('intent_request', {attempt: 1})");
    until("the intent", || heard(&iframe) == "intent").await;
    assert!(here("requests[0].endsWith(' early')").is_truthy());
    element.dyn_into::<web_sys::HtmlElement>().unwrap().remove();
}

#[wasm_bindgen_test]
async fn an_attribute_nobody_reads_is_named_and_the_form_is_mounted() {
    here(
        "globalThis.warned = []; globalThis.kept = console.warn; console.warn = (text) => warned.push(text);
         globalThis.lines = []; addEventListener('card-entry-log', (event) => lines.push(event.detail.event + ' ' + event.detail.detail))",
    );
    let element = make(&format!(
        "{} companyid='7' isforfutureusage='false' locale='fr!' data-x='1' id='form' x-data=''",
        attributes().replace("locale='fr'", "")
    ));
    until("mounted", || iframe_of(&element).is_some()).await;
    here("console.warn = kept");
    let lines = here("lines.join('; ')").as_string().unwrap();
    assert_eq!(
        lines,
        "attribute_ignored locale: a BCP 47 tag such as fr-CA, or auto; \
         attribute_ignored companyid: did you mean company-id?; \
         attribute_ignored isforfutureusage: did you mean for-future-usage?"
    );
    assert_eq!(here("warned.length").as_f64(), Some(3.0));
    let src = iframe_of(&element).unwrap().src();
    assert!(!src.contains("fr!") && !src.contains("fr%21"), "{src}");
    element.remove();
}

#[wasm_bindgen_test]
async fn a_token_that_is_none_is_named_without_being_repeated() {
    let element = make(&attributes());
    until("mounted", || iframe_of(&element).is_some()).await;
    set(
        &element,
        "globalThis.line = null; subject.addEventListener('card-entry-log', (event) => { line = event.detail.detail }); subject.token = 'top secret'",
    );
    let line = here("line").as_string().unwrap();
    assert!(
        line.starts_with("token: ") && !line.contains("top secret"),
        "{line}"
    );
    element.remove();
}
