//! `<card-entry>`: attributes in, events out; it can be moved, removed and reinserted.

mod blocked;
mod children;
mod properties;
mod submit;

use super::support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

fn make(attributes: &str) -> Element {
    card_entry_companion::element::start(); // a second call does nothing
    let host = new_host();
    host.set_inner_html(&format!("<card-entry {attributes}></card-entry>"));
    host.first_element_child().unwrap()
}

fn attributes() -> String {
    format!(
        "frame='{}/fake-frame' stripe-publishable-key='pk_test_demo' wallet='mytime' wallet-url='{}' company-id='40426' locale='fr'",
        origin(),
        origin()
    )
}

/// Runs a script with the element as `subject`.
fn set(element: &Element, script: &str) {
    js_sys::Reflect::set(&js_sys::global(), &"subject".into(), element).unwrap();
    run_in_page(script);
}

fn answer(script: &str) {
    run_in_page(&format!(
        "globalThis.requests = []; globalThis.fetch = async (url, init) => {{ requests.push(url + ' ' + init.headers.get('authorization')); return {script} }}"
    ));
}

fn state(element: &Element) -> String {
    element.get_attribute("data-state").unwrap_or_default()
}

/// Collects the events of an element in `events`, and the console errors in `errors`.
fn listen(subject: &Element) {
    set(
        subject,
        "globalThis.events = []; globalThis.errors = [];
         globalThis.consoleError ??= console.error; console.error = (...said) => errors.push(said);
         for (const name of ['ready', 'error', 'unusable', 'not-submitted', 'log', 'focus', 'blur', 'escape', 'networkschange'])
           subject.addEventListener('card-entry-' + name, (event) => events.push([name, event.detail]))",
    );
}

fn forms(element: &Element) -> u32 {
    element.query_selector_all("iframe").unwrap().length()
}

fn text(script: &str) -> String {
    run_in_page(script).as_string().unwrap_or_default()
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
    let iframe = connected_frame(&element).await;
    assert_eq!(iframe.title(), "Coordonnées de la carte");
    wait_until("ready", || state(&element) == "ready").await;
    let proof =
        "{text: 'Keep it?', locale: 'fr', shown_at: '2026-11-29T14:03:05.123Z', accepted_at: null}";
    run_in_frame(
        &iframe,
        &format!("send('result', {{attempt: 1, id: '{PM}', card, setup: null, consent: {proof}}})"),
    );
    wait_until("sign-in", || state(&element) == "sign-in").await;
    set(&element, "subject.token = 'new'");
    wait_until("saved", || state(&element) == "saved").await;
    let events = run_in_page("events.map(([name]) => name).join(' ')")
        .as_string()
        .unwrap();
    assert_eq!(events, "ready sign-in saved");
    assert_eq!(run_in_page("events[2][1].id").as_string().unwrap(), PM);
    assert_eq!(
        run_in_page("events[2][1].card.last4").as_string().unwrap(),
        "4242"
    );
    let proof = "JSON.stringify(events[2][1].consent)";
    assert_eq!(
        run_in_page(proof).as_string().unwrap(),
        r#"{"text":"Keep it?","locale":"fr","shown_at":"2026-11-29T14:03:05.123Z","accepted_at":null}"#
    );
    assert!(!element.outer_html().contains("old") && !element.outer_html().contains("\"new\""));
    assert!(run_in_page("subject.token === null").is_truthy());
    set(
        &element,
        "subject.submit(); subject.reset(); subject.focus()",
    );
    wait_until("three messages", || {
        received(&iframe).ends_with("submit reset focus")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_wrong_attribute_is_reported() {
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
        run_in_page(
            "globalThis.wrong = null; addEventListener('card-entry-unusable', (event) => { wrong = event.detail.code === 'bad_attribute' && event.detail.expected ? event.detail.message : event.detail.code }, {once: true})",
        );
        let element = make(attributes);
        wait_until("the event", || run_in_page("wrong !== null").is_truthy()).await;
        assert_eq!(
            run_in_page("wrong").as_string().unwrap(),
            name,
            "{attributes}"
        );
        assert_eq!(state(&element), "unusable");
        assert!(iframe_of(&element).is_none());
        element.remove();
    }
}

#[wasm_bindgen_test]
async fn removing_and_reinserting_the_element_leaks_nothing() {
    let resources = OpenResources::watch();
    let before = resources.count();
    let element = make(&attributes());
    let parent = element.parent_element().unwrap();
    for _ in 0..3 {
        wait_until("mounted", || iframe_of(&element).is_some()).await;
        assert_eq!(element.query_selector_all("iframe").unwrap().length(), 1);
        element.remove();
        assert!(iframe_of(&element).is_none());
        assert_eq!(resources.count(), before);
        parent.append_child(&element).unwrap();
    }
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    let first = iframe_of(&element).unwrap().src();
    element.set_attribute("locale", "de").unwrap();
    wait_until("mounted anew", || {
        iframe_of(&element).is_some_and(|iframe| iframe.src() != first)
    })
    .await;
    assert!(iframe_of(&element).unwrap().src().contains("locale=de"));
    element.remove();
    assert_eq!(resources.count(), before);
}

#[wasm_bindgen_test]
async fn properties_set_before_the_definition_are_used() {
    answer("new Response('{\"client_secret\": \"seti_1_secret_2\"}', {status: 200})");
    card_entry_companion::element::start();
    let element = document().create_element("card-entry").unwrap();
    // As if set before the element was upgraded: an own property hides the setter.
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
    new_host().append_child(&element).unwrap();
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = connected_frame(&element).await;
    run_in_frame(&iframe, "send('intent_request', {attempt: 1})");
    wait_until("the intent", || received(&iframe) == "intent").await;
    assert!(run_in_page("requests[0].endsWith(' early')").is_truthy());
    element.dyn_into::<web_sys::HtmlElement>().unwrap().remove();
}

#[wasm_bindgen_test]
async fn an_unknown_attribute_is_logged_and_the_form_is_mounted() {
    run_in_page(
        "globalThis.warned = []; globalThis.kept = console.warn; console.warn = (text) => warned.push(text);
         globalThis.lines = []; addEventListener('card-entry-log', (event) => lines.push(event.detail.event + ' ' + event.detail.detail))",
    );
    let element = make(&format!(
        "{} companyid='7' isforfutureusage='false' locale='fr!' data-x='1' id='form' x-data=''",
        attributes().replace("locale='fr'", "")
    ));
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    run_in_page("console.warn = kept");
    let lines = run_in_page("lines.join('; ')").as_string().unwrap();
    assert_eq!(
        lines,
        "attribute_ignored locale: a BCP 47 tag such as fr-CA, or auto; \
         attribute_ignored companyid: did you mean company-id?; \
         attribute_ignored isforfutureusage: did you mean for-future-usage?"
    );
    assert_eq!(run_in_page("warned.length").as_f64(), Some(3.0));
    let src = iframe_of(&element).unwrap().src();
    assert!(!src.contains("fr!") && !src.contains("fr%21"), "{src}");
    element.remove();
}

#[wasm_bindgen_test]
async fn an_invalid_token_is_logged_without_its_value() {
    let element = make(&attributes());
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    set(
        &element,
        "globalThis.line = null; subject.addEventListener('card-entry-log', (event) => { line = event.detail.detail }); subject.token = 'top secret'",
    );
    let line = run_in_page("line").as_string().unwrap();
    assert!(
        line.starts_with("token: ") && !line.contains("top secret"),
        "{line}"
    );
    element.remove();
}
