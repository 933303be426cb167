//! Decides whether a person sees enough of the form to know what they save.
//!
//! Called by the form when Save is pressed. The boot script measures from the start of the page, this module decides.
//! It must never treat an unmeasured form as hidden: a browser without an IntersectionObserver may save.

use card_entry_protocol::visibility::Visibility;

/// The share of a field, and of the button, that must be visible.
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
const MIN_VISIBLE_SHARE: f64 = 0.5;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormVisibility {
    /// The visibility of the whole form.
    pub form: Visibility,
    /// Whether every shown field and the button are visible. The rest, such as a long consent text, need not be.
    pub controls: bool,
}

impl FormVisibility {
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.controls || self.form.is_seen()
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::Reflect;
    use wasm_bindgen::prelude::*;
    use web_sys::{Element, HtmlElement, window};

    use super::{FormVisibility, MIN_VISIBLE_SHARE};
    use crate::state::FormState;
    use card_entry_protocol::visibility::Visibility;

    #[wasm_bindgen]
    extern "C" {
        /// A function of the boot script: `cardEntryView` then has the visible share of this element under its id.
        #[wasm_bindgen(catch, js_name = cardEntryWatch)]
        fn watch_element(element: &Element) -> Result<(), JsValue>;
    }

    /// Measures the button and every field.
    pub fn watch(host: &HtmlElement) {
        let Ok(parts) = host.query_selector_all("#save, #consent, .box") else {
            return;
        };
        for at in 0..parts.length() {
            if let Some(part) = parts.get(at) {
                // The function is missing in a browser without an IntersectionObserver.
                let _ = watch_element(part.unchecked_ref());
            }
        }
    }

    impl FormVisibility {
        /// Reads what the boot script measured; `None` when nothing is measured.
        #[must_use]
        pub fn read(state: &FormState) -> Option<Self> {
            let window = window()?;
            let visibility = Reflect::get(&window, &"cardEntryView".into()).ok()?;
            let number = |of: &JsValue, name: &str| {
                Reflect::get(of, &name.into())
                    .ok()
                    .and_then(|number| number.as_f64())
            };
            let share = number(&visibility, "form")?;
            let here = |name: &str| number(&visibility, name).unwrap_or_default();
            let outer = |name| number(&window, name).unwrap_or_default();
            let button = state.settings.button.hidden || here("save") >= MIN_VISIBLE_SHARE;
            let controls = button
                && state
                    .shown()
                    .all(|field| here(field.name.as_str()) >= MIN_VISIBLE_SHARE);
            Some(Self {
                form: Visibility {
                    share,
                    width: here("width"),
                    // A frame cannot read the height of the top-level viewport, so the height of the window is used.
                    // The zoom is at most the device pixel ratio: on a high-resolution screen this overestimates, which
                    // allows more.
                    height: here("height") * outer("devicePixelRatio"),
                    view: outer("outerHeight"),
                },
                controls,
            })
        }
    }
}

#[cfg(target_arch = "wasm32")]
pub use browser::watch;

#[cfg(test)]
mod tests {
    use super::*;

    /// A form of 700 px in a window of 1400 px.
    fn visibility(height: f64, controls: bool) -> FormVisibility {
        FormVisibility {
            form: Visibility {
                share: height / 700.0,
                width: 1.0,
                height,
                view: 1400.0,
            },
            controls,
        }
    }

    #[test]
    fn half_of_the_form_or_all_its_controls_must_be_visible() {
        assert!(visibility(350.0, false).is_seen());
        assert!(
            visibility(300.0, true).is_seen(),
            "only a long consent text is out of view"
        );
        assert!(!visibility(300.0, false).is_seen());
        assert!(!visibility(0.0, false).is_seen());
    }

    #[test]
    fn a_form_larger_than_the_window_counts_as_visible_when_it_fills_it() {
        let mut zoomed = visibility(85.0 * 4.0, false);
        zoomed.form.share = 85.0 / 700.0;
        zoomed.form.view = 341.0;
        assert!(zoomed.is_seen(), "zoom of 400 % in a window of 341 px");
    }
}
