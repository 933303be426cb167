//! The visitor's locale: the page's messages and text direction, and the tag for the card form and the wallet.
//!
//! Called once with the page's query. The page has two languages; the card form and the wallet have more, so the tag is passed on
//! to them unchanged.

use crate::messages::{ARABIC, ENGLISH, PageMessages};

const RIGHT_TO_LEFT: [&str; 4] = ["ar", "fa", "he", "ur"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    tag: Option<String>,
}

impl Locale {
    /// Parses the value of `?locale=`. A value that is no language tag (BCP 47, at most 35 characters) counts as none.
    #[must_use]
    pub fn parse(value: Option<&str>) -> Self {
        let is_tag = |tag: &&str| {
            (2..=35).contains(&tag.len())
                && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        Self {
            tag: value.filter(is_tag).map(str::to_owned),
        }
    }

    /// The tag for the card form and the wallet; with `None` they use the browser's language.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    fn language(&self) -> String {
        let tag = self.tag.as_deref().unwrap_or("en");
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    }

    #[must_use]
    pub fn words(&self) -> &'static PageMessages {
        if self.language() == "ar" {
            &ARABIC
        } else {
            &ENGLISH
        }
    }

    /// `rtl` or `ltr`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&self.language().as_str()) {
            "rtl"
        } else {
            "ltr"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_sets_messages_and_direction() {
        for (value, tag, lang, dir) in [
            (None, None, "en", "ltr"),
            (Some("ar"), Some("ar"), "ar", "rtl"),
            (Some("AR-eg"), Some("AR-eg"), "ar", "rtl"),
            (Some("he"), Some("he"), "en", "rtl"),
            (Some("fr-CA"), Some("fr-CA"), "en", "ltr"),
            (Some("<b>"), None, "en", "ltr"),
            (Some("x"), None, "en", "ltr"),
            (
                Some("arabic-like-but-far-too-long-to-be-a-tag"),
                None,
                "en",
                "ltr",
            ),
        ] {
            let locale = Locale::parse(value);
            assert_eq!(
                (locale.tag(), locale.words().lang, locale.direction()),
                (tag, lang, dir),
                "{value:?}"
            );
        }
    }
}
