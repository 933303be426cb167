//! Replaces the static shell with the interactive form.
//!
//! Called once, by `main`.

use wasm_bindgen_futures::spawn_local;
use web_sys::window;

use crate::clock::timeout;
use crate::config::Config;
use crate::config::PageEnvironment;
use crate::config::page_environment::scrub_address;
use crate::locale::load::load;
use crate::mount::{choose_locale, mount_forever};

/// How long the form waits for its locale file before it is shown in English, milliseconds. The boot script has
/// requested the file since the page began to load.
const LOCALE_TIMEOUT_MS: u32 = 1_500;

/// Reads the page's environment, removes secrets from the address and mounts the form.
pub fn boot() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();

    let Some(window) = window() else {
        return;
    };
    let environment = PageEnvironment::read(&window);
    let config = Config::parse(&environment);
    if config
        .as_ref()
        .is_err_and(|failure| failure.code.is_secret_in_url())
    {
        scrub_address(&window);
    }
    let (Ok(Some(parent)), Some(document)) = (window.parent(), window.document()) else {
        return;
    };
    let Some(body) = document.body() else {
        return;
    };
    let locale = choose_locale(&config, &environment.language);
    spawn_local(async move {
        // The form does not wait longer: a file that comes later is applied when it comes.
        timeout(LOCALE_TIMEOUT_MS, load(locale)).await;
        mount_forever(&body, config, parent, locale);
    });
}
