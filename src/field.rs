//! One field of the form: whether it is filled in, and its message.
//!
//! Part of the state; drawn by `CardField` around a mount point of the provider's. It must never contain what is typed
//! into a provider's field.

#[cfg(target_arch = "wasm32")]
mod view;

use card_entry_protocol::message::FieldName;

#[cfg(target_arch = "wasm32")]
pub use view::CardField;

use crate::locale::{Locale, MessageKey};
use crate::stripe::answer::ChangeError;

/// The message below a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FieldMessage {
    #[default]
    None,
    Key(MessageKey),
    /// A validation message of Stripe, which is written for the person in the locale of the fields.
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

#[derive(Debug, Clone, PartialEq)]
pub struct FieldState {
    pub name: FieldName,
    pub message: FieldMessage,
    pub focused: bool,
    pub empty: bool,
    /// Whether it could be submitted.
    pub complete: bool,
    /// The value of one of the form's own fields: the known value, or what was typed.
    pub value: String,
    /// Whether the person typed into it. The site's value does not replace what they typed.
    pub touched: bool,
}

impl FieldState {
    /// All fields in the order of the page. The first missing one gets the focus.
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

    /// The key of its label; the consent's label is the host page's text.
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

    /// The key of the message when it is not filled in.
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
