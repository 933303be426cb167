// Starts the site's Wasm on a page that Trunk does not build. The body's `data-page` selects the page.

import init from "/booking-page.js";

init({ module_or_path: "/booking-page_bg.wasm" });
