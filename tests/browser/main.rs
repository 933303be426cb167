//! The frame in a real browser, component by component, with a strict test double of Stripe.js. `e2e` tests it with a real parent.
//!
//! Run with `wasm-pack test --headless --chrome .`; a native build contains no tests.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod boot;
mod challenge;
mod color_scheme;
mod config;
mod consent;
mod fields;
mod media;
mod mount;
mod own_fields;
mod parent;
mod plain_listener;
mod save;
mod settings;
mod support;
mod waiting;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
