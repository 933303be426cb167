//! The form follows its page: language, title and color scheme.

use super::support::*;
use card_entry_companion::settings::HostSettings;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlIFrameElement};

/// A host element inside markup; it is the element with `data-here`.
fn host_in(markup: &str) -> (Element, Element) {
    let outer = new_host();
    outer.set_inner_html(markup);
    let inner = outer.query_selector("[data-here]").unwrap().unwrap();
    (outer, inner)
}

fn settings(json: &str) -> HostSettings {
    HostSettings::read(&run_in_page(&format!("({json})")))
}

fn mount_there(inner: Element, given: &str) -> Mounted {
    mount_in(inner, StubWallet::default(), address(), settings(given))
}

fn parameter(iframe: &HtmlIFrameElement, name: &str) -> String {
    let src = iframe.src();
    let query = src.split_once('?').unwrap().1.split('#').next().unwrap();
    let found = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    found.unwrap_or("").to_owned()
}

fn scheme_of(iframe: &HtmlIFrameElement) -> String {
    iframe.style().get_property_value("color-scheme").unwrap()
}

/// The value of a setting in the last message to the frame.
fn last_sent(iframe: &HtmlIFrameElement, path: &str) -> String {
    let script =
        format!("(received.filter((m) => m.type === 'update').pop() ?? init).settings.{path}");
    run_in_frame(iframe, &script)
        .as_string()
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn the_form_has_the_color_scheme_of_its_container() {
    for (markup, scheme) in [
        ("<div data-here></div>", "light"),
        (
            "<div style='color-scheme: dark'><div data-here></div></div>",
            "dark",
        ),
        (
            "<div style='color-scheme: only light'><div data-here></div></div>",
            "light",
        ),
        (
            "<div style='background: #111827'><div data-here></div></div>",
            "dark",
        ),
        (
            "<div style='background: oklch(0.2 0 0)'><div data-here></div></div>",
            "dark",
        ),
        (
            "<div style='color-scheme: dark'><div style='background: #fff'><div data-here></div></div></div>",
            "light",
        ),
        (
            "<div style='color-scheme: dark'><div style='background: linear-gradient(red, blue)'><div data-here></div></div></div>",
            "dark",
        ),
    ] {
        let (outer, inner) = host_in(markup);
        let page = mount_there(inner, "{}");
        let iframe = connected_frame(&page.host).await;
        assert_eq!(parameter(&iframe, "color_scheme"), scheme, "{markup}");
        assert_eq!(scheme_of(&iframe), scheme, "{markup}");
        assert_eq!(last_sent(&iframe, "appearance.theme"), scheme, "{markup}");
        drop(page);
        outer.remove();
    }
}

#[wasm_bindgen_test]
async fn a_theme_that_is_set_does_not_follow_the_page() {
    let (outer, inner) = host_in("<div data-here></div>");
    let page = mount_there(
        inner,
        "{ appearance: { theme: 'auto', variables: { accent: '#123456' } } }",
    );
    let iframe = connected_frame(&page.host).await;
    assert_eq!(last_sent(&iframe, "appearance.theme"), "light");
    outer.set_attribute("style", "color-scheme: dark").unwrap();
    wait_until("dark", || scheme_of(&iframe) == "dark").await;
    wait_until("sent", || last_sent(&iframe, "appearance.theme") == "dark").await;
    assert_eq!(last_sent(&iframe, "appearance.variables.accent"), "#123456");
    page.entry
        .update(settings("{ appearance: { theme: 'light' } }"));
    wait_until("light", || scheme_of(&iframe) == "light").await;
    outer
        .set_attribute("style", "color-scheme: only light")
        .unwrap();
    outer.set_attribute("style", "color-scheme: dark").unwrap();
    sleep(200).await;
    assert_eq!(
        (scheme_of(&iframe), last_sent(&iframe, "appearance.theme")),
        ("light".into(), "light".into())
    );
    outer.remove();
}

#[wasm_bindgen_test]
async fn a_page_that_changes_often_is_read_twenty_times_a_second_at_most() {
    let (outer, inner) = host_in("<div data-here></div>");
    let page = mount_there(inner, "{}");
    let iframe = connected_frame(&page.host).await;
    let begun = js_sys::Date::now();
    for turn in 0..400 {
        let scheme = if turn % 2 == 0 { "dark" } else { "only light" };
        outer
            .set_attribute("style", &format!("color-scheme: {scheme}"))
            .unwrap();
        if turn % 40 == 0 {
            sleep(20).await;
        }
    }
    outer.set_attribute("style", "color-scheme: dark").unwrap();
    wait_until("the last word", || {
        last_sent(&iframe, "appearance.theme") == "dark"
    })
    .await;
    let spent = js_sys::Date::now() - begun;
    let updates = run_in_frame(
        &iframe,
        "received.filter((m) => m.type === 'update').length",
    );
    let most = spent / 50.0 + 2.0;
    assert!(
        updates.as_f64().unwrap() <= most,
        "{updates:?} in {spent} ms"
    );
    outer.remove();
}

#[wasm_bindgen_test]
async fn the_language_is_that_of_the_nearest_lang_attribute() {
    let browser = run_in_page("navigator.language").as_string().unwrap();
    for (markup, given, tag, title) in [
        (
            "<div lang='fr'><p lang='de'></p><div data-here></div></div>",
            "{}",
            "fr",
            "Coordonnées",
        ),
        (
            "<div lang='fr'><div lang='de-AT'><div data-here></div></div></div>",
            "{}",
            "de-AT",
            "Karten",
        ),
        (
            "<div lang='fr'><div data-here></div></div>",
            "{ locale: 'es' }",
            "es",
            "Datos",
        ),
        (
            "<div lang='fr'><div data-here></div></div>",
            "{ locale: 'auto' }",
            "fr",
            "Coordonnées",
        ),
        (
            "<div lang='fr'><div lang=''><div data-here></div></div></div>",
            "{}",
            browser.as_str(),
            "",
        ),
    ] {
        let (outer, inner) = host_in(markup);
        let page = mount_there(inner, given);
        let iframe = connected_frame(&page.host).await;
        assert_eq!(parameter(&iframe, "locale"), tag, "{markup} {given}");
        assert_eq!(last_sent(&iframe, "locale"), tag, "{markup} {given}");
        assert!(
            iframe.title().starts_with(title),
            "{markup}: {}",
            iframe.title()
        );
        drop(page);
        outer.remove();
    }
}

#[wasm_bindgen_test]
async fn title_and_form_follow_the_page_s_language() {
    let (outer, inner) = host_in("<div data-here></div>");
    outer.set_attribute("lang", "en").unwrap();
    let page = mount_there(inner, "{}");
    let iframe = connected_frame(&page.host).await;
    assert_eq!(iframe.title(), "Card details");
    outer.set_attribute("lang", "es").unwrap();
    wait_until("sent", || last_sent(&iframe, "locale") == "es").await;
    assert!(iframe.title().starts_with("Datos"), "{}", iframe.title());
    page.entry.update(settings("{ locale: 'de' }"));
    wait_until("German", || iframe.title().starts_with("Karten")).await;
    outer.remove();
}
