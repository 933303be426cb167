//! The frame in a real browser, component by component, over a strict double of Stripe.js; the real wire is `e2e`'s.
//!
//! Run with `wasm-pack test --headless --chrome .`; natively there is nothing here to run.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod boot;
mod color_scheme;
mod config;
mod consent;
mod fields;
mod media;
mod mount;
mod parent;
mod plain_listener;
mod save;
mod settings;
mod support;
mod waiting;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
