//! Helpers of every test: a fake frame, a stub wallet, and a count of open resources.

mod stub;

use std::cell::RefCell;
use std::rc::Rc;

use card_entry_companion::address::{BaseUrl, FrameAddress};
use card_entry_companion::entry::CardEntry;
use card_entry_companion::event::EntryEvent;
use card_entry_companion::settings::HostSettings;
use card_entry_protocol::secret::PublishableKey;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlIFrameElement};

pub use stub::{StubWallet, card};

/// The behavior of a hosted frame, as far as a companion can see it.
const FAKE_FRAME_SCRIPT: &str = r#"
    globalThis.received = [];
    globalThis.views = [];
    globalThis.inits = 0;
    globalThis.port = null;
    globalThis.home = document.referrer && parent.location.origin;
    globalThis.channel = location.hash.slice(4);
    addEventListener("message", (event) => {
        if (event.data?.cardEntry !== "init") return;
        inits += 1;
        globalThis.init = event.data;
        if (port) return event.ports[0].close();
        globalThis.port = event.ports[0];
        port.onmessage = ({ data }) => (data.type === "in_view" ? views : received).push(data);
    });
    globalThis.postToParent = (data) => parent.postMessage(data, parent.location.origin);
    globalThis.hello = (ch = channel) => postToParent({ cardEntry: "hello", versions: [1], channel: ch });
    globalThis.send = (type, body = {}) => port.postMessage({ v: 1, type, ...body });
    globalThis.card = { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030, funding: "credit", country: "US" };
    globalThis.result = (attempt, id) =>
        send("result", { attempt, id, card, setup: { id: "seti_1", status: "succeeded" } });
"#;

pub const PM: &str = "pm_1QNCGJBb9dNaU75s5H5qvQXm";

pub async fn sleep(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}

/// Waits until a condition holds, fifteen seconds at most.
pub async fn wait_until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..5000 {
        if is() {
            return;
        }
        sleep(3).await;
    }
    panic!("never came: {what}");
}

pub fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A new host element on the page.
pub fn new_host() -> Element {
    let host = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    host
}

pub fn origin() -> String {
    web_sys::window().unwrap().location().origin().unwrap()
}

/// The test server answers this path with an empty 404 page of our own origin, which becomes the fake frame.
pub fn address() -> FrameAddress {
    let frame = BaseUrl::parse(&format!("{}/fake-frame", origin())).unwrap();
    FrameAddress::new(frame, PublishableKey::parse("pk_test_demo").unwrap())
}

pub fn iframe_of(host: &Element) -> Option<HtmlIFrameElement> {
    let iframe = host.query_selector("iframe").unwrap()?;
    Some(iframe.dyn_into().unwrap())
}

/// Runs a script in the iframe.
pub fn run_in_frame(iframe: &HtmlIFrameElement, script: &str) -> JsValue {
    let window = iframe.content_window().unwrap();
    let eval: js_sys::Function = Reflect::get(&window, &"eval".into())
        .unwrap()
        .unchecked_into();
    eval.call1(&window, &script.into()).unwrap()
}

/// Runs a script in the page.
pub fn run_in_page(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}

/// Waits for the document of the iframe and makes it a fake frame.
pub async fn fake_frame(host: &Element) -> HtmlIFrameElement {
    let iframe = iframe_of(host).expect("an iframe");
    wait_until("the frame's document", || {
        let ready = || {
            let window = iframe.content_window()?;
            let location = Reflect::get(&window, &"location".into()).ok()?;
            let hash = Reflect::get(&location, &"hash".into()).ok()?.as_string()?;
            let document = Reflect::get(&window, &"document".into()).ok()?;
            let state = Reflect::get(&document, &"readyState".into())
                .ok()?
                .as_string()?;
            Some(hash.starts_with("#ch=") && state == "complete")
        };
        ready().unwrap_or(false)
    })
    .await;
    run_in_frame(&iframe, FAKE_FRAME_SCRIPT);
    iframe
}

/// A fake frame that has a port and has sent `ready`.
pub async fn connected_frame(host: &Element) -> HtmlIFrameElement {
    let iframe = fake_frame(host).await;
    run_in_frame(&iframe, "hello()");
    wait_until("a port", || run_in_frame(&iframe, "!!port").is_truthy()).await;
    run_in_frame(&iframe, "send('ready')");
    iframe
}

/// The types of the messages that the frame received, joined. `in_view` messages are in `views`.
pub fn received(iframe: &HtmlIFrameElement) -> String {
    let types =
        "received.map((m) => m.type === 'not_saved' ? m.type + ':' + m.code : m.type).join(' ')";
    run_in_frame(iframe, types).as_string().unwrap()
}

/// A form on the page, with the events it reported.
pub struct Mounted {
    pub host: Element,
    pub entry: CardEntry,
    pub events: Rc<RefCell<Vec<EntryEvent>>>,
    pub wallet: Rc<StubWallet>,
}

pub fn mount(wallet: StubWallet) -> Mounted {
    mount_in(new_host(), wallet, address(), HostSettings::default())
}

/// Mounts into a host element of the test.
pub fn mount_in(
    host: Element,
    wallet: StubWallet,
    address: FrameAddress,
    settings: HostSettings,
) -> Mounted {
    let wallet = Rc::new(wallet);
    let events: Rc<RefCell<Vec<EntryEvent>>> = Rc::default();
    let sink = Rc::clone(&events);
    let entry = CardEntry::mount(&host, wallet.clone(), address, settings, move |event| {
        sink.borrow_mut().push(event)
    })
    .unwrap();
    Mounted {
        host,
        entry,
        events,
        wallet,
    }
}

impl Mounted {
    pub fn count(&self, is: impl Fn(&EntryEvent) -> bool) -> usize {
        self.events
            .borrow()
            .iter()
            .filter(|event| is(event))
            .count()
    }

    pub fn saved(&self) -> usize {
        self.count(|event| matches!(event, EntryEvent::Saved(..)))
    }

    pub fn state(&self) -> String {
        self.host.get_attribute("data-state").unwrap_or_default()
    }

    pub async fn wait_for_state(&self, state: &str) {
        wait_until(state, || self.state() == state).await;
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// Counts listeners, timers and ports since it was created.
pub struct OpenResources;

impl OpenResources {
    pub fn watch() -> Self {
        run_in_page(
            r#"(() => {
            // Resources of earlier tests, which end by themselves, are not counted.
            if (globalThis.openResources) {
                openResources.listeners = [];
                openResources.timers.clear();
                openResources.ports.clear();
                return;
            }
            const left = (globalThis.openResources = { listeners: [], timers: new Set(), ports: new Set() });
            const add = window.addEventListener, remove = window.removeEventListener;
            window.addEventListener = function (type, call, options) {
                left.listeners.push([type, call]);
                return add.call(this, type, call, options);
            };
            window.removeEventListener = function (type, call, options) {
                left.listeners = left.listeners.filter(([t, c]) => t !== type || c !== call);
                return remove.call(this, type, call, options);
            };
            const set = window.setTimeout, clear = window.clearTimeout;
            window.setTimeout = function (call, delay) {
                const id = set.call(window, (...all) => { left.timers.delete(id); call(...all); }, delay);
                left.timers.add(id);
                return id;
            };
            window.clearTimeout = function (id) { left.timers.delete(id); return clear.call(window, id); };
            const Channel = window.MessageChannel;
            window.MessageChannel = function () {
                const channel = new Channel();
                const port = channel.port1, close = port.close;
                left.ports.add(port);
                port.close = function () { left.ports.delete(port); return close.call(port); };
                return channel;
            };
        })()"#,
        );
        Self
    }

    /// The number of timers that run now.
    pub fn timers(&self) -> u32 {
        run_in_page("openResources.timers.size").as_f64().unwrap() as u32
    }

    /// The number of listeners, timers and ports now.
    pub fn count(&self) -> String {
        let count = "`${openResources.listeners.length} ${openResources.timers.size} ${openResources.ports.size}`";
        run_in_page(count).as_string().unwrap()
    }
}
