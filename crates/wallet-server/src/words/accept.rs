//! `Accept-Language`: which of this server's languages a request asks for.
//!
//! Called by [`super::Locale::of`]. Total: what cannot be read asks for nothing. See RFC 9110, 12.5.4.

use super::Locale;

/// The longest header looked at, bytes. Browsers send fewer than 100.
const LONGEST: usize = 1_000;

/// The language with the highest weight, the first of equal ones. A regional form asks for its language.
pub(super) fn choose(header: &str) -> Locale {
    if header.len() > LONGEST {
        return Locale::En;
    }
    let ranges = header.split(',').filter_map(|item| {
        let (tag, weight) = match item.split_once(';') {
            Some((tag, weight)) => (tag, weigh(weight)?),
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

fn weigh(parameter: &str) -> Option<u16> {
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

/// A language of ours by the primary part of its tag; `*` is any, of which English is the first.
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
    fn the_heaviest_language_of_ours_is_chosen() {
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
            // Not readable: asks for nothing.
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
