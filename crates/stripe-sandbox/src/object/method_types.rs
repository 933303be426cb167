//! The payment method types of an intent, and the parameter that set them. Shared by SetupIntents and PaymentIntents.

use serde_json::{Value, json};

/// `allow_redirects`: whether payment methods may redirect the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirects {
    /// A return URL is then needed.
    Always,
    Never,
}

/// The types, by the parameter that set them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodTypes {
    Named(Vec<String>),
    Allowed(Vec<String>),
    /// `automatic_payment_methods`. The sandbox then accepts cards only.
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

    /// Whether a server must give a return URL when it confirms.
    #[must_use]
    pub fn needs_return_url(&self) -> bool {
        *self == Self::Automatic(Redirects::Always)
    }
}
