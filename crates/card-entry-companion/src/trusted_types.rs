//! Sets the URL of a script on a page that requires Trusted Types.
//!
//! Called by [`crate::terminal`] and [`crate::checkout`] with the one URL they were given. The policy is named
//! `card-entry`, as docs/embedding.md tells pages to allow in `trusted-types`. It must never pass on any other URL.
//! See <https://www.w3.org/TR/trusted-types/>.

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::js::{object, put};

thread_local! {
    /// A page may allow a policy name once only, so the policy is kept.
    static POLICY: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Sets the `src` of a script. `None` if the policy of the page refuses it.
pub(crate) fn set_script_url(script: &Element, address: &str) -> Option<()> {
    let address = trusted(address).unwrap_or_else(|| address.into());
    Reflect::set(script, &"src".into(), &address)
        .ok()
        .map(|_| ())
}

fn trusted(address: &str) -> Option<JsValue> {
    let policy = POLICY.with_borrow_mut(|policy| {
        if policy.is_none() {
            *policy = make();
        }
        policy.clone()
    })?;
    call(&policy, "createScriptURL", &[address.into()])
}

/// `None` in a browser without Trusted Types, or if the page does not allow the policy.
fn make() -> Option<JsValue> {
    let types = Reflect::get(&js_sys::global(), &"trustedTypes".into()).ok()?;
    let rules = object();
    let identity = Closure::<dyn Fn(JsValue) -> JsValue>::new(|address| address);
    put(&rules, "createScriptURL", identity.into_js_value());
    call(&types, "createPolicy", &["card-entry".into(), rules])
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect()).ok()
}
