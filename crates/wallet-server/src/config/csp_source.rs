//! A source expression of a Content-Security-Policy, and the URL of a script.
//!
//! Called by the checks of the configuration. It must never accept a text that ends a directive or allows every origin.

use card_entry_protocol::origin::Origin;

use super::ConfigError;
use super::error::invalid;

/// An origin, or an origin whose first label is `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CspSource(String);

impl CspSource {
    /// Parses `https://host` or `https://*.host`. A bare `*` and a bare scheme are refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = match text.split_once("://*.") {
            // At least two labels after the star, so that a whole top-level domain is never allowed.
            Some((scheme, host)) if host.contains('.') => format!("{scheme}://{host}"),
            Some(_) => return None,
            None => text.to_owned(),
        };
        Origin::parse(&plain).map(|_| Self(text.to_owned()))
    }

    /// The expression as the header has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a URL is at this source. `https://*.host` is every host below `host`, and not `host` itself.
    #[must_use]
    pub fn matches(&self, url: &str) -> bool {
        let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
        match self.0.split_once("://*.") {
            None => origin == self.0,
            Some((scheme, host)) => origin
                .strip_prefix(scheme)
                .and_then(|rest| rest.strip_prefix("://"))
                .and_then(|rest| rest.strip_suffix(host))
                .is_some_and(|labels| labels.len() > 1 && labels.ends_with('.')),
        }
    }

    pub(super) fn list(
        setting: &str,
        given: Option<Vec<String>>,
        usual: &[&str],
    ) -> Result<Vec<Self>, ConfigError> {
        let texts = given.unwrap_or_else(|| usual.iter().map(|text| (*text).to_owned()).collect());
        texts
            .iter()
            .map(|text| {
                Self::parse(text).ok_or_else(|| {
                    invalid(
                        setting,
                        format!("`{text}` is not a source; write https://host or https://*.host"),
                    )
                })
            })
            .collect()
    }
}

/// Checks the URL of a script: http or https, and no character that could end an HTML attribute.
pub(super) fn script_url(
    setting: &str,
    given: Option<String>,
    usual: &str,
) -> Result<String, ConfigError> {
    let url = given.unwrap_or_else(|| usual.to_owned());
    let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
    let plain = url
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"\"'<>\\{}".contains(&b));
    if plain && Origin::parse(&origin).is_some() {
        Ok(url)
    } else {
        let problem = format!("`{url}` is not a URL; write {usual}");
        Err(invalid(setting, problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_never_allows_every_origin_or_ends_a_directive() {
        for text in [
            "https://js.stripe.com",
            "https://*.js.stripe.com",
            "http://127.0.0.1:4402",
        ] {
            assert!(CspSource::parse(text).is_some(), "{text}");
        }
        for text in [
            "*",
            "https:",
            "https://*",
            "https://*.com",
            "'unsafe-inline'",
            "https://a.b; script-src *",
            "data:",
        ] {
            assert!(CspSource::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_source_matches_urls_of_its_origin() {
        let matches = |source: &str, url: &str| CspSource(source.to_owned()).matches(url);
        assert!(matches(
            "https://js.stripe.com",
            "https://js.stripe.com/v3/"
        ));
        assert!(matches("https://*.stripe.com", "https://js.stripe.com/v3/"));
        for (source, url) in [
            ("https://js.stripe.com", "http://js.stripe.com/v3/"),
            ("https://js.stripe.com", "https://js.stripe.com.example/v3/"),
            ("https://*.stripe.com", "https://stripe.com/v3/"),
            ("https://*.stripe.com", "https://.stripe.com/v3/"),
            ("https://*.stripe.com", "https://badstripe.com/v3/"),
        ] {
            assert!(!matches(source, url), "{source} {url}");
        }
    }

    #[test]
    fn a_script_url_cannot_end_its_attribute() {
        let check = |url: &str| script_url("stripe_js_url", Some(url.to_owned()), "");
        assert!(check("http://127.0.0.1:4402/v3/").is_ok());
        for url in [
            "",
            "/v3/",
            "https://js.stripe.com/\"><script>",
            "javascript:alert(1)",
        ] {
            assert!(check(url).is_err(), "{url}");
        }
    }
}
