//! The style values that a host page may set. Each is a checked value and never CSS text.
//!
//! [`crate::settings::ParsedSettings`] reads them from `settings.appearance`. The checks here are of syntax: which
//! characters and functions a value may contain. The frame asks the browser whether a colour name exists
//! ([`crate::settings::ParsedSettings::retain_colors`]). A value must never contain a semicolon, a brace, a URL, a
//! variable or an expression.

mod value;

use serde::{Deserialize, Serialize};

use crate::text::public_text;
use value::{is_color, is_family, is_length};

public_text!(
    /// A CSS colour: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, a colour name, or `rgb()`, `rgba()`, `hsl()`, `hsla()`,
    /// `hwb()` with commas or with spaces. At most 64 bytes. See <https://www.w3.org/TR/css-color-4/>.
    ///
    /// ```
    /// use card_entry_protocol::appearance::Color;
    ///
    /// assert!(Color::parse("rgb(0 0 0 / 50%)").is_some());
    /// assert!(Color::parse("red; background: url(x)").is_none());
    /// ```
    Color,
    "not a colour",
    is_color
);

public_text!(
    /// A CSS length from 0 to below 100, in `px`, `rem` or `em`: `0`, `8px`, `0.5rem`, `.5em`.
    Length,
    "not a length",
    is_length
);

public_text!(
    /// A CSS list of font families, e.g. `Inter, 'Segoe UI', sans-serif`: letters, digits, spaces, commas, hyphens and
    /// quotes, 1 to 200 bytes.
    FontFamily,
    "not a font family",
    is_family
);

/// The colour scheme of the form. `auto` when the host page sets none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light colours in every page.
    Light,
    /// Dark colours in every page.
    Dark,
    /// The scheme of the page around the form. The companion detects it and sends `light` or `dark`; without a companion
    /// the frame uses `color_scheme` of its URL.
    #[default]
    Auto,
}

impl Theme {
    /// The value in settings and in the URL: `light`, `dark` or `auto`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// The style variables, `settings.appearance.variables`. `None` leaves the theme's own value.
/// See <https://docs.stripe.com/elements/appearance-api#commonly-used-variables>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Variables {
    /// The colour of the button and of the focus ring; Stripe's `colorPrimary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Color>,
    /// The colour of the button's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_accent: Option<Color>,
    /// The colour of the page behind the fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Color>,
    /// The colour of labels and of typed text; Stripe's `colorText`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Color>,
    /// The colour of the fields' borders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub border: Option<Color>,
    /// The colour of error messages; Stripe's `colorDanger`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub danger: Option<Color>,
    /// The corner radius of fields and button; Stripe's `borderRadius`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<Length>,
    /// The base font size, above 0; Stripe's `fontSizeBase`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_size: Option<Length>,
    /// The fonts: the browser uses the first that the device has. No font is downloaded. Stripe's `fontFamily`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_family: Option<FontFamily>,
}

impl Variables {
    /// Our names, then the names of Stripe's Appearance API that mean the same and are accepted in their place.
    /// See <https://docs.stripe.com/elements/appearance-api#commonly-used-variables>.
    pub(crate) const NAMES: [&'static str; 15] = [
        "accent",
        "on_accent",
        "background",
        "text",
        "border",
        "danger",
        "radius",
        "font_size",
        "font_family",
        "colorPrimary",
        "colorText",
        "colorDanger",
        "borderRadius",
        "fontSizeBase",
        "fontFamily",
    ];

    pub(crate) fn colors(&mut self) -> [(&'static str, &mut Option<Color>); 6] {
        [
            ("accent", &mut self.accent),
            ("on_accent", &mut self.on_accent),
            ("background", &mut self.background),
            ("text", &mut self.text),
            ("border", &mut self.border),
            ("danger", &mut self.danger),
        ]
    }
}

/// `settings.appearance`: the theme, and the variables that differ from it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// The colour scheme: `light`, `dark` or `auto`.
    pub theme: Theme,
    /// The variables that differ from the theme's own.
    pub variables: Variables,
}
