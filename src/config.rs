//! The page's settings, parsed and checked from its address and its `<meta>`s.
//!
//! Called once, before anything is drawn. It must never repeat a value in an error, and never allow Stripe.js to load
//! for a wrong address.

use card_entry_protocol::channel::Channel;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::origin::Origin;
use card_entry_protocol::query::FrameQuery;

#[cfg(target_arch = "wasm32")]
pub mod page_environment;

/// The inputs of [`Config::parse`], as the browser and the server provide them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageEnvironment {
    pub search: String,
    pub hash: String,
    /// `self.origin`; `"null"` in a sandboxed iframe.
    pub origin: String,
    /// Whether the page is inside an iframe.
    pub embedded: bool,
    /// The embedding page's origin, in browsers that have `location.ancestorOrigins`.
    pub ancestor: Option<String>,
    pub parents: String,
    pub stripe_js: String,
    pub error: String,
    /// The `lang` of the document, which the boot script sets from the browser's language.
    pub language: String,
}

/// The checked settings of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub query: FrameQuery,
    /// The origins that messages may be sent to; never empty.
    pub parents: Vec<Origin>,
    /// The companion's channel. Without a channel the parent is a plain listener, with one it is a companion.
    pub channel: Option<Channel>,
    pub stripe_js: String,
}

/// Why the page cannot work, and which parents get that error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFailure {
    pub code: FrameErrorCode,
    /// The allowed parents; empty when no parent may get a message.
    pub parents: Vec<Origin>,
    pub channel: Option<Channel>,
}

/// The content of a meta; empty for a placeholder that no server has replaced.
fn meta_value(value: &str) -> &str {
    let value = value.trim();
    if value.starts_with("{{") { "" } else { value }
}

/// The allowed parents; only the embedding page's origin where the browser provides it.
fn list_parents(environment: &PageEnvironment) -> Vec<Origin> {
    let mut parents = Origin::parse_list(meta_value(&environment.parents));
    if let Some(ancestor) = &environment.ancestor {
        parents.retain(|parent| parent.as_str() == ancestor);
    }
    parents
}

impl Config {
    /// Parses the environment.
    ///
    /// # Errors
    /// The first code that applies. The address is checked first, so that secrets are always removed from it.
    pub fn parse(environment: &PageEnvironment) -> Result<Self, ConfigFailure> {
        Self::read(environment).map_err(|code| {
            let no_parent = matches!(
                code,
                FrameErrorCode::NotEmbedded | FrameErrorCode::Sandboxed
            );
            ConfigFailure {
                code,
                parents: if no_parent || !environment.embedded {
                    Vec::new()
                } else {
                    list_parents(environment)
                },
                channel: Channel::from_hash(&environment.hash),
            }
        })
    }

    fn read(environment: &PageEnvironment) -> Result<Self, FrameErrorCode> {
        let query = FrameQuery::parse(&environment.search)?;
        match meta_value(&environment.error) {
            "" => {}
            // A code that this version does not know is a refusal of the server too.
            code => {
                return Err(FrameErrorCode::parse(code).unwrap_or(FrameErrorCode::KeyNotAllowed));
            }
        }
        if environment.origin == "null" {
            return Err(FrameErrorCode::Sandboxed);
        }
        if !environment.embedded {
            return Err(FrameErrorCode::NotEmbedded);
        }
        let parents = query.allowed_parents(&list_parents(environment))?;
        let stripe_js = meta_value(&environment.stripe_js);
        if stripe_js.is_empty() {
            return Err(FrameErrorCode::NoScriptUrl);
        }
        // An address with a channel belongs to a companion. A damaged channel is an error, not a plain listener.
        let channel =
            Channel::read_hash(&environment.hash).map_err(|_| FrameErrorCode::BadChannel)?;
        Ok(Self {
            query,
            parents,
            channel,
            stripe_js: stripe_js.to_owned(),
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    fn valid() -> PageEnvironment {
        PageEnvironment {
            search: "?stripe_publishable_key=pk_test_demo&creditCardsOnly=true".into(),
            origin: "https://cards.example".into(),
            embedded: true,
            parents: "https://book.example https://shop.example".into(),
            stripe_js: "https://js.stripe.com/v3/".into(),
            ..PageEnvironment::default()
        }
    }

    #[test]
    fn valid_settings_are_parsed() {
        let config = Config::parse(&valid()).unwrap();
        assert_eq!((config.parents.len(), config.channel), (2, None));
    }

    #[test]
    fn each_wrong_setting_has_its_code() {
        type Edit = fn(&mut PageEnvironment);
        let rows: [(Edit, FrameErrorCode); 14] = [
            (|s| s.hash = "#ch=".into(), FrameErrorCode::BadChannel),
            (|s| s.hash = "#ch=short".into(), FrameErrorCode::BadChannel),
            (|s| s.search = String::new(), FrameErrorCode::BadKey),
            (
                |s| s.search.push_str("&x=sk_live_1"),
                FrameErrorCode::SecretKeyInUrl,
            ),
            (
                |s| {
                    s.search.push_str("&x=sk_live_1");
                    s.embedded = false;
                    s.error = "key_not_allowed".into();
                },
                FrameErrorCode::SecretKeyInUrl,
            ),
            (
                |s| s.error = "key_not_allowed".into(),
                FrameErrorCode::KeyNotAllowed,
            ),
            (
                |s| s.error = "future_code".into(),
                FrameErrorCode::KeyNotAllowed,
            ),
            (|s| s.origin = "null".into(), FrameErrorCode::Sandboxed),
            (|s| s.embedded = false, FrameErrorCode::NotEmbedded),
            (
                |s| s.parents = "{{card-entry-parents}}".into(),
                FrameErrorCode::ParentNotAllowed,
            ),
            (|s| s.parents = "*".into(), FrameErrorCode::ParentNotAllowed),
            (
                |s| s.ancestor = Some("https://evil.example".into()),
                FrameErrorCode::ParentNotAllowed,
            ),
            (
                |s| s.search.push_str("&parent_origin=https://evil.example"),
                FrameErrorCode::ParentNotAllowed,
            ),
            (
                |s| s.stripe_js = "{{card-entry-stripe-js}}".into(),
                FrameErrorCode::NoScriptUrl,
            ),
        ];
        for (at, (edit, code)) in rows.into_iter().enumerate() {
            let mut environment = valid();
            edit(&mut environment);
            assert_eq!(
                Config::parse(&environment).unwrap_err().code,
                code,
                "row {at}"
            );
        }
    }

    #[test]
    fn an_unreplaced_error_placeholder_is_ignored_and_ancestor_origins_narrow_the_parents() {
        let config = Config::parse(&PageEnvironment {
            error: "{{card-entry-error}}".into(),
            ancestor: Some("https://shop.example".into()),
            hash: "#ch=AAAAAAAAAAAAAAAAAAAAAA".into(),
            ..valid()
        })
        .unwrap();
        assert_eq!(config.parents, Origin::parse_list("https://shop.example"));
        assert!(config.channel.is_some());
    }

    #[test]
    fn a_config_failure_has_only_allowed_parents() {
        let mut environment = valid();
        environment.search = "?x=sk_live_1".into();
        assert_eq!(Config::parse(&environment).unwrap_err().parents.len(), 2);
        environment.ancestor = Some("https://evil.example".into());
        assert!(Config::parse(&environment).unwrap_err().parents.is_empty());
        environment = PageEnvironment {
            embedded: false,
            ..valid()
        };
        assert!(Config::parse(&environment).unwrap_err().parents.is_empty());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_returns_only_allowed_parents(search in ".{0,80}", parents in ".{0,60}", ancestor in ".{0,30}") {
            let environment = PageEnvironment { search: format!("{}&{search}", valid().search), parents: parents.clone(), ancestor: Some(ancestor), ..valid() };
            if let Ok(config) = Config::parse(&environment) {
                prop_assert!(config.parents.iter().all(|p| parents.split_whitespace().any(|listed| listed == p.as_str())));
            }
        }
    }
}
