//! Where the form of a checkout session is shown, and where the person goes afterwards. Part of
//! [`super::CheckoutSession`].

/// The first API version with the newer names of the modes.
const RENAMED_SINCE: &str = "2026-03-25";

/// `ui_mode`: where the form is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiMode {
    /// A page on Stripe's own host.
    Hosted,
    /// A frame in the merchant's page.
    Embedded,
    /// The merchant's own page, with Stripe Elements.
    Elements,
}

impl UiMode {
    const ALL: [Self; 3] = [Self::Hosted, Self::Embedded, Self::Elements];

    /// The mode with this name in the API version `version`.
    #[must_use]
    pub fn parse(name: &str, version: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|mode| mode.name(version) == name)
    }

    /// The name of the mode in the API version `version`.
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

    /// The names of all modes in the API version `version`, for an error message.
    #[must_use]
    pub fn names(version: &str) -> String {
        Self::ALL.map(|mode| mode.name(version)).join(", ")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// The embedding page is redirected to the return URL.
    Always,
    /// Only when the payment method redirects, which no card does.
    IfRequired,
    /// The embedding page gets an event and is not redirected.
    Never,
}

impl Redirect {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::IfRequired => "if_required",
            Self::Never => "never",
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Always, Self::IfRequired, Self::Never]
            .into_iter()
            .find(|redirect| redirect.as_str() == name)
    }
}

/// A mode with its URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutUi {
    /// Ends at the success URL; the link *back* leads to the cancel URL.
    Hosted {
        success_url: String,
        /// `None`: the page has no link *back*.
        cancel_url: Option<String>,
    },
    /// Ends in the embedding page.
    Embedded {
        /// `None` is possible only with [`Redirect::Never`].
        return_url: Option<String>,
        redirect: Redirect,
    },
    /// Ends where the merchant's script decides.
    Elements {
        /// Where a payment method that redirects returns to.
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

    /// The URL after the payment, with the id of the session inserted. `None`: the page is not left.
    #[must_use]
    pub fn completion_url(&self, session: &str) -> Option<String> {
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
            assert_eq!(UiMode::parse(name, version), mode, "{name} in {version}");
        }
    }

    #[test]
    fn the_session_id_is_inserted_into_the_url() {
        let ui = CheckoutUi::Hosted {
            success_url: "https://shop.example/done?s={CHECKOUT_SESSION_ID}&x=1".to_owned(),
            cancel_url: None,
        };
        let wanted = "https://shop.example/done?s=cs_test_1&x=1";
        assert_eq!(ui.completion_url("cs_test_1").as_deref(), Some(wanted));
    }

    #[test]
    fn an_embedded_form_redirects_only_with_always() {
        let embedded = |redirect| CheckoutUi::Embedded {
            return_url: Some("https://shop.example/back".to_owned()),
            redirect,
        };
        assert!(embedded(Redirect::Always).completion_url("cs").is_some());
        assert_eq!(embedded(Redirect::IfRequired).completion_url("cs"), None);
        assert_eq!(embedded(Redirect::Never).completion_url("cs"), None);
    }
}
