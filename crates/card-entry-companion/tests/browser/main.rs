//! The companion in a real browser: every message is a real `postMessage` from a real iframe.
//!
//! `wasm-pack test --headless --chrome crates/card-entry-companion --all-features`, with
//! `WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION=1` so that the test page may hold iframes.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[cfg(all(feature = "leptos", feature = "quilt", feature = "bokamera"))]
mod components;
mod contract;
mod element;
mod entry;
mod frame;
mod http;
#[cfg(feature = "mikrocloud")]
mod mikrocloud;
#[cfg(feature = "mytime")]
mod mytime;
mod page;
mod parent;
#[cfg(feature = "quilt")]
mod quilt;
mod settings;
mod support;
mod view;
#[cfg(feature = "leptos")]
mod wallet;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
