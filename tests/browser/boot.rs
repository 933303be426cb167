//! The boot script: the messages of a page whose Wasm is late, does not come, or has panicked.
//!
//! Each test runs in an iframe of its own, with real traps of a real module, so that the events are the browser's.

use super::support::{document, js, json, wait_until};
use card_entry::clock::sleep;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// Calls an export that traps.
const TRAP: &str = "new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(
    [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]))).exports.f()";

/// The error of `unwrap_throw` in the glue code, which is one of the page's own files.
const THROWN: &str = "throw new Error('called `Option::unwrap_throw()` on a `None` value')";

/// A page with the boot script in an iframe; dropping it removes the iframe.
struct Booted(Element);

impl Booted {
    /// `main` is the content of the page before the error.
    async fn with(main: &str) -> Self {
        let origin = web_sys::window().unwrap().origin();
        let frame = document().create_element("iframe").unwrap();
        frame.set_id("booted");
        let page = format!(
            "<html><head><meta name=card-entry-parents content='https://other.example {origin} *'>
             <meta name=card-entry-stripe-js content=''><meta name=card-entry-error content=''></head>
             <body>{main}<script src='data:text/javascript,'></script></body></html>"
        );
        frame.set_attribute("srcdoc", &page).unwrap();
        document().body().unwrap().append_child(&frame).unwrap();
        js(
            "window.received = []; window.listen = (e) => received.push(e.data); addEventListener('message', listen)",
        );
        wait_until("the page", || {
            json("!!booted.contentDocument && !!booted.contentDocument.querySelector('script')")
                == true
        })
        .await;
        // A blob URL has this page's origin, like its own files.
        let script = serde_json::to_string(&format!(
            "{}; window.go = (code) => {{ setTimeout(() => {{ new Function(code)(); }}) }}",
            include_str!("../../public/boot.js")
        ))
        .unwrap();
        js(&format!(
            "(() => {{ const d = booted.contentDocument, s = d.createElement('script');
               s.src = URL.createObjectURL(new Blob([{script}], {{ type: 'text/javascript' }})); d.head.append(s); }})()"
        ));
        wait_until("the script", || {
            json("typeof booted.contentWindow.go") == "function"
        })
        .await;
        Self(frame)
    }

    fn run(&self, code: &str) {
        let code = serde_json::to_string(code).unwrap();
        js(&format!("booted.contentWindow.go({code})"));
    }

    fn text(&self) -> String {
        let text = json("booted.contentDocument.querySelector('main').innerText");
        text.as_str().unwrap().to_owned()
    }
}

impl Drop for Booted {
    fn drop(&mut self) {
        js("removeEventListener('message', listen)");
        self.0.remove();
    }
}

const IDLE: &str = "<main data-phase=ready>The form</main>";
const UNKNOWN: &str =
    "We don’t know yet whether your card was saved. Please look at your saved cards first.";

fn open_port() {
    js("(() => { const c = new MessageChannel(); window.portMessages = []; c.port1.onmessage = (e) => portMessages.push(e.data);
        booted.contentWindow.cardEntryPort = c.port2; })()");
}

#[wasm_bindgen_test]
async fn a_panic_during_a_save_reports_an_unknown_outcome() {
    for code in [
        TRAP,
        // A panic in a task rejects a promise.
        &format!("Promise.resolve().then(() => {{ {TRAP} }})"),
        THROWN,
        &format!("Promise.resolve().then(() => {{ {THROWN} }})"),
    ] {
        let page = Booted::with(IDLE).await;
        open_port();
        page.run(&format!(
            "document.documentElement.setAttribute('data-busy', ''); document.querySelector('main').inert = true; {code}"
        ));
        wait_until(code, || page.text().contains(UNKNOWN)).await;
        wait_until("the parent", || json("portMessages.length") == 1).await;
        assert_eq!(
            json("portMessages[0]"),
            serde_json::json!({"v": 1, "type": "unusable", "code": "outcome_unknown", "message": UNKNOWN})
        );
        assert_eq!(
            json("booted.contentDocument.querySelector('main').inert"),
            false
        );
        // Reported once, however many errors follow.
        page.run(TRAP);
        sleep(50).await;
        assert_eq!(json("portMessages.length"), 1, "{code}");
    }
}

#[wasm_bindgen_test]
async fn an_unknown_outcome_is_posted_to_an_allowed_plain_listener_only() {
    let page = Booted::with(IDLE).await;
    page.run(&format!(
        "document.documentElement.setAttribute('data-busy', ''); {TRAP}"
    ));
    wait_until("the message", || json("received.length") == 1).await;
    assert_eq!(
        json("received[0]"),
        serde_json::json!({"isStripeCallback": true, "error": {"type": "card_entry_error", "code": "outcome_unknown", "message": UNKNOWN}})
    );
}

#[wasm_bindgen_test]
async fn a_panic_without_a_save_reports_a_crash() {
    let page = Booted::with(IDLE).await;
    open_port();
    page.run(TRAP);
    wait_until("the error", || {
        page.text().contains("This card form didn’t load.")
    })
    .await;
    wait_until("the parent", || json("portMessages.length") == 1).await;
    assert_eq!(json("portMessages[0].code"), "crashed");
    assert!(json("booted.contentDocument.querySelector('button').textContent") == "Reload");
}

#[wasm_bindgen_test]
async fn errors_of_other_scripts_and_after_a_save_are_ignored() {
    for (main, code) in [
        (
            IDLE,
            "throw { stack: 'Error\\n at https://js.stripe.example/v3/:1:1' }",
        ),
        (
            IDLE,
            "const e = new Error('no'); e.stack = 'Error: no\\n at https://js.stripe.example/v3/:1:1\\n at ' + origin + '/x.wasm'; throw e",
        ),
        (
            IDLE,
            "dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop limit exceeded', filename: origin + '/' }))",
        ),
        (IDLE, "Promise.reject(undefined)"),
        ("<main data-phase=saved>Your card is saved.</main>", TRAP),
    ] {
        let page = Booted::with(main).await;
        let before = page.text();
        open_port();
        page.run(code);
        sleep(60).await;
        assert_eq!(page.text(), before, "{code}");
        assert_eq!(json("portMessages.length"), 0, "{code}");
    }
}

#[wasm_bindgen_test]
async fn a_late_form_shows_it_before_ten_seconds() {
    let page = Booted::with(
        "<main data-shell data-phase=loading><p id=status>Loading the card form…</p></main>",
    )
    .await;
    assert_eq!(page.text(), "Loading the card form…");
    wait_until("the text", || {
        page.text() == "Still loading. Your connection may be slow."
    })
    .await;
    page.run("new Event('x')");
    // The error replaces the loading text.
    page.run("Promise.reject(new Error('blocked'))");
    wait_until("the error", || {
        page.text().contains("This card form didn’t load.") && !page.text().contains("loading.")
    })
    .await;
}
