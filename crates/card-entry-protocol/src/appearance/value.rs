//! Checks whether a text is a CSS colour, a length or a list of font families.
//!
//! The types of [`super`] call it. It has closed lists of characters, units and functions. It must never accept a text that
//! CSS could read as more than one value.

use crate::text::split_once;

/// Enough for the longest useful colour, `rgba(100.123% 100.123% 100.123% / 100.123%)`.
const MAX_COLOR_BYTES: usize = 64;

/// Whether a text has the syntax of a colour. Whether a colour of that name exists, only the browser knows.
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

/// Whether a text is one word that is not a CSS-wide keyword, nor a keyword whose colour depends on its place.
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

/// Reads `name(arguments`, without the bracket at the end. Only functions that every browser computes to `rgb()`, because
/// the provider's fields get the computed colour.
fn is_color_function(call: &str) -> bool {
    const FUNCTIONS: [&str; 5] = ["rgb", "rgba", "hsl", "hsla", "hwb"];
    // Digits, punctuation, and the letters of `deg`, `rad`, `grad` and `turn`. No bracket, so no nested function.
    const ARGUMENTS: &[u8] = b"0123456789 .,%/+-degratun";
    let Some((name, arguments)) = split_once(call, "(") else {
        return false;
    };
    FUNCTIONS.iter().any(|it| it.eq_ignore_ascii_case(name))
        && arguments.bytes().any(|b| b.is_ascii_digit())
        && arguments.bytes().all(|b| ARGUMENTS.contains(&b))
}

pub(super) fn is_length(text: &str) -> bool {
    let digits = |d: &str, min: usize, max: usize| {
        (min..=max).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit())
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
    fn accepts_the_colours_a_browser_reads() {
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
    fn refuses_css_text_as_a_colour() {
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
    fn accepts_zero_and_small_lengths_with_a_unit() {
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
    fn accepts_font_names_only() {
        assert!(is_family("Inter, 'Segoe UI', sans-serif"));
        for text in ["", "a;b", "a}", "url(a)", "a\\b", &"a".repeat(201)] {
            assert!(!is_family(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn refuses_what_css_could_read_as_more_than_one_value(text in "[a-z0-9#(){};:,.%/ @\\\\\"'*!-]{0,24}") {
            if is_color(&text) || is_length(&text) {
                prop_assert!(!text.contains([';', '{', '}', ':', '@', '\\', '"', '\'', '*', '!']), "{text}");
                prop_assert!(text.matches('(').count() <= 1);
            }
        }
    }
}
