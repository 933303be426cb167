//! One field of the form, as far as it is known: whether it is filled in, and what is said beside it.
//!
//! Part of the state; drawn by `CardField` around a mount point of Stripe's. It must never hold what is typed into a field of Stripe's.

#[cfg(target_arch = "wasm32")]
mod view;

use card_entry_protocol::message::FieldName;

#[cfg(target_arch = "wasm32")]
pub use view::CardField;

use crate::stripe::answer::ChangeError;
use crate::words::{Locale, Word};

/// What the error line says.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Said {
    #[default]
    Nothing,
    Word(Word),
    /// A validation message of Stripe's, which is written for the person, in the locale of the fields.
    Stripe(ChangeError),
}

impl Said {
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> &str {
        match self {
            Self::Nothing => "",
            Self::Word(word) => locale.say(*word),
            Self::Stripe(error) => &error.message,
        }
    }
}

/// What is known of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: FieldName,
    pub said: Said,
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

impl Field {
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
            said: Said::Nothing,
            focused: false,
            empty: true,
            complete: false,
            value: String::new(),
            touched: false,
        }
    }

    /// Its label; the consent's is the host's own sentence.
    #[must_use]
    pub fn label(name: FieldName) -> Option<Word> {
        Some(match name {
            FieldName::Number => Word::Number,
            FieldName::Expiry => Word::Expiry,
            FieldName::Cvc => Word::Cvc,
            FieldName::Payment => Word::Payment,
            FieldName::Name => Word::Name,
            FieldName::PostalCode => Word::PostalCode,
            FieldName::Country => Word::Country,
            FieldName::Consent => return None,
        })
    }

    /// What is said when it is not filled in.
    #[must_use]
    pub fn demand(&self) -> Word {
        match self.name {
            FieldName::Number => Word::FillNumber,
            FieldName::Expiry => Word::FillExpiry,
            FieldName::Cvc => Word::FillCvc,
            FieldName::Payment => Word::FillPayment,
            FieldName::Name => Word::FillName,
            FieldName::PostalCode => Word::FillPostalCode,
            FieldName::Country => Word::FillCountry,
            FieldName::Consent => Word::Agree,
        }
    }
}
