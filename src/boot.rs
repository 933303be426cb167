//! From the static page to the living form, in one turn of the browser.
//!
//! Called by `main`, once.

use web_sys::window;

use crate::config::Config;
use crate::config::Surroundings;
use crate::config::surroundings::scrub;
use crate::mount;

/// Reads the surroundings, scrubs what must not stay in them, and brings the page to life.
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
    // The page is alive: the boot script need not speak for it any more.
    if let Ok(Some(main)) = document.query_selector("main") {
        let _ = main.remove_attribute("data-shell");
    }
    mount(&body, config, parent, &from.language).forget();
}
