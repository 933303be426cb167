//! Fills in what the site knows about the person, and applies the country's rule for postal codes.
//!
//! Called when settings come and when the form is emptied. It must never change what a person typed.

use card_entry_protocol::message::FieldName;
use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::settings::Settings;

use super::FormState;
use crate::country::{PostalCode, english_name, postal_code};
use crate::field::{FieldMessage, FieldState};
use crate::locale::{Locale, MessageKey};
use crate::stripe::options::EnteredDetails;

impl FormState {
    /// Applies the host page's complete settings and fills in what they contain.
    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
        self.prefill();
    }

    /// Fills the known values into the form's own fields that the person has not changed.
    pub(super) fn prefill(&mut self) {
        for name in [FieldName::Name, FieldName::PostalCode, FieldName::Country] {
            let known = self.known_value(name);
            if let Some(field) = self.field_mut(name).filter(|field| !field.touched) {
                field.complete = !known.is_empty();
                if field.complete {
                    field.message = FieldMessage::None;
                }
                field.value = known;
            }
        }
    }

    /// The known value of a field; empty when there is none or it is not valid for the field.
    pub(super) fn known_value(&self, name: FieldName) -> String {
        let known = &self.settings.billing_details;
        let text = match name {
            FieldName::Name => known.name.as_deref(),
            FieldName::PostalCode => known.postal_code.as_deref(),
            FieldName::Country => {
                let code = known.country.as_deref().unwrap_or("").trim();
                let code = code.to_ascii_uppercase();
                return postal_code(&code).map_or(String::new(), |_| code);
            }
            _ => None,
        };
        let text = text.unwrap_or("").trim();
        if contains_card_number(text) {
            String::new()
        } else {
            text.to_owned()
        }
    }

    /// The country that applies: the selected one, or the known one; empty when there is none.
    fn country(&self) -> String {
        match self.find(FieldName::Country) {
            Some(field) if self.settings.fields.country.is_shown() => field.value.clone(),
            _ => self.known_value(FieldName::Country),
        }
    }

    fn postal_code(&self) -> Option<PostalCode> {
        postal_code(&self.country())
    }

    /// Whether a postal code is needed: the site wants one, and the country has them.
    pub(super) fn needs_postal_code(&self) -> bool {
        self.settings.fields.postal_code.is_shown()
            && self.postal_code() != Some(PostalCode::Absent)
    }

    /// Whether a shown field must be filled in.
    pub(super) fn is_required(&self, name: FieldName) -> bool {
        name != FieldName::PostalCode || self.postal_code() != Some(PostalCode::Optional)
    }

    /// Whether a field does not prevent a save.
    pub(super) fn is_satisfied(&self, field: &FieldState) -> bool {
        field.complete || (field.empty && !self.is_required(field.name))
    }

    pub(super) fn label(&self, name: FieldName) -> String {
        let Some(key) = FieldState::label_key(name) else {
            return String::new();
        };
        let mut label = self.locale.text_for(key);
        if name == FieldName::PostalCode
            && self.locale == Locale::En
            && let Some(own) = english_name(&self.country())
        {
            label = own;
        }
        if self.is_required(name) {
            return label.to_owned();
        }
        [label, " (", self.locale.text_for(MessageKey::Optional), ")"].concat()
    }

    /// The values of the form's own fields. A shown field counts as it is, also when it is empty. For a field that is
    /// not shown the site's known value applies (`None`), unless the provider's element asks for it itself.
    #[must_use]
    pub fn entered_details(&self) -> EnteredDetails {
        let value = |name| {
            let field = self.shown().find(|field| field.name == name);
            let asked = match name {
                FieldName::PostalCode => self.settings.fields.postal_code.is_shown() || !self.split,
                FieldName::Country => !self.split,
                _ => false,
            };
            field
                .map(|field| field.value.clone())
                .or(asked.then(String::new))
        };
        EnteredDetails {
            name: value(FieldName::Name),
            postal_code: value(FieldName::PostalCode),
            country: value(FieldName::Country),
        }
    }
}
