//! Applies the host page's appearance and reads the resulting style for the provider's fields.
//!
//! Called by the form. The style sheet is the only source: the browser computes the style that the provider's frames
//! must match, so that light, dark, forced colours and the host page's variables are all correct. It must never write
//! CSS text.

use card_entry_protocol::appearance::{Appearance, Theme};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, window};

use crate::locale::Locale;
use crate::stripe::field_style::FieldStyle;

#[wasm_bindgen]
extern "C" {
    /// Whether the browser accepts this value of a property.
    #[wasm_bindgen(js_namespace = CSS)]
    fn supports(property: &str, value: &str) -> bool;
}

/// Whether the browser accepts a colour that the protocol has accepted.
#[must_use]
pub fn is_color(text: &str) -> bool {
    supports("color", text)
}

fn root() -> Option<HtmlElement> {
    let root = window()?.document()?.document_element()?;
    Some(root.unchecked_into())
}

/// Sets the document's language and direction to those of its texts.
pub fn set_document_lang(locale: Locale) {
    let locale = if locale.is_loaded() {
        locale
    } else {
        Locale::En
    };
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", locale.as_str());
        let _ = root.set_attribute("dir", locale.direction());
    }
}

/// Tells the boot script whether a save is running. It shows the error when this code has panicked.
pub fn mark_busy(busy: bool) {
    if let Some(root) = root() {
        let _ = root.toggle_attribute_with_force("data-busy", busy);
    }
}

/// Sets the theme and the variables on the root element; each value is checked. `page` is the theme of the address,
/// which applies for `auto`.
pub fn apply(appearance: &Appearance, page: Theme) {
    let Some(root) = root() else {
        return;
    };
    let theme = match appearance.theme {
        Theme::Auto => page,
        theme => theme,
    };
    let _ = root.set_attribute("data-theme", theme.as_str());
    let it = &appearance.variables;
    let rows = [
        ("--accent", it.accent.as_ref().map(|v| v.as_str())),
        ("--on-accent", it.on_accent.as_ref().map(|v| v.as_str())),
        ("--background", it.background.as_ref().map(|v| v.as_str())),
        ("--text", it.text.as_ref().map(|v| v.as_str())),
        ("--border", it.border.as_ref().map(|v| v.as_str())),
        ("--danger", it.danger.as_ref().map(|v| v.as_str())),
        ("--radius", it.radius.as_ref().map(|v| v.as_str())),
        ("--font-size", it.font_size.as_ref().map(|v| v.as_str())),
        ("--font", it.font_family.as_ref().map(|v| v.as_str())),
    ];
    let style = root.style();
    for (name, value) in rows {
        // An empty value removes the property.
        let _ = style.set_property(name, value.unwrap_or_default());
    }
}

/// Reads the computed style below `host`.
#[must_use]
pub fn read_field_style(host: &HtmlElement) -> FieldStyle {
    let probe = window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("i").ok())
        .map(|probe| probe.unchecked_into::<HtmlElement>());
    let Some(probe) = probe.filter(|probe| host.insert_before(probe, None).is_ok()) else {
        return FieldStyle::default();
    };
    let computed = |name: &str| {
        window()
            .and_then(|window| window.get_computed_style(&probe).ok().flatten())
            .and_then(|style| style.get_property_value(name).ok())
            .unwrap_or_default()
    };
    let color = |token: &str| {
        let _ = probe
            .style()
            .set_property("color", &["var(", token, ")"].concat());
        computed("color")
    };
    let field_style = FieldStyle {
        text: color("--text"),
        muted: color("--muted"),
        danger: color("--danger"),
        field: color("--field"),
        accent: color("--accent"),
        family: computed("font-family"),
        size: computed("font-size"),
    };
    probe.remove();
    field_style
}
