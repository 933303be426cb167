//! Chooses the language of a response from the `Accept-Language` header: RFC 9110, 12.5.4.
//!
//! Called by [`super::Locale::of`]. It must never fail: an invalid range is ignored.

use super::Locale;

/// The maximum length of the header. Browsers send fewer than 100 bytes.
const MAX_HEADER_BYTES: usize = 1_000;

/// The language with the highest weight, or the first of several. A regional tag counts as its language.
pub(super) fn choose(header: &str) -> Locale {
    if header.len() > MAX_HEADER_BYTES {
        return Locale::En;
    }
    let ranges = header.split(',').filter_map(|item| {
        let (tag, weight) = match item.split_once(';') {
            Some((tag, weight)) => (tag, parse_weight(weight)?),
            None => (item, 1_000),
        };
        Some((locale(tag.trim())?, weight))
    });
    let none = (Locale::En, 0);
    let best = ranges.fold(
        none,
        |best, range| if range.1 > best.1 { range } else { best },
    );
    best.0
}

fn parse_weight(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, part) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let digits = part.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 3;
    let thousandths: u16 = format!("{part:0<3}").parse().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

/// The language of a tag by its primary subtag. `*` means English.
fn locale(tag: &str) -> Option<Locale> {
    let language = tag.split('-').next().unwrap_or("");
    let own = Locale::ALL
        .into_iter()
        .find(|locale| locale.as_str().eq_ignore_ascii_case(language));
    own.or_else(|| (tag == "*").then_some(Locale::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_supported_language_with_the_highest_weight_is_chosen() {
        for (header, expected) in [
            ("de", Locale::De),
            ("de-AT", Locale::De),
            ("DE-at", Locale::De),
            ("fr-CA,fr;q=0.9,en;q=0.8", Locale::Fr),
            ("sv-SE,sv;q=0.9,es;q=0.5,en;q=0.4", Locale::Es),
            ("en;q=0.1, ar ; q=0.9", Locale::Ar),
            ("de;q=0, en", Locale::En),
            ("de;q=0", Locale::En),
            ("sv", Locale::En),
            ("*", Locale::En),
            ("*;q=0.5, fr;q=0.1", Locale::En),
            ("de, fr", Locale::De),
            ("de;q=1.000, fr;q=1", Locale::De),
            // Invalid ranges are ignored.
            ("de;q=2, fr;q=0.2", Locale::Fr),
            ("de;q=0.1234, fr;q=0.001", Locale::Fr),
            ("de;q=x;q=1, es;q=0.2", Locale::Es),
            ("de;level=1, es;q=0.2", Locale::Es),
            ("", Locale::En),
            (",,;,=", Locale::En),
            ("german", Locale::En),
        ] {
            assert_eq!(choose(header), expected, "{header}");
        }
        assert_eq!(choose(&"de,".repeat(1_000)), Locale::En);
    }
}
