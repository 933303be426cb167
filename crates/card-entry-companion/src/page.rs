//! The state of the page at an element: its language and its color scheme.
//!
//! Read by [`crate::frame`] for the form, and by the components for their own texts. It must never leave an element on
//! the page.

use card_entry_protocol::query::read_locale;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement, Window};

use crate::color_scheme::{Background, ColorScheme, PROBE_COLOR};
use crate::i18n::Locale;
use crate::js::get;

/// The properties of the page that the form follows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostPage {
    /// BCP 47 tag of the nearest `lang` attribute, else of the browser.
    pub language: Option<String>,
    /// The color scheme in use at the element.
    pub color_scheme: ColorScheme,
}

impl HostPage {
    /// Reads the current state of the page at an element.
    #[must_use]
    pub fn at(element: &Element) -> Self {
        Self {
            language: language(element),
            color_scheme: color_scheme(element).unwrap_or_default(),
        }
    }
}

/// An element and its ancestors, across shadow roots.
pub(crate) fn ancestors(of: &Element) -> impl Iterator<Item = Element> {
    std::iter::successors(Some(of.clone()), |at| {
        at.parent_element().or_else(|| {
            let host = Reflect::get(&at.get_root_node(), &"host".into()).ok()?;
            host.dyn_into().ok()
        })
    })
}

/// The language of the nearest `lang`; that of the browser if it is empty or no language tag.
fn language(element: &Element) -> Option<String> {
    let page = ancestors(element).find_map(|element| element.get_attribute("lang"));
    let browser = || web_sys::window()?.navigator().language();
    read_locale(page.as_deref()).or_else(|| read_locale(browser().as_deref()))
}

/// The locale of a component: the requested one, else that of the document, else that of the browser.
#[must_use]
pub fn choose_locale(requested: Option<&str>) -> Locale {
    let document = || {
        let root = web_sys::window()?.document()?.document_element()?;
        language(&root)
    };
    Locale::read(&read_locale(requested).or_else(document).unwrap_or_default())
}

fn color_scheme(element: &Element) -> Option<ColorScheme> {
    let window = web_sys::window()?;
    let device = window.match_media("(prefers-color-scheme: dark)");
    let device = match device {
        Ok(Some(dark)) if dark.matches() => ColorScheme::Dark,
        _ => ColorScheme::Light,
    };
    let probe: HtmlElement = window
        .document()?
        .create_element("i")
        .ok()?
        .dyn_into()
        .ok()?;
    for (name, value) in [
        ("display", "none"),
        ("transition", "none"),
        // In forced colours every colour is the system's but this one.
        ("forced-color-adjust", "none"),
        ("color", PROBE_COLOR),
    ] {
        let _ = probe
            .style()
            .set_property_with_priority(name, value, "important");
    }
    element.append_child(&probe).ok()?;
    let (color, declared) = (
        computed(&window, &probe, "color"),
        computed(&window, &probe, "color-scheme"),
    );
    probe.remove();
    let used = ColorScheme::from_probe(&color, &declared, device);
    let behind = ancestors(element).map(|element| Background {
        color: computed(&window, &element, "background-color"),
        image: computed(&window, &element, "background-image"),
    });
    Some(ColorScheme::from_backgrounds(used, behind))
}

fn computed(window: &Window, element: &Element, name: &str) -> String {
    let style: Option<CssStyleDeclaration> = window.get_computed_style(element).ok().flatten();
    style
        .and_then(|style| style.get_property_value(name).ok())
        .unwrap_or_default()
}

/// Whether a page of another origin embeds this one. Where the browser does not tell the origins of the ancestors,
/// whether any page embeds it.
#[must_use]
pub fn is_embedded_cross_origin() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let embedded = !matches!(window.top(), Ok(Some(top)) if top == window);
    let own = window.location().origin().unwrap_or_default();
    let list = get(&window.location(), "ancestorOrigins");
    // Firefox has no such list.
    let others = !list.is_object()
        || Array::from(&list)
            .iter()
            .any(|origin| origin != own.as_str());
    embedded && others
}
