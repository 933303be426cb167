//! What every test of this suite stands on: a stand-in frame, a wallet that answers as told, and a count of what is left.

mod stub;

use std::cell::RefCell;
use std::rc::Rc;

use card_entry_companion::address::{FrameAddress, Place};
use card_entry_companion::entry::CardEntry;
use card_entry_companion::event::Event;
use card_entry_companion::settings::HostSettings;
use card_entry_protocol::secret::PublishableKey;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlIFrameElement};

pub use stub::{StubWallet, card};

/// What a hosted frame does, as far as a companion can tell.
const STAND_IN: &str = r#"
    globalThis.heard = [];
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
        port.onmessage = ({ data }) => (data.type === "in_view" ? views : heard).push(data);
    });
    globalThis.shout = (data) => parent.postMessage(data, parent.location.origin);
    globalThis.hello = (ch = channel) => shout({ cardEntry: "hello", versions: [1], channel: ch });
    globalThis.say = (type, body = {}) => port.postMessage({ v: 1, type, ...body });
    globalThis.card = { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030, funding: "credit", country: "US" };
    globalThis.result = (attempt, id) =>
        say("result", { attempt, id, card, setup: { id: "seti_1", status: "succeeded" } });
"#;

pub const PM: &str = "pm_1QNCGJBb9dNaU75s5H5qvQXm";

pub async fn sleep(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}

/// Waits for something, three seconds at most.
pub async fn until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..1000 {
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

/// A fresh place on the page.
pub fn place() -> Element {
    let place = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

pub fn origin() -> String {
    web_sys::window().unwrap().location().origin().unwrap()
}

/// The test server answers this path with an empty 404 page of our own origin, which then plays the frame.
pub fn address() -> FrameAddress {
    let frame = Place::parse(&format!("{}/frame-stand-in", origin())).unwrap();
    FrameAddress::new(frame, PublishableKey::parse("pk_test_demo").unwrap())
}

pub fn iframe_of(place: &Element) -> Option<HtmlIFrameElement> {
    let iframe = place.query_selector("iframe").unwrap()?;
    Some(iframe.dyn_into().unwrap())
}

/// Runs a script in a frame.
pub fn run(iframe: &HtmlIFrameElement, script: &str) -> JsValue {
    let window = iframe.content_window().unwrap();
    let eval: js_sys::Function = Reflect::get(&window, &"eval".into())
        .unwrap()
        .unchecked_into();
    eval.call1(&window, &script.into()).unwrap()
}

/// Runs a script in the page.
pub fn here(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}

/// Waits for the iframe's document and makes it a stand-in.
pub async fn stand_in(place: &Element) -> HtmlIFrameElement {
    let iframe = iframe_of(place).expect("an iframe");
    until("the frame's document", || {
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
    run(&iframe, STAND_IN);
    iframe
}

/// A stand-in that has shaken hands and said it is ready.
pub async fn linked(place: &Element) -> HtmlIFrameElement {
    let iframe = stand_in(place).await;
    run(&iframe, "hello()");
    until("a port", || run(&iframe, "!!port").is_truthy()).await;
    run(&iframe, "say('ready')");
    iframe
}

/// The types of what the frame heard, joined; whether it is in view stands in `views`.
pub fn heard(iframe: &HtmlIFrameElement) -> String {
    let types =
        "heard.map((m) => m.type === 'not_saved' ? m.type + ':' + m.code : m.type).join(' ')";
    run(iframe, types).as_string().unwrap()
}

/// An entry on the page, with everything it told.
pub struct Mounted {
    pub place: Element,
    pub entry: CardEntry,
    pub told: Rc<RefCell<Vec<Event>>>,
    pub wallet: Rc<StubWallet>,
}

pub fn mount(wallet: StubWallet) -> Mounted {
    mount_in(place(), wallet, address(), HostSettings::default())
}

/// Mounts into a place of the test's own.
pub fn mount_in(
    place: Element,
    wallet: StubWallet,
    address: FrameAddress,
    settings: HostSettings,
) -> Mounted {
    let wallet = Rc::new(wallet);
    let told: Rc<RefCell<Vec<Event>>> = Rc::default();
    let telling = Rc::clone(&told);
    let entry = CardEntry::mount(&place, wallet.clone(), address, settings, move |event| {
        telling.borrow_mut().push(event)
    })
    .unwrap();
    Mounted {
        place,
        entry,
        told,
        wallet,
    }
}

impl Mounted {
    pub fn count(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.told.borrow().iter().filter(|event| is(event)).count()
    }

    pub fn saved(&self) -> usize {
        self.count(|event| matches!(event, Event::Saved(..)))
    }

    pub fn state(&self) -> String {
        self.place.get_attribute("data-state").unwrap_or_default()
    }

    pub async fn until_state(&self, state: &str) {
        until(state, || self.state() == state).await;
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// Counts listeners, timers and ports from its making on.
pub struct Leftovers;

impl Leftovers {
    pub fn watch() -> Self {
        here(
            r#"(() => {
            // What earlier tests left to end by itself is not this one's.
            if (globalThis.leftovers) {
                leftovers.listeners = [];
                leftovers.timers.clear();
                leftovers.ports.clear();
                return;
            }
            const left = (globalThis.leftovers = { listeners: [], timers: new Set(), ports: new Set() });
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

    /// How many timers run now.
    pub fn timers(&self) -> u32 {
        here("leftovers.timers.size").as_f64().unwrap() as u32
    }

    /// How many listeners, timers and ports there are now.
    pub fn count(&self) -> String {
        let count =
            "`${leftovers.listeners.length} ${leftovers.timers.size} ${leftovers.ports.size}`";
        here(count).as_string().unwrap()
    }
}
