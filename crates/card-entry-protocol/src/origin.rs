//! An origin in the one spelling that browsers use, compared as a string.
//!
//! Every sender and receiver of messages uses it, and the server's `frame-ancestors`. It must never match more than one
//! origin: no wildcard, no suffix match, no normalisation of an attacker's text.

use crate::text::{public_text, split_once};

fn is_port(text: &str, scheme: &str) -> bool {
    let digits = (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let default = if scheme == "https" { "443" } else { "80" };
    digits && !text.starts_with('0') && text != default && text.parse::<u16>().is_ok()
}

fn is_host(text: &str) -> bool {
    if let Some(v6) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return v6.len() >= 2
            && v6
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b':' | b'.'));
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn is_origin(text: &str) -> bool {
    let Some((scheme @ ("http" | "https"), rest)) = split_once(text, "://") else {
        return false;
    };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (rest, None),
    };
    is_host(host) && port.is_none_or(|port| is_port(port, scheme))
}

public_text!(
    /// A tuple origin (<https://html.spec.whatwg.org/multipage/browsers.html#origin>) as browsers write it: `http` or
    /// `https`, lower case, no default port, no trailing dot, no path. `"null"` and `*` are refused.
    ///
    /// ```
    /// use card_entry_protocol::origin::Origin;
    ///
    /// let origin = Origin::parse("https://book.example:8443").expect("an origin");
    /// assert_eq!(origin.host(), "book.example");
    /// assert_eq!(Origin::parse("https://*.example"), None);
    /// ```
    Origin,
    "not an origin",
    is_origin
);

impl Origin {
    /// The host without the port, e.g. `book.example`.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = split_once(self.as_str(), "://").map_or("", |(_, rest)| rest);
        match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => host,
            _ => rest,
        }
    }

    /// Reads a list that is separated by white space. Entries that are not origins are left out.
    #[must_use]
    pub fn parse_list(text: &str) -> Vec<Self> {
        text.split_ascii_whitespace()
            .filter_map(Self::parse)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_origins_as_browsers_write_them() {
        for text in [
            "https://book.example",
            "http://127.0.0.1:4400",
            "http://[::1]:8080",
            "https://a-b.c_d.example:8443",
        ] {
            assert_eq!(Origin::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(
            Origin::parse("http://127.0.0.1:4400").unwrap().host(),
            "127.0.0.1"
        );
        assert_eq!(Origin::parse("http://[::1]:80800"), None);
        assert_eq!(Origin::parse("http://[::1]").unwrap().host(), "[::1]");
    }

    #[test]
    fn refuses_every_other_text() {
        for text in [
            "",
            "null",
            "*",
            "https://*",
            "https://*.example",
            "book.example",
            "HTTPS://book.example",
            "https://Book.example",
            "https://book.example/",
            "https://book.example.",
            "https://book.example:443",
            "http://book.example:80",
            "https://book.example:0",
            "https://u@book.example",
            "https://book.example?x",
            "ftp://book.example",
            "https://",
            "https://-a.example",
            "https://bücher.example",
            "https://a b",
            "https://book.example:99999",
            "data:text/html",
            "file://",
        ] {
            assert!(Origin::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_never_rewrites(text in ".{0,60}") {
            if let Some(origin) = Origin::parse(&text) {
                prop_assert_eq!(origin.as_str(), text.as_str());
            }
        }
    }
}
