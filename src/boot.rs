//! From the static page to the mounted form, in one turn of the browser.
//!
//! Called by `main`, once.

use web_sys::window;

use crate::config::Config;
use crate::config::Surroundings;
use crate::config::surroundings::scrub;
use crate::mount;

/// Reads the surroundings, scrubs what must not stay in them, and puts the form in the shell's place.
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
        .is_err_and(|broken| broken.code.must_scrub())
    {
        scrub(&window);
    }
    let (Ok(Some(parent)), Some(document)) = (window.parent(), window.document()) else {
        return;
    };
    let Some(body) = document.body() else {
        return;
    };
    let shell = document.query_selector("main").ok().flatten();
    // Both before the browser draws again, so that nothing moves.
    if let Some(shell) = shell {
        shell.remove();
    }
    mount(&body, config, parent, &from.language).forget();
}
