//! Where a checkout session's form is shown, and where the person goes afterwards. Part of
//! [`super::CheckoutSession`].

/// First day of the versions that call the modes by their newer names.
const RENAMED_SINCE: &str = "2026-03-25";

/// The three places, as a call names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiMode {
    /// A page of Stripe's own.
    Hosted,
    /// A frame in the merchant's page.
    Embedded,
    /// The merchant's own page, with elements.
    Elements,
}

impl UiMode {
    const ALL: [Self; 3] = [Self::Hosted, Self::Embedded, Self::Elements];

    /// The mode `version` knows by this name.
    #[must_use]
    pub fn read(name: &str, version: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|mode| mode.name(version) == name)
    }

    /// As the API of `version` spells it.
    #[must_use]
    pub fn name(self, version: &str) -> &'static str {
        match (self, version >= RENAMED_SINCE) {
            (Self::Hosted, true) => "hosted_page",
            (Self::Hosted, false) => "hosted",
            (Self::Embedded, true) => "embedded_page",
            (Self::Embedded, false) => "embedded",
            (Self::Elements, true) => "elements",
            (Self::Elements, false) => "custom",
        }
    }

    /// Every name `version` knows, for a refusal's words.
    #[must_use]
    pub fn names(version: &str) -> String {
        Self::ALL.map(|mode| mode.name(version)).join(", ")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// The page that embeds the form is left for the return URL.
    Always,
    /// Only when the payment method itself leads away, which no card does.
    IfRequired,
    /// The page that embeds the form is told, and stays.
    Never,
}

impl Redirect {
    /// As the API spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::IfRequired => "if_required",
            Self::Never => "never",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        [Self::Always, Self::IfRequired, Self::Never]
            .into_iter()
            .find(|redirect| redirect.as_str() == name)
    }
}

/// The mode with the URLs it has, and no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutUi {
    /// Ends at the success URL; *back* leads to the cancel URL.
    Hosted {
        success_url: String,
        /// Without one there is no way back on the page.
        cancel_url: Option<String>,
    },
    /// Ends in the page that embeds it.
    Embedded {
        /// None only when nothing ever redirects.
        return_url: Option<String>,
        /// When the person is sent there.
        redirect: Redirect,
    },
    /// Ends wherever the merchant's own script says.
    Elements {
        /// Where a payment method that leads away comes back to.
        return_url: Option<String>,
    },
}

impl CheckoutUi {
    #[must_use]
    pub fn mode(&self) -> UiMode {
        match self {
            Self::Hosted { .. } => UiMode::Hosted,
            Self::Embedded { .. } => UiMode::Embedded,
            Self::Elements { .. } => UiMode::Elements,
        }
    }

    /// Where a paid card leads, with the session's id put in; none when the page stays.
    #[must_use]
    pub fn after(&self, session: &str) -> Option<String> {
        let url = match self {
            Self::Hosted { success_url, .. } => Some(success_url),
            Self::Embedded {
                return_url,
                redirect: Redirect::Always,
            } => return_url.as_ref(),
            Self::Embedded { .. } | Self::Elements { .. } => None,
        };
        url.map(|url| url.replace("{CHECKOUT_SESSION_ID}", session))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_version() {
        for (name, version, mode) in [
            ("hosted", "2025-09-30.clover", Some(UiMode::Hosted)),
            ("hosted", "2026-03-25.dahlia", None),
            ("hosted_page", "2026-02-25.clover", None),
            ("hosted_page", "2026-03-25.dahlia", Some(UiMode::Hosted)),
            ("embedded_page", "2026-09-30.endive", Some(UiMode::Embedded)),
            ("custom", "2025-03-31.basil", Some(UiMode::Elements)),
            ("elements", "2026-09-30.endive", Some(UiMode::Elements)),
        ] {
            assert_eq!(UiMode::read(name, version), mode, "{name} in {version}");
        }
    }

    #[test]
    fn the_id_is_put_into_the_url() {
        let ui = CheckoutUi::Hosted {
            success_url: "https://shop.example/done?s={CHECKOUT_SESSION_ID}&x=1".to_owned(),
            cancel_url: None,
        };
        let wanted = "https://shop.example/done?s=cs_test_1&x=1";
        assert_eq!(ui.after("cs_test_1").as_deref(), Some(wanted));
    }

    #[test]
    fn an_embedded_form_leaves_the_page_only_when_it_always_does() {
        let embedded = |redirect| CheckoutUi::Embedded {
            return_url: Some("https://shop.example/back".to_owned()),
            redirect,
        };
        assert!(embedded(Redirect::Always).after("cs").is_some());
        assert_eq!(embedded(Redirect::IfRequired).after("cs"), None);
        assert_eq!(embedded(Redirect::Never).after("cs"), None);
    }
}
