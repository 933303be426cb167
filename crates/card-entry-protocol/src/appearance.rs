//! The few looks a host may choose, each a checked value: never CSS text.
//!
//! Read out of `settings.appearance` by [`crate::settings::ParsedSettings`]. The checks here are of form: which
//! characters and functions may stand in a value. Whether a name is a colour the browser knows best, and the frame asks
//! it. No value may hold a semicolon, a brace, a URL, a variable or an expression.

mod value;

use serde::{Deserialize, Serialize};

use crate::text::public_text;
use value::{is_color, is_family, is_length};

public_text!(
    /// A CSS colour: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, a name, or `rgb()`, `rgba()`, `hsl()`, `hsla()`, `hwb()`
    /// in the old spelling or the new one.
    Color,
    "not a colour",
    is_color
);

public_text!(
    /// A CSS length below 100: `0`, `8px`, `0.5rem`, `.5em`.
    Length,
    "not a length",
    is_length
);

public_text!(
    /// Font family names: letters, digits, spaces, commas, hyphens and quotes, 200 bytes at most.
    FontFamily,
    "not a font family",
    is_family
);

/// Light, dark, or as the page around the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the page around the form is: a companion finds out and sends one of the others; without one the address says.
    #[default]
    Auto,
}

impl Theme {
    /// The word in settings and addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// The closed set of looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Variables {
    /// The button's and the focus ring's colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Color>,
    /// The button's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_accent: Option<Color>,
    /// The page behind the fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Color>,
    /// Labels and what is typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Color>,
    /// A field's edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub border: Option<Color>,
    /// Errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub danger: Option<Color>,
    /// Corners of fields and button.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<Length>,
    /// The size of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_size: Option<Length>,
    /// The fonts, first available wins; only fonts the device has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_family: Option<FontFamily>,
}

impl Variables {
    /// The names they have, then those of Stripe's appearance API that mean the same and are taken for them.
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

/// Theme and variables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// Light, dark or auto.
    pub theme: Theme,
    /// The looks that differ from the theme's own.
    pub variables: Variables,
}
