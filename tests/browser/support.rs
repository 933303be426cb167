//! The page, the embedding window and the test double of Stripe.js.

use card_entry::clock::sleep;
use card_entry::config::{Config, PageEnvironment};
use card_entry::{MountedForm, mount};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Window};

/// The channel of the companion in every test.
pub const CHANNEL: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// How long `wait_until` waits, milliseconds.
const TIMEOUT_MS: u32 = 15_000;

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Runs JavaScript in this page.
pub fn js(code: &str) -> JsValue {
    js_sys::eval(code).unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

/// Evaluates JavaScript in this page to a JSON value.
pub fn json(code: &str) -> Value {
    let text = js(&format!("JSON.stringify({code}) ?? 'null'"));
    serde_json::from_str(&text.as_string().unwrap()).unwrap()
}

/// Waits until `is` returns true; `what` names it in the failure.
pub async fn wait_until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..TIMEOUT_MS / 10 {
        if is() {
            return;
        }
        sleep(10).await;
    }
    panic!("never: {what}");
}

/// The `<main>` element of index.html, as text.
fn markup() -> &'static str {
    let html = include_str!("../../index.html");
    let (start, end) = (html.find("<main").unwrap(), html.find("</main>").unwrap());
    &html[start..end + "</main>".len()]
}

/// A valid environment; the allowed parent is this page's own origin.
pub fn environment(query: &str) -> PageEnvironment {
    let origin = web_sys::window().unwrap().origin();
    PageEnvironment {
        search: format!(
            "?stripe_publishable_key=pk_test_demo&creditCardsOnly=true&isForFutureUsage=true{query}"
        ),
        hash: format!("#ch={CHANNEL}"),
        parents: origin.clone(),
        origin,
        embedded: true,
        stripe_js: "https://js.stripe.example/v3/".into(),
        language: "en".into(),
        ..PageEnvironment::default()
    }
}

/// Waits for the view: its effects run in a later task than the change.
pub async fn wait_for_render() {
    card_entry::clock::sleep(10).await;
}

/// A mounted form and its embedding window. Dropping it removes both.
pub struct Page {
    pub host: HtmlElement,
    frame: Element,
    mounted: Option<MountedForm>,
}

impl Page {
    /// Mounts with a companion that has not answered yet.
    pub fn open(query: &str) -> Self {
        Self::mount(&environment(query))
    }

    /// Mounts with a plain listener.
    pub fn with_plain_listener(query: &str) -> Self {
        Self::mount(&PageEnvironment {
            hash: String::new(),
            ..environment(query)
        })
    }

    pub fn mount(from: &PageEnvironment) -> Self {
        js(include_str!("stripe.js"));
        Self::mount_only(from)
    }

    /// Mounts with the existing test double of Stripe.js.
    pub fn mount_only(from: &PageEnvironment) -> Self {
        let body = document().body().unwrap();
        let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        let style = concat!(
            "<style>",
            include_str!("../../style/tokens.css"),
            include_str!("../../style/frame.css"),
            "</style>"
        );
        host.set_inner_html(&[style, markup()].concat());
        body.append_child(&host).unwrap();
        let frame = document().create_element("iframe").unwrap();
        frame.set_id("embedder");
        // Too small to count as a 3DS page.
        frame.set_attribute("width", "1").unwrap();
        body.append_child(&frame).unwrap();
        let mut page = Self {
            host,
            frame,
            mounted: None,
        };
        page.run_in_parent(
            "window.inbox = []; addEventListener('message', (e) => { e.data.from = e.origin; inbox.push(e.data); });
             window.post = (data, ports = []) => parent.postMessage(data, parent.location.origin, ports);
             window.sendInit = (over = {}) => { const c = new MessageChannel(); window.port = c.port1;
               port.onmessage = (e) => inbox.push(e.data);
               post({ cardEntry: 'init', version: 1, channel: 'AAAAAAAAAAAAAAAAAAAAAA', settings: {}, ...over }, [c.port2]); };
             window.send = (type, body = {}) => port.postMessage({ v: 1, type, ...body });",
        );
        let mounted = mount(
            &page.host,
            Config::parse(from),
            page.window(),
            &from.language,
        );
        page.mounted = Some(mounted);
        page
    }

    /// Mounts, completes the handshake and waits until the form is ready.
    pub async fn ready(settings: &str) -> Self {
        let page = Self::open("");
        page.run_in_parent(&format!("sendInit({{ settings: {settings} }})"));
        page.wait_for_phase("ready").await;
        page.wait_for_message("ready").await;
        page
    }

    pub fn window(&self) -> Window {
        js_sys::Reflect::get(&self.frame, &"contentWindow".into())
            .unwrap()
            .unchecked_into()
    }

    /// Runs JavaScript in the embedding window.
    pub fn run_in_parent(&self, code: &str) -> JsValue {
        let eval = js_sys::Reflect::get(&self.window(), &"eval".into()).unwrap();
        let eval: js_sys::Function = eval.unchecked_into();
        eval.call1(&JsValue::UNDEFINED, &code.into())
            .unwrap_or_else(|e| panic!("{code}: {e:?}"))
    }

    /// All messages that the embedding window has received.
    pub fn inbox(&self) -> Vec<Value> {
        let text = self
            .run_in_parent("JSON.stringify(inbox)")
            .as_string()
            .unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The messages of one type on the port.
    pub fn messages(&self, kind: &str) -> Vec<Value> {
        self.inbox()
            .into_iter()
            .filter(|message| message["type"] == kind)
            .collect()
    }

    pub async fn wait_for_message(&self, kind: &str) -> Value {
        wait_until(&format!("{kind} in {:?}", self.inbox()), || {
            !self.messages(kind).is_empty()
        })
        .await;
        self.messages(kind).pop().unwrap()
    }

    pub async fn wait_for_phase(&self, phase: &str) {
        wait_until(&format!("{phase}, not {}", self.phase()), || {
            self.phase() == phase
        })
        .await;
    }

    pub fn find(&self, css: &str) -> HtmlElement {
        self.host
            .query_selector(css)
            .unwrap()
            .unwrap_or_else(|| panic!("no {css}"))
            .unchecked_into()
    }

    pub fn text(&self, css: &str) -> String {
        self.find(css).text_content().unwrap()
    }

    pub fn attribute(&self, css: &str, name: &str) -> String {
        self.find(css).get_attribute(name).unwrap()
    }

    /// The value of an input or a select.
    pub fn value(&self, css: &str) -> String {
        let value = js_sys::Reflect::get(&self.find(css), &"value".into()).unwrap();
        value.as_string().unwrap()
    }

    pub fn phase(&self) -> String {
        self.attribute("main", "data-phase")
    }

    pub fn click(&self, css: &str) {
        self.find(css).click();
    }

    /// Types into one of our own fields.
    pub fn type_in(&self, css: &str, text: &str) {
        let input = self.find(css);
        js_sys::Reflect::set(&input, &"value".into(), &text.into()).unwrap();
        input
            .dispatch_event(&js("new Event('input', { bubbles: true })").unchecked_into())
            .unwrap();
    }

    /// Unmounts the form; the page and its parent stay.
    pub fn unmount(&mut self) {
        self.mounted.take();
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.unmount();
        self.host.remove();
        self.frame.remove();
    }
}
