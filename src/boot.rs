//! From the static shell to the living form.
//!
//! Called by `main`, once.

use wasm_bindgen_futures::spawn_local;
use web_sys::window;

use crate::clock::within;
use crate::config::Config;
use crate::config::Surroundings;
use crate::config::surroundings::scrub;
use crate::mount::{choose_locale, mount_forever};
use crate::words::load::load;

/// How long the form waits for the words of its language, milliseconds: it has been on its way since the page began.
const WORDS_PATIENCE: u32 = 1_500;

/// Reads the surroundings, scrubs what must not stay in them, and mounts the form.
pub fn boot() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();

    let Some(window) = window() else {
        return;
    };
    let from = Surroundings::read(&window);
    let config = Config::parse(&from);
    if config
        .as_ref()
        .is_err_and(|broken| broken.code.is_secret_in_url())
    {
        scrub(&window);
    }
    let (Ok(Some(parent)), Some(document)) = (window.parent(), window.document()) else {
        return;
    };
    let Some(body) = document.body() else {
        return;
    };
    let locale = choose_locale(&config, &from.language);
    spawn_local(async move {
        // Too slow a file is read later; the form does not wait for it.
        within(WORDS_PATIENCE, load(locale)).await;
        mount_forever(&body, config, parent, locale);
    });
}
