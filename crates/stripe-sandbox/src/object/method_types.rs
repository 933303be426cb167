//! Which kinds of payment methods an intent takes, and how that was asked for. Shared by both kinds of
//! intent.

use serde_json::{Value, json};

/// Whether methods may be taken that send the person away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirects {
    /// They may, so a return URL is needed.
    Always,
    Never,
}

/// How the kinds were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodTypes {
    Named(Vec<String>),
    Allowed(Vec<String>),
    /// `automatic_payment_methods`; here that always means cards.
    Automatic(Redirects),
}

impl MethodTypes {
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Named(types) | Self::Allowed(types) => types.clone(),
            Self::Automatic(_) => vec!["card".to_owned()],
        }
    }

    #[must_use]
    pub fn allowed(&self) -> Value {
        match self {
            Self::Allowed(types) => json!(types),
            _ => Value::Null,
        }
    }

    #[must_use]
    pub fn automatic(&self) -> Value {
        match self {
            Self::Automatic(Redirects::Always) => {
                json!({ "allow_redirects": "always", "enabled": true })
            }
            Self::Automatic(Redirects::Never) => {
                json!({ "allow_redirects": "never", "enabled": true })
            }
            _ => Value::Null,
        }
    }

    /// Whether a server that confirms must say where the person comes back to.
    #[must_use]
    pub fn needs_return_url(&self) -> bool {
        *self == Self::Automatic(Redirects::Always)
    }
}
