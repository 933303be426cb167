//! The element on a page where its Wasm cannot start: it shows an error text, from plain JavaScript.

use crate::support::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlIFrameElement};

const TYPES: &str = "require-trusted-types-for 'script'";

/// A page with a policy, the element and its script. Its timers run when the test calls them.
async fn page(policy: &str) -> HtmlIFrameElement {
    let blob = |text: &str| {
        let text = JsValue::from_str(text);
        js_sys::Reflect::set(&js_sys::global(), &"source".into(), &text).unwrap();
        run_in_page("URL.createObjectURL(new Blob([source], {type: 'text/javascript'}))")
            .as_string()
            .unwrap()
    };
    let fallback = blob(include_str!("../../../src/element/fallback.js"));
    let script = include_str!("../../../src/element.js");
    let url = blob(&script.replace("./element/fallback.js", &fallback));
    let host = new_host();
    let iframe = document().create_element("iframe").unwrap();
    let html = format!(
        "<!doctype html><html lang='fr-CA'><head><meta http-equiv='Content-Security-Policy' content=\"script-src 'unsafe-inline' blob: {policy}\"></head>
         <body><card-entry frame='/x'></card-entry><script>
           var events = [], mounts = 0, late = null, answers = [];
           addEventListener('card-entry-unusable', (event) => events.push(event.detail));
           setTimeout = (call) => {{ late = call; return 1 }}; clearTimeout = () => {{ late = null }};
           console.error = () => {{}};
         </script><script type='module'>
           import {{ define }} from '{url}';
           window.start = () => define((host) => {{ mounts += 1; return {{ free() {{}}, submit(resolve) {{ resolve({{ submitted: true }}) }} }} }});
           window.element = document.querySelector('card-entry');
           element.submit().then((answer) => answers.push(answer));
           queueMicrotask(() => {{ window.done = true }});
         </script></body></html>"
    );
    iframe.set_attribute("srcdoc", &html).unwrap();
    host.append_child(&iframe).unwrap();
    let iframe: HtmlIFrameElement = iframe.unchecked_into();
    let done = || {
        let window = iframe.content_window()?;
        js_sys::Reflect::get(&window, &"done".into()).ok()
    };
    wait_until("the page", || done().is_some_and(|done| done.is_truthy())).await;
    iframe
}

fn get(page: &HtmlIFrameElement, name: &str) -> JsValue {
    js_sys::Reflect::get(&page.content_window().unwrap(), &name.into()).unwrap()
}

fn count(page: &HtmlIFrameElement, name: &str) -> u32 {
    js_sys::Array::from(&get(page, name)).length()
}

fn element(page: &HtmlIFrameElement) -> Element {
    get(page, "element").unchecked_into()
}

fn call(page: &HtmlIFrameElement, name: &str) {
    let function: js_sys::Function = get(page, name).unchecked_into();
    function.call0(&page.content_window().unwrap()).unwrap();
}

fn first(page: &HtmlIFrameElement, list: &str, key: &str) -> String {
    let first = js_sys::Array::from(&get(page, list)).get(0);
    let value = js_sys::Reflect::get(&first, &key.into()).unwrap();
    value.as_string().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_policy_that_forbids_wasm_is_reported_in_the_element() {
    let page = page(&format!("; {TYPES}")).await;
    wait_until("said", || count(&page, "events") == 1).await;
    let element = element(&page);
    let words = "Le formulaire de carte ne peut pas démarrer sur cette page.";
    assert_eq!(element.text_content().unwrap(), words);
    let line = element.first_element_child().unwrap();
    assert_eq!(line.get_attribute("role").as_deref(), Some("alert"));
    assert_eq!(line.get_attribute("lang").as_deref(), Some("fr"));
    assert_eq!(
        element.get_attribute("data-state").as_deref(),
        Some("unusable")
    );
    assert_eq!(first(&page, "events", "code"), "wasm_blocked");
    assert_eq!(first(&page, "events", "message"), words);
    wait_until("answered", || count(&page, "answers") == 1).await;
    assert_eq!(first(&page, "answers", "reason"), "unusable");
    page.parent_element().unwrap().remove();
}

#[wasm_bindgen_test]
async fn a_late_module_is_reported_and_still_mounts() {
    let page = page(&format!("'wasm-unsafe-eval'; {TYPES}")).await;
    let element = element(&page);
    wait_until("the timer", || get(&page, "late").is_function()).await;
    assert_eq!(element.text_content().unwrap(), "");
    assert_eq!(count(&page, "events"), 0);
    call(&page, "late");
    assert_eq!(
        element.text_content().unwrap(),
        "Le formulaire de carte ne s’est pas chargé. Veuillez recharger la page."
    );
    assert_eq!(first(&page, "events", "code"), "wasm_missing");
    call(&page, "start");
    wait_until("mounted", || get(&page, "mounts").as_f64() == Some(1.0)).await;
    assert_eq!(element.text_content().unwrap(), "");
    assert!(!element.has_attribute("data-state"));
    page.parent_element().unwrap().remove();
}
