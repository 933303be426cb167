//! What belongs to the element alone: its properties, which never stand in markup, and its children, of which there is
//! one form, whatever rewrites the page.

use super::{answer, attributes, make, set, state};
use crate::support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// Collects events of these names from an element, and what the console says, as `[name, detail]`.
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
    here(script).as_string().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_secret_in_an_attribute_is_taken_away_refused_and_never_used() {
    answer("new Response('{\"client_secret\": \"seti_1_secret_2\"}', {status: 200})");
    // As a server renders it, and as a framework writes it before the class is there.
    let element = make(&format!(
        "{} token='sess_markup' settings='[object Object]'",
        attributes()
    ));
    assert!(
        !element
            .parent_element()
            .unwrap()
            .inner_html()
            .contains("sess_markup")
    );
    assert!(!element.has_attribute("settings"));
    listen(&element);
    until("both refused", || here("events.length === 2").is_truthy()).await;
    assert_eq!(
        text(
            "events.map(([name, detail]) => name + ' ' + detail.code + ' ' + detail.attribute).sort().join()"
        ),
        "error attribute_refused settings,error attribute_refused token"
    );
    assert!(!text("JSON.stringify(events)").contains("sess_markup"));
    // Later, on a form that is there: neither mounts it anew nor signs anybody in.
    until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = linked(&element).await;
    element.set_attribute("token", "sess_later").unwrap();
    assert!(!element.has_attribute("token"));
    until("refused again", || {
        here("events.filter(([name]) => name === 'error').length === 3").is_truthy()
    })
    .await;
    assert!(text("errors.at(-1)[0]").contains("assign the property “token”"));
    assert!(here("errors.at(-1)[1] === subject").is_truthy());
    run(&iframe, "say('intent_request', {attempt: 1})");
    until("nobody is signed in", || state(&element) == "sign-in").await;
    assert!(here("requests.length === 0").is_truthy());
    // Then the property, as a wrapper's effect assigns it.
    set(&element, "subject.token = 'sess_property'");
    until("the intent", || heard(&iframe).ends_with(" intent")).await;
    assert!(text("requests.join()").ends_with(" sess_property"));
    assert!(!element.outer_html().contains("sess_"));
    here("console.error = consoleError");
    element.remove();
}

#[wasm_bindgen_test]
async fn every_property_set_before_the_definition_is_taken_over() {
    answer("new Response('{\"client_secret\": \"seti_1_secret_2\"}', {status: 200})");
    let element = make(&attributes());
    let parent = element.parent_element().unwrap();
    element.remove();
    set(
        &element,
        "for (const [name, value] of [['token', 'sess_early'], ['settings', {locale: 'de'}]])
           Object.defineProperty(subject, name, {value, configurable: true, writable: true, enumerable: true})",
    );
    parent.append_child(&element).unwrap();
    until("mounted", || iframe_of(&element).is_some()).await;
    assert_eq!(text("Object.getOwnPropertyNames(subject).join()"), "");
    assert!(here("subject.token === null && subject.settings.locale === 'de'").is_truthy());
    let iframe = linked(&element).await;
    assert_eq!(iframe.title(), "Kartendaten");
    run(&iframe, "say('intent_request', {attempt: 1})");
    until("the intent", || heard(&iframe) == "intent").await;
    assert!(text("requests[0]").ends_with("sess_early"));
    // What a framework passes for none, is none.
    for (attempt, none) in [(2, "''"), (3, "undefined"), (4, "null")] {
        set(
            &element,
            &format!("subject.token = 'sess_x'; subject.token = {none}"),
        );
        run(
            &iframe,
            &format!("say('intent_request', {{attempt: {attempt}}})"),
        );
        until(none, || heard(&iframe).ends_with("not_saved:checking")).await;
        assert_eq!(state(&element), "sign-in", "{none}");
        set(&element, "subject.token = 'sess_next'");
        until(none, || heard(&iframe).ends_with("intent")).await;
    }
    assert!(!text("requests.join()").contains("sess_x"));
    element.remove();
}

#[wasm_bindgen_test]
async fn a_host_of_the_shadow_root_around_it_hears() {
    let place = place();
    listen(&place);
    set(
        &place,
        &format!(
            "subject.attachShadow({{mode: 'open'}}).innerHTML = `<card-entry {}></card-entry>`",
            attributes()
        ),
    );
    let element: Element = here("subject.shadowRoot.firstElementChild").unchecked_into();
    until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = linked(&element).await;
    run(
        &iframe,
        "say('focus', {field: 'number'}); say('escape', {field: 'cvc'}); say('blur', {field: 'number'}); say('networks_change', {networks: ['visa', 'cartes_bancaires']})",
    );
    until("all", || here("events.length === 5").is_truthy()).await;
    assert_eq!(
        text("JSON.stringify(events)"),
        r#"[["ready",{}],["focus",{"field":"number"}],["escape",{"field":"cvc"}],["blur",{"field":"number"}],["networkschange",{"networks":["visa","cartes_bancaires"]}]]"#
    );
    here("console.error = consoleError");
    place.remove();
}

#[wasm_bindgen_test]
async fn a_press_is_kept_until_the_form_is_ready_and_answered() {
    let element = make(&attributes());
    listen(&element);
    // At once: nothing is mounted yet.
    set(
        &element,
        "globalThis.answers = []; for (let n = 0; n < 3; n++) subject.submit().then((answer) => answers.push(answer))",
    );
    until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = linked(&element).await;
    until("one press", || heard(&iframe) == "submit").await;
    run(
        &iframe,
        "say('not_submitted', {reason: 'incomplete', field: 'cvc'})",
    );
    until("answered", || here("answers.length === 3").is_truthy()).await;
    let not = r#"{"reason":"incomplete","field":"cvc","submitted":false}"#;
    assert_eq!(
        text("answers.map(JSON.stringify).join(' ')"),
        [not; 3].join(" ")
    );
    assert_eq!(
        text("JSON.stringify(events.at(-1))"),
        r#"["not-submitted",{"reason":"incomplete","field":"cvc"}]"#
    );
    here("subject.submit().then((answer) => answers.push(answer))");
    until("a second", || heard(&iframe) == "submit submit").await;
    run(
        &iframe,
        "say('log', {event: 'attempt_started', detail: ''})",
    );
    until("answered", || here("answers.length === 4").is_truthy()).await;
    assert_eq!(text("JSON.stringify(answers[3])"), r#"{"submitted":true}"#);
    // A form that never answers, for it leaves.
    here("subject.submit().then((answer) => answers.push(answer))");
    element.remove();
    until("answered", || here("answers.length === 5").is_truthy()).await;
    assert_eq!(text("answers[4].reason"), "left");
    here("subject.submit().then((answer) => answers.push(answer))");
    until("answered", || here("answers.length === 6").is_truthy()).await;
    assert_eq!(text("answers[5].reason"), "left");
    here("console.error = consoleError");
}

#[wasm_bindgen_test]
async fn a_press_on_a_form_that_cannot_work_is_answered() {
    let element = make(&attributes());
    listen(&element);
    set(
        &element,
        "globalThis.answers = []; subject.submit().then((answer) => answers.push(answer))",
    );
    until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = stand_in(&element).await;
    run(&iframe, "hello()");
    until("a port", || run(&iframe, "!!port").is_truthy()).await;
    run(
        &iframe,
        "say('unusable', {code: 'bad_key', message: 'No.'})",
    );
    until("answered", || here("answers.length === 1").is_truthy()).await;
    here("subject.submit().then((answer) => answers.push(answer))");
    until("answered", || here("answers.length === 2").is_truthy()).await;
    assert_eq!(
        text("answers.map(({reason}) => reason).join()"),
        "unusable,unusable"
    );
    let wrong = make("frame='/x'");
    set(
        &wrong,
        "subject.submit().then((answer) => answers.push(answer))",
    );
    until("answered", || here("answers.length === 3").is_truthy()).await;
    assert_eq!(text("answers[2].reason"), "unusable");
    here("console.error = consoleError");
    element.remove();
    wrong.remove();
}

#[wasm_bindgen_test]
async fn a_page_that_rewrites_itself_has_one_form() {
    let left = Leftovers::watch();
    let before = left.count();
    let element = make(&attributes());
    let parent = element.parent_element().unwrap();
    until("mounted", || iframe_of(&element).is_some()).await;
    linked(&element).await;
    until("ready", || state(&element) == "ready").await;
    listen(&element);
    // A morph to what the server sent: no children, no marks.
    set(
        &element,
        "subject.replaceChildren(); subject.removeAttribute('data-state'); subject.removeAttribute('data-card-entry')",
    );
    until("mounted again", || iframe_of(&element).is_some()).await;
    assert_eq!((forms(&element), state(&element).as_str()), (1, "loading"));
    assert!(element.has_attribute("data-card-entry"));
    assert_eq!(
        text("events.map(([, detail]) => detail.event).join()"),
        "frame_removed"
    );
    linked(&element).await;
    until("ready again", || state(&element) == "ready").await;
    // Its own HTML again: what was the form is a dead copy of it.
    set(&element, "subject.innerHTML = subject.innerHTML");
    until("one form", || {
        forms(&element) == 1 && state(&element) == "loading"
    })
    .await;
    linked(&element).await;
    until("ready once more", || state(&element) == "ready").await;
    // The marks alone.
    element.set_attribute("data-state", "wrong").unwrap();
    until("put right", || state(&element) == "ready").await;
    // A copy beside it, and the page's HTML from a cache.
    let copy = element.clone_node_with_deep(true).unwrap();
    parent.append_child(&copy).unwrap();
    sleep(30).await;
    assert_eq!(
        parent.query_selector_all("iframe").unwrap().length(),
        2,
        "two elements, a form each"
    );
    parent.remove_child(&copy).unwrap();
    set(&parent, "subject.innerHTML = subject.innerHTML");
    sleep(30).await;
    let element = parent.first_element_child().unwrap();
    assert_eq!(forms(&element), 1);
    linked(&element).await;
    until("ready from the cache", || state(&element) == "ready").await;
    element.remove();
    assert_eq!(left.count(), before);
    here("console.error = consoleError");
}

#[wasm_bindgen_test]
async fn a_page_that_takes_the_form_away_for_ever_is_told_in_words() {
    let element = make(&attributes());
    listen(&element);
    for _ in 0..4 {
        until("mounted", || iframe_of(&element).is_some()).await;
        iframe_of(&element).unwrap().remove();
        sleep(0).await;
    }
    until("said", || state(&element) == "unusable").await;
    assert_eq!(forms(&element), 0);
    assert_eq!(
        text("events.at(-1)[0] + ' ' + events.at(-1)[1].code"),
        "unusable frame_left"
    );
    // The words stay, whatever the page does.
    set(&element, "subject.replaceChildren()");
    until("the words again", || {
        element.text_content().unwrap().contains("chargé")
    })
    .await;
    set(
        &element,
        "subject.querySelector('[data-action=retry]').click()",
    );
    until("mounted again", || forms(&element) == 1).await;
    here("console.error = consoleError");
    element.remove();
}
