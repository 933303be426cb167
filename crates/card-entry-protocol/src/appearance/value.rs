//! The gate in front of the style sheet: which texts may become a colour, a length or a font family.
//!
//! Called by the types of [`super`]. Closed lists of characters, units and functions; nothing that CSS could read as
//! more than one value passes.

use crate::text::split_once;

/// The longest colour: `rgba(100.123% 100.123% 100.123% / 100.123%)`.
const MAX_COLOR_BYTES: usize = 64;

/// Whether a text has the form of a colour.
pub(super) fn is_color(text: &str) -> bool {
    if text.len() > MAX_COLOR_BYTES {
        return false;
    }
    if let Some(hex) = text.strip_prefix('#') {
        return matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit());
    }
    match text.strip_suffix(')') {
        Some(call) => is_color_function(call),
        None => is_color_name(text),
    }
}

/// A word that is no keyword of every property, and means the same wherever it stands.
fn is_color_name(text: &str) -> bool {
    const NOT_COLORS: [&str; 6] = [
        "inherit",
        "initial",
        "unset",
        "revert",
        "currentcolor",
        "none",
    ];
    (3..=32).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphabetic())
        && !NOT_COLORS
            .iter()
            .any(|word| word.eq_ignore_ascii_case(text))
}

/// `name(arguments`, without the bracket at the end. The functions whose colours every browser computes to `rgb()`,
/// which is what the provider's fields are given.
fn is_color_function(call: &str) -> bool {
    const FUNCTIONS: [&str; 5] = ["rgb", "rgba", "hsl", "hsla", "hwb"];
    // Digits, marks, and the letters of `deg`, `rad`, `grad` and `turn`: no bracket, and so no function within.
    const ARGUMENTS: &[u8] = b"0123456789 .,%/+-degratun";
    let Some((name, arguments)) = split_once(call, "(") else {
        return false;
    };
    FUNCTIONS.iter().any(|it| it.eq_ignore_ascii_case(name))
        && arguments.bytes().any(|b| b.is_ascii_digit())
        && arguments.bytes().all(|b| ARGUMENTS.contains(&b))
}

/// Whether a text is a length below 100.
pub(super) fn is_length(text: &str) -> bool {
    let digits = |d: &str, least: usize, most: usize| {
        (least..=most).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit())
    };
    if text == "0" {
        return true;
    }
    let mut number = None;
    for unit in ["px", "rem", "em"] {
        number = number.or_else(|| text.strip_suffix(unit));
    }
    number.is_some_and(|number| match split_once(number, ".") {
        Some((whole, fraction)) => digits(whole, 0, 2) && digits(fraction, 1, 3),
        None => digits(number, 1, 2),
    })
}

/// Whether a text is names of fonts.
pub(super) fn is_family(text: &str) -> bool {
    (1..=200).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" ,-'\"".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_are_those_a_browser_reads() {
        for text in [
            "#0a7",
            "#0a7f",
            "#00aa77",
            "#00AA77ff",
            "red",
            "RebeccaPurple",
            "transparent",
            "Canvas",
            "rgb(0 0 0)",
            "rgb(0, 0, 0)",
            "RGB(1,2,3)",
            "rgba(0, 0, 0, 0.5)",
            "rgb(0 0 0 / 50%)",
            "rgb(10% 20% 30%)",
            "hsl(120deg 75% 25%)",
            "hsl(120, 75%, 25%)",
            "hsla(.5turn, 75%, 25%, .5)",
            "hsl(-30 40% 50%)",
            "hwb(194 0% 0%)",
        ] {
            assert!(is_color(text), "{text}");
        }
    }

    #[test]
    fn css_text_is_no_colour() {
        for text in [
            "",
            "#",
            "#12",
            "#12345",
            "#1234567",
            "#ggg",
            "#123;",
            "url(x)",
            "expression(1)",
            "var(--x)",
            "rgb(var(--x))",
            "rgb(0 0 0);",
            "rgb(0 0 0) }",
            "rgb(0 0 0",
            "rgb((0))",
            "rgb()",
            "rgb(x y z)",
            "rgb(calc(1) 2 3)",
            "rgb(0 0 0))",
            "rgb(from red r g b)",
            "color-mix(in srgb, red, blue)",
            "light-dark(red, blue)",
            "oklch(0.5 0.1 20)",
            "rgb(0 0 0 /* x */)",
            "rgb(0\n0 0)",
            "rgb(0 0 0)\\",
            "inherit",
            "currentColor",
            "unset",
            "re d",
            "r\u{e9}d",
            "--x",
            "@import",
            "image(red)",
            "red!important",
            &"a".repeat(65),
            &format!("rgb({})", "0".repeat(64)),
        ] {
            assert!(!is_color(text), "{text}");
        }
    }

    #[test]
    fn lengths_are_small_and_have_a_unit_or_are_nothing() {
        for text in [
            "0", "0px", "8px", "99px", "0.5em", ".5em", "1rem", "0.875rem", "12.125px",
        ] {
            assert!(is_length(text), "{text}");
        }
        for text in [
            "",
            "px",
            "1",
            "00",
            "100px",
            "-1px",
            "+1px",
            "1e3px",
            "1.2345px",
            "1.px",
            ".px",
            "1px 2px",
            "1vh",
            "50%",
            "calc(1px)",
            "1px;x",
            "1PX",
            "var(--x)",
        ] {
            assert!(!is_length(text), "{text}");
        }
    }

    #[test]
    fn families_are_names() {
        assert!(is_family("Inter, 'Segoe UI', sans-serif"));
        for text in ["", "a;b", "a}", "url(a)", "a\\b", &"a".repeat(201)] {
            assert!(!is_family(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_passes_that_css_could_read_as_more(text in "[a-z0-9#(){};:,.%/ @\\\\\"'*!-]{0,24}") {
            if is_color(&text) || is_length(&text) {
                prop_assert!(!text.contains([';', '{', '}', ':', '@', '\\', '"', '\'', '*', '!']), "{text}");
                prop_assert!(text.matches('(').count() <= 1);
            }
        }
    }
}
