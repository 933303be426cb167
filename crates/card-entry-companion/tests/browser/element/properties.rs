//! The properties of the element, which must never be in its markup.

use super::{answer, attributes, listen, make, set, state, text};
use crate::support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

#[wasm_bindgen_test]
async fn a_secret_in_an_attribute_is_removed_reported_and_never_used() {
    answer("new Response('{\"client_secret\": \"seti_1_secret_2\"}', {status: 200})");
    // As a server renders it, and as a framework writes it before the class is defined.
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
    wait_until("both refused", || {
        run_in_page("events.length === 2").is_truthy()
    })
    .await;
    assert_eq!(
        text(
            "events.map(([name, detail]) => name + ' ' + detail.code + ' ' + detail.attribute).sort().join()"
        ),
        "error attribute_refused settings,error attribute_refused token"
    );
    assert!(!text("JSON.stringify(events)").contains("sess_markup"));
    // Later, on a mounted form: it neither mounts again nor uses the token.
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = connected_frame(&element).await;
    element.set_attribute("token", "sess_later").unwrap();
    assert!(!element.has_attribute("token"));
    wait_until("refused again", || {
        run_in_page("events.filter(([name]) => name === 'error').length === 3").is_truthy()
    })
    .await;
    assert!(text("errors.at(-1)[0]").contains("assign the property “token”"));
    assert!(run_in_page("errors.at(-1)[1] === subject").is_truthy());
    run_in_frame(&iframe, "send('intent_request', {attempt: 1})");
    wait_until("nobody is signed in", || state(&element) == "sign-in").await;
    assert!(run_in_page("requests.length === 0").is_truthy());
    // Then the property, as the wrapper of a framework assigns it.
    set(&element, "subject.token = 'sess_property'");
    wait_until("the intent", || received(&iframe).ends_with(" intent")).await;
    assert!(text("requests.join()").ends_with(" sess_property"));
    assert!(!element.outer_html().contains("sess_"));
    run_in_page("console.error = consoleError");
    element.remove();
}

#[wasm_bindgen_test]
async fn every_property_set_before_the_definition_is_adopted() {
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
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    assert_eq!(text("Object.getOwnPropertyNames(subject).join()"), "");
    assert!(run_in_page("subject.token === null && subject.settings.locale === 'de'").is_truthy());
    let iframe = connected_frame(&element).await;
    assert_eq!(iframe.title(), "Kartendaten");
    run_in_frame(&iframe, "send('intent_request', {attempt: 1})");
    wait_until("the intent", || received(&iframe) == "intent").await;
    assert!(text("requests[0]").ends_with("sess_early"));
    // The values that frameworks pass for no token mean no token.
    for (attempt, none) in [(2, "''"), (3, "undefined"), (4, "null")] {
        set(
            &element,
            &format!("subject.token = 'sess_x'; subject.token = {none}"),
        );
        run_in_frame(
            &iframe,
            &format!("send('intent_request', {{attempt: {attempt}}})"),
        );
        wait_until(none, || received(&iframe).ends_with("not_saved:checking")).await;
        assert_eq!(state(&element), "sign-in", "{none}");
        set(&element, "subject.token = 'sess_next'");
        wait_until(none, || received(&iframe).ends_with("intent")).await;
    }
    assert!(!text("requests.join()").contains("sess_x"));
    element.remove();
}

#[wasm_bindgen_test]
async fn events_cross_the_shadow_root() {
    let host = new_host();
    listen(&host);
    set(
        &host,
        &format!(
            "subject.attachShadow({{mode: 'open'}}).innerHTML = `<card-entry {}></card-entry>`",
            attributes()
        ),
    );
    let element: Element = run_in_page("subject.shadowRoot.firstElementChild").unchecked_into();
    wait_until("mounted", || iframe_of(&element).is_some()).await;
    let iframe = connected_frame(&element).await;
    run_in_frame(
        &iframe,
        "send('focus', {field: 'number'}); send('escape', {field: 'cvc'}); send('blur', {field: 'number'}); send('networks_change', {networks: ['visa', 'cartes_bancaires']})",
    );
    wait_until("all", || run_in_page("events.length === 5").is_truthy()).await;
    assert_eq!(
        text("JSON.stringify(events)"),
        r#"[["ready",{}],["focus",{"field":"number"}],["escape",{"field":"cvc"}],["blur",{"field":"number"}],["networkschange",{"networks":["visa","cartes_bancaires"]}]]"#
    );
    run_in_page("console.error = consoleError");
    host.remove();
}
