//! Light or dark, as the address and the parent say, and the device only where the address leaves it to it.

use super::support::{Page, json, wait_until};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_theme_of_auto_is_the_address_s() {
    for (query, theme) in [
        ("", "light"),
        ("&color_scheme=dark", "dark"),
        ("&color_scheme=auto", "auto"),
        ("&color_scheme=sepia", "light"),
    ] {
        let page = Page::open(query);
        page.run_in_parent("sendInit({ settings: { appearance: { theme: 'auto' } } })");
        page.wait_for_message("ready").await;
        assert_eq!(
            json("document.documentElement.dataset.theme"),
            theme,
            "{query}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_parent_s_word_goes_before_it_and_is_seen() {
    let page = Page::open("&color_scheme=light");
    page.run_in_parent("sendInit({ settings: { appearance: { theme: 'dark' } } })");
    page.wait_for_message("ready").await;
    let scheme = "getComputedStyle(document.documentElement).colorScheme";
    assert_eq!(json(scheme), "dark");
    page.run_in_parent("send('update', { settings: { appearance: { theme: 'light' } } })");
    wait_until("light", || json(scheme) == "light").await;
    let ground = "getComputedStyle(document.documentElement).backgroundColor";
    assert_eq!(json(ground), "rgba(0, 0, 0, 0)", "no ground of its own");
}
