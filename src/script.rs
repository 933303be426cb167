//! Loads a provider's script: once per page, with a timeout and retries.
//!
//! Called by the form. The page's boot script usually starts the first attempt before the Wasm arrives. It must never
//! add a second copy beside one that may still load.

use card_entry_protocol::code::FrameErrorCode;
use web_sys::{Element, window};

use crate::clock::{now_ms, sleep, timeout};
use crate::latest::Latest;
use crate::listener::Listener;

/// The promise is an error message within ten seconds; one second is left to show it.
const LOAD_TIMEOUT_MS: u32 = 9_000;

/// The least time that is left when the Wasm itself came late.
const MIN_TIMEOUT_MS: u32 = 3_000;

/// The delay before each attempt, milliseconds: long enough for a short network failure, and all fit into
/// [`LOAD_TIMEOUT_MS`].
const ATTEMPT_DELAYS_MS: [u32; 3] = [0, 700, 1_800];

/// A script of the provider.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    /// Its element's id, shared with the boot script.
    pub id: &'static str,
    /// Whether its global object is there.
    pub is_loaded: fn() -> bool,
}

/// When a load begins, which decides how much time it has.
#[derive(Debug, Clone, Copy)]
pub enum LoadKind {
    /// With the page; the time since then counts.
    Initial,
    /// Later, because the person asked for it.
    Retry,
}

/// The script element that is loading, or a new one.
fn script_element(id: &str, url: &str) -> Option<Element> {
    let document = window()?.document()?;
    let root = document.document_element()?;
    let mut url = url.to_owned();
    if let Some(old) = root.query_selector(&["#", id].concat()).ok()? {
        if old.get_attribute("data-state").as_deref() != Some("error") {
            return Some(old);
        }
        // Another address for each attempt: a browser lets a second request for the same address wait for the first
        // one, which may hang.
        url = old.get_attribute("src")?;
        url.push_str(if url.contains('?') {
            "&again"
        } else {
            "?again"
        });
        old.remove();
    }
    let script = document.create_element("script").ok()?;
    script.set_attribute("id", id).ok()?;
    script.set_attribute("src", &url).ok()?;
    root.insert_before(&script, None).ok()?;
    Some(script)
}

/// Waits until the script has run or failed. Returns whether it ran.
async fn wait_for_script(script: &Element) -> bool {
    match script.get_attribute("data-state").as_deref() {
        Some("load") => return true,
        Some("error") => return false,
        _ => {}
    }
    let ended = std::rc::Rc::new(Latest::default());
    let listen = |name: &'static str, ran: bool| {
        let ended = ended.clone();
        Listener::new(script, name, move |_| ended.put(ran))
    };
    let _listeners = [listen("load", true), listen("error", false)];
    ended.take().await
}

/// Loads a script. An initial load ends within ten seconds of the start of the page.
///
/// # Errors
/// `script_blocked`, `script_slow` or `script_wrong`: the result of the last attempt.
pub async fn load(
    script: Script,
    url: &str,
    kind: LoadKind,
    on_retry: impl Fn(),
) -> Result<(), FrameErrorCode> {
    let Script { id, is_loaded } = script;
    let spent = match kind {
        LoadKind::Initial => now_ms(),
        LoadKind::Retry => 0,
    };
    let deadline = now_ms() + LOAD_TIMEOUT_MS.saturating_sub(spent).max(MIN_TIMEOUT_MS);
    let mut reason = FrameErrorCode::ScriptBlocked;
    for (at, delay) in ATTEMPT_DELAYS_MS.into_iter().enumerate() {
        if is_loaded() {
            return Ok(());
        }
        if at > 0 {
            sleep(delay).await;
            on_retry();
        }
        let script = script_element(id, url).ok_or(reason)?;
        let left = deadline.saturating_sub(now_ms());
        let ran = timeout(left, wait_for_script(&script)).await;
        if is_loaded() {
            return Ok(());
        }
        // So that the next attempt is a new request.
        let _ = script.set_attribute("data-state", "error");
        reason = match ran {
            None => return Err(FrameErrorCode::ScriptSlow),
            Some(true) => FrameErrorCode::ScriptWrong,
            Some(false) => FrameErrorCode::ScriptBlocked,
        };
    }
    Err(reason)
}
