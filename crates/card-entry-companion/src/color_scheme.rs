//! The color scheme (light or dark) of the page around the form, derived from computed styles.
//!
//! Called by [`crate::frame`]. Pure. It must never use the preference of the device alone: a page is light unless it
//! declares or shows a dark scheme.

use card_entry_protocol::appearance::Theme;

/// A CSS color that reveals the scheme in use where it is computed: `#000001` in a light one, `#000002` in a dark one.
/// See <https://drafts.csswg.org/css-color-5/#light-dark>.
pub const PROBE_COLOR: &str = "light-dark(#000001, #000002)";

/// A color scheme in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorScheme {
    /// Dark text on a light background.
    #[default]
    Light,
    /// Light text on a dark background.
    Dark,
}

/// The computed background of one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Background {
    /// The computed value of `background-color`.
    pub color: String,
    /// The computed value of `background-image`.
    pub image: String,
}

impl ColorScheme {
    /// The theme of the form that fits this scheme.
    #[must_use]
    pub fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
        }
    }

    /// The scheme of an element: that of the first opaque background in `behind`, from the inside out. Many pages paint
    /// a dark background and declare no scheme. If no background decides, `used`, the scheme of the browser.
    ///
    /// ```
    /// use card_entry_companion::color_scheme::{Background, ColorScheme};
    ///
    /// let background = Background { color: "rgb(17, 24, 39)".into(), image: "none".into() };
    /// let scheme = ColorScheme::from_backgrounds(ColorScheme::Light, [background].into_iter());
    /// assert_eq!(scheme, ColorScheme::Dark);
    /// ```
    pub fn from_backgrounds(used: Self, behind: impl Iterator<Item = Background>) -> Self {
        for background in behind {
            if background.image != "none" {
                return used; // the colors of an image are unknown
            }
            match read_color(&background.color) {
                Some((_, alpha)) if alpha < 0.5 => {}
                Some((lightness, _)) if lightness < 0.5 => return Self::Dark,
                Some(_) => return Self::Light,
                None => return used,
            }
        }
        used
    }

    /// The scheme that the browser uses: what it computed for [`PROBE_COLOR`]. In a browser without `light-dark()`:
    /// what the computed `color-scheme` allows, and if it allows both, what the device prefers.
    #[must_use]
    pub fn from_probe(probe: &str, declared: &str, device: Self) -> Self {
        let has = |scheme: &str| declared.split(' ').any(|keyword| keyword == scheme);
        match probe {
            "rgb(0, 0, 1)" => Self::Light,
            "rgb(0, 0, 2)" => Self::Dark,
            _ if has("dark") && has("light") => device,
            _ if has("dark") => Self::Dark,
            _ => Self::Light,
        }
    }
}

/// The lightness (0 to 1) and the alpha (0 to 1) of a computed color; `None` for an unknown notation.
/// See <https://drafts.csswg.org/css-color-4/#serializing-color-values>.
fn read_color(text: &str) -> Option<(f64, f64)> {
    let (kind, rest) = text.split_once('(')?;
    let mut numbers = rest
        .split([' ', ',', '/', ')'])
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == '-'))
        .map(read_number);
    let (first, second, third) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let alpha = numbers.next().unwrap_or(1.0);
    let luma = 0.2126 * first + 0.7152 * second + 0.0722 * third;
    let lightness = match kind {
        "rgb" | "rgba" => luma / 255.0,
        "color" => luma,
        "oklab" | "oklch" => first,
        "lab" | "lch" => first / 100.0,
        _ => return None,
    };
    Some((lightness, alpha))
}

/// A plain decimal. Negative numbers and powers of ten are close to 0 in a computed color, so they count as 0.
fn read_number(text: &str) -> f64 {
    if text.contains(['e', '-']) {
        return 0.0;
    }
    let (mut value, mut place) = (0.0, 0.0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if place == 0.0 => value = value * 10.0 + f64::from(byte - b'0'),
            b'0'..=b'9' => {
                value += f64::from(byte - b'0') * place;
                place /= 10.0;
            }
            b'.' => place = 0.1,
            _ => break,
        }
    }
    value
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DARK: ColorScheme = ColorScheme::Dark;
    const LIGHT: ColorScheme = ColorScheme::Light;

    fn judge(used: ColorScheme, colors: &[&str]) -> ColorScheme {
        let behind = colors.iter().map(|color| Background {
            color: (*color).to_owned(),
            image: "none".to_owned(),
        });
        ColorScheme::from_backgrounds(used, behind)
    }

    #[test]
    fn the_probe_decides_and_else_the_declaration() {
        for (probe, declared, device, used) in [
            ("rgb(0, 0, 1)", "normal", DARK, LIGHT),
            ("rgb(0, 0, 2)", "light dark", LIGHT, DARK),
            ("rgb(0, 0, 0)", "normal", DARK, LIGHT),
            ("rgb(0, 0, 0)", "light dark", DARK, DARK),
            ("rgb(0, 0, 0)", "light dark", LIGHT, LIGHT),
            ("rgb(0, 0, 0)", "dark", LIGHT, DARK),
            ("", "only light", DARK, LIGHT),
            ("", "", DARK, LIGHT),
        ] {
            assert_eq!(
                ColorScheme::from_probe(probe, declared, device),
                used,
                "{probe} {declared} {device:?}"
            );
        }
    }

    #[test]
    fn the_first_opaque_background_decides() {
        for (used, colors, scheme) in [
            (LIGHT, &["rgba(0, 0, 0, 0)", "rgb(17, 24, 39)"][..], DARK),
            (DARK, &["rgb(255, 255, 255)", "rgb(0, 0, 0)"], LIGHT),
            (
                DARK,
                &["rgba(255, 255, 255, 0.06)", "rgba(0, 0, 0, 0)"],
                DARK,
            ),
            (LIGHT, &["oklch(0.13 0.028 261.692)"], DARK),
            (DARK, &["oklch(0.985 0.002 247.839)"], LIGHT),
            (LIGHT, &["lab(8.11 0.81 -12.25)"], DARK),
            (LIGHT, &["color(srgb 0.07 0.09 0.15)"], DARK),
            (LIGHT, &["color(srgb 0.07 0.09 0.15 / 0.2)"], LIGHT),
            (DARK, &["hwb(0 100% 0%)", "rgb(255, 255, 255)"], DARK),
            (LIGHT, &[], LIGHT),
        ] {
            assert_eq!(judge(used, colors), scheme, "{colors:?}");
        }
    }

    #[test]
    fn an_image_does_not_decide() {
        let picture = Background {
            color: "rgb(0, 0, 0)".to_owned(),
            image: "linear-gradient(red, blue)".to_owned(),
        };
        assert_eq!(
            ColorScheme::from_backgrounds(LIGHT, [picture].into_iter()),
            LIGHT
        );
    }

    proptest! {
        #[test]
        fn any_color_text_is_accepted(text in ".{0,60}") {
            let _ = judge(LIGHT, &[&text]);
        }

        #[test]
        fn dark_and_light_greys_are_told_apart(grey: u8) {
            let scheme = if grey < 128 { DARK } else { LIGHT };
            prop_assert_eq!(judge(LIGHT, &[&format!("rgb({grey}, {grey}, {grey})")]), scheme);
        }
    }
}
