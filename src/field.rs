//! One field of the form, as far as it is known: whether it is filled in, and what is said beside it.
//!
//! Part of the state; drawn by `CardField` around a mount point of Stripe's. It must never hold what is typed into a field of Stripe's.

#[cfg(target_arch = "wasm32")]
mod view;

use card_entry_protocol::message::FieldName;

#[cfg(target_arch = "wasm32")]
pub use view::CardField;

use crate::locale::{Locale, MessageKey};
use crate::stripe::answer::ChangeError;

/// What the error line says.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FieldMessage {
    #[default]
    None,
    Key(MessageKey),
    /// A validation message of Stripe's, which is written for the person, in the locale of the fields.
    Stripe(ChangeError),
}

impl FieldMessage {
    #[must_use]
    pub fn text(&self, locale: Locale) -> &str {
        match self {
            Self::None => "",
            Self::Key(key) => locale.text_for(*key),
            Self::Stripe(error) => &error.message,
        }
    }
}

/// What is known of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldState {
    pub name: FieldName,
    pub message: FieldMessage,
    /// Whether it has the focus.
    pub focused: bool,
    pub empty: bool,
    /// Whether it could be submitted.
    pub complete: bool,
    /// What stands in a field of ours: what the site knew, or what was typed over it.
    pub value: String,
    /// Whether the person typed into a field of ours: what they typed is theirs.
    pub touched: bool,
}

impl FieldState {
    /// Every field in the order of the page, which is the order a missing one is looked for.
    pub const ORDER: [FieldName; 8] = [
        FieldName::Number,
        FieldName::Expiry,
        FieldName::Cvc,
        FieldName::Payment,
        FieldName::Name,
        FieldName::Country,
        FieldName::PostalCode,
        FieldName::Consent,
    ];

    #[must_use]
    pub fn new(name: FieldName) -> Self {
        Self {
            name,
            message: FieldMessage::None,
            focused: false,
            empty: true,
            complete: false,
            value: String::new(),
            touched: false,
        }
    }

    /// Its label; the consent's is the host's own sentence.
    #[must_use]
    pub fn label_key(name: FieldName) -> Option<MessageKey> {
        Some(match name {
            FieldName::Number => MessageKey::Number,
            FieldName::Expiry => MessageKey::Expiry,
            FieldName::Cvc => MessageKey::Cvc,
            FieldName::Payment => MessageKey::Payment,
            FieldName::Name => MessageKey::Name,
            FieldName::PostalCode => MessageKey::PostalCode,
            FieldName::Country => MessageKey::Country,
            FieldName::Consent => return None,
        })
    }

    /// What is said when it is not filled in.
    #[must_use]
    pub fn missing_key(&self) -> MessageKey {
        match self.name {
            FieldName::Number => MessageKey::FillNumber,
            FieldName::Expiry => MessageKey::FillExpiry,
            FieldName::Cvc => MessageKey::FillCvc,
            FieldName::Payment => MessageKey::FillPayment,
            FieldName::Name => MessageKey::FillName,
            FieldName::PostalCode => MessageKey::FillPostalCode,
            FieldName::Country => MessageKey::FillCountry,
            FieldName::Consent => MessageKey::Agree,
        }
    }
}
