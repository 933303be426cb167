//! The few looks a host may choose, each a checked value: never CSS text.
//!
//! Read by the frame out of `settings.appearance`. A value that is not of its form is dropped alone; the rest of the
//! settings stand.

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::public_text;

public_text!(
    /// `#rgb`, `#rrggbb` or `#rrggbbaa`.
    Color,
    "not a colour",
    |text| text.strip_prefix('#').is_some_and(|hex| {
        matches!(hex.len(), 3 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit())
    })
);

public_text!(
    /// CSS pixels or rem: `0px` to `99px`, `0.5rem`.
    Length,
    "not a length",
    |text| {
        let number = text.strip_suffix("px").or_else(|| text.strip_suffix("rem"));
        number.is_some_and(|n| {
            let (whole, fraction) = n.split_once('.').unwrap_or((n, "0"));
            let digits = |d: &str, most: usize| (1..=most).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit());
            digits(whole, 2) && digits(fraction, 3)
        })
    }
);

public_text!(
    /// Font family names: letters, digits, spaces, commas, hyphens and quotes, 200 bytes at most.
    Family,
    "not a font family",
    |text| (1..=200).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" ,-'\"".contains(&b))
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

/// Reads a checked value, or nothing when it is not of its form.
fn lenient<'de, D: Deserializer<'de>, T: TryFrom<String>>(from: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.and_then(|text| T::try_from(text).ok()))
}

/// The closed set of looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Variables {
    /// The button's and the focus ring's colour.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub accent: Option<Color>,
    /// The button's text.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub on_accent: Option<Color>,
    /// The page behind the fields.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub background: Option<Color>,
    /// Labels and what is typed.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub text: Option<Color>,
    /// A field's edge.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub border: Option<Color>,
    /// Errors.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub danger: Option<Color>,
    /// Corners of fields and button.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub radius: Option<Length>,
    /// The size of text.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub font_size: Option<Length>,
    /// The fonts, first available wins; only fonts the device has.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub font_family: Option<Family>,
}

/// Theme and variables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// Light, dark or auto.
    pub theme: Theme,
    /// The looks that differ from the theme's own.
    pub variables: Variables,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_dropped_alone() {
        let json = r##"{"accent":"#0a7","radius":"1px;position:fixed","font_family":"Inter, sans-serif","text":"red","unknown":"x"}"##;
        let variables: Variables = serde_json::from_str(json).unwrap();
        assert_eq!(variables.accent, Color::parse("#0a7"));
        assert_eq!(variables.font_family, Family::parse("Inter, sans-serif"));
        assert_eq!((variables.radius, variables.text), (None, None));
    }

    #[test]
    fn css_text_is_no_value() {
        for text in [
            "url(x)",
            "#12",
            "#ggg",
            "#123;",
            "expression(1)",
            "var(--x)",
        ] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
        for text in ["px", "1", "100px", "-1px", "1e3px", "1.2345px", "1px 2px"] {
            assert_eq!(Length::parse(text), None, "{text}");
        }
        for text in ["", "a;b", "a}", "url(a)", "a\\b", &"a".repeat(201)] {
            assert_eq!(Family::parse(text), None, "{text}");
        }
    }
}
