//! Light or dark: the parent's theme, then that of the address; the device decides only for `auto`.

use super::support::{Page, json, wait_until};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_theme_auto_is_that_of_the_address() {
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
async fn the_parent_s_theme_overrides_that_of_the_address() {
    let page = Page::open("&color_scheme=light");
    page.run_in_parent("sendInit({ settings: { appearance: { theme: 'dark' } } })");
    page.wait_for_message("ready").await;
    let scheme = "getComputedStyle(document.documentElement).colorScheme";
    assert_eq!(json(scheme), "dark");
    page.run_in_parent("send('update', { settings: { appearance: { theme: 'light' } } })");
    wait_until("light", || json(scheme) == "light").await;
    let background = "getComputedStyle(document.documentElement).backgroundColor";
    assert_eq!(
        json(background),
        "rgba(0, 0, 0, 0)",
        "the page is transparent"
    );
}
