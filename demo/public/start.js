// Starts the site's Wasm on a page that is not Trunk's own; which page it is says the body's data-page.

import init from "/booking-page.js";

init({ module_or_path: "/booking-page_bg.wasm" });
