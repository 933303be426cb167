//! The page around an element: the language it is in there, and the colour scheme it has there.
//!
//! Read by [`crate::frame`] for the form, and by the components for their own words. It must never leave anything on
//! the page.

use card_entry_protocol::query::read_locale;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement, Window};

use crate::color_scheme::{Background, ColorScheme, PROBE};
use crate::js::get;
use crate::words::Locale;

/// What the form follows of its page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostPage {
    /// BCP 47: the nearest `lang`, else the browser's.
    pub language: Option<String>,
    /// The scheme in use.
    pub color_scheme: ColorScheme,
}

impl HostPage {
    /// Reads the page as it is at an element.
    #[must_use]
    pub fn at(place: &Element) -> Self {
        Self {
            language: language(place),
            color_scheme: color_scheme(place).unwrap_or_default(),
        }
    }
}

/// An element and all around it, out of shadow roots as well.
pub(crate) fn ancestors(of: &Element) -> impl Iterator<Item = Element> {
    std::iter::successors(Some(of.clone()), |at| {
        at.parent_element().or_else(|| {
            let host = Reflect::get(&at.get_root_node(), &"host".into()).ok()?;
            host.dyn_into().ok()
        })
    })
}

/// The language at a place: of the nearest `lang`, and the browser's where that is empty or no language tag.
fn language(place: &Element) -> Option<String> {
    let page = ancestors(place).find_map(|element| element.get_attribute("lang"));
    let browser = || web_sys::window()?.navigator().language();
    read_locale(page.as_deref()).or_else(|| read_locale(browser().as_deref()))
}

/// The locale of a component: the one its page asks for, else that of the document, else the browser's.
#[must_use]
pub fn choose_locale(asked: Option<&str>) -> Locale {
    let document = || {
        let root = web_sys::window()?.document()?.document_element()?;
        language(&root)
    };
    Locale::read(&read_locale(asked).or_else(document).unwrap_or_default())
}

fn color_scheme(place: &Element) -> Option<ColorScheme> {
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
        ("color", PROBE),
    ] {
        let _ = probe
            .style()
            .set_property_with_priority(name, value, "important");
    }
    place.append_child(&probe).ok()?;
    let (color, declared) = (
        computed(&window, &probe, "color"),
        computed(&window, &probe, "color-scheme"),
    );
    probe.remove();
    let used = ColorScheme::used(&color, &declared, device);
    let behind = ancestors(place).map(|element| Background {
        color: computed(&window, &element, "background-color"),
        image: computed(&window, &element, "background-image"),
    });
    Some(ColorScheme::judge(used, behind))
}

fn computed(window: &Window, element: &Element, name: &str) -> String {
    let style: Option<CssStyleDeclaration> = window.get_computed_style(element).ok().flatten();
    style
        .and_then(|style| style.get_property_value(name).ok())
        .unwrap_or_default()
}

/// Whether a page of another site holds this one in a frame; where a browser does not say whose it is, whether any does.
#[must_use]
pub fn is_page_of_another_site() -> bool {
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
