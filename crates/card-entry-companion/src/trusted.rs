//! Starts a script on a page that demands Trusted Types for its address.
//!
//! Called by [`crate::terminal`] and [`crate::checkout`] with the one address they were given. The policy is called
//! `card-entry`, the name docs/embedding.md gives for the page's `trusted-types`. It must never pass on anything else.
//! See <https://www.w3.org/TR/trusted-types/>.

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::js::{object, put};

thread_local! {
    /// A page may allow a policy of one name once only.
    static POLICY: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Sets the address of a script; none when the page's policy refuses it.
pub(crate) fn set_script_address(script: &Element, address: &str) -> Option<()> {
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

/// `None` where the browser has no Trusted Types, or the page does not allow the policy.
fn make() -> Option<JsValue> {
    let types = Reflect::get(&js_sys::global(), &"trustedTypes".into()).ok()?;
    let rules = object();
    let as_it_is = Closure::<dyn Fn(JsValue) -> JsValue>::new(|address| address);
    put(&rules, "createScriptURL", as_it_is.into_js_value());
    call(&types, "createPolicy", &["card-entry".into(), rules])
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect()).ok()
}
