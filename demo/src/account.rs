//! The sign-up and sign-in forms: validation before they are sent.
//!
//! Called by the account views. The wallet server validates too; its messages by field are shown beside the same fields. A
//! password must never be logged or kept after its form is sent.

use card_entry_protocol::dialect::mytime::{ErrorBody, NewSession, NewUser};

use crate::messages::PageMessages;

/// Of a new password, in characters; the wallet server's default.
pub const MIN_PASSWORD_LENGTH: usize = 8;

/// Of any field, in characters.
pub const MAX_FIELD_LENGTH: usize = 200;

/// The form's purpose. Only a sign-up checks the length of the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountFormKind {
    SignUp,
    SignIn,
}

/// A field of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountField {
    FirstName,
    LastName,
    Email,
    Password,
}

impl AccountField {
    /// Name of the field in MyTime's API and in the form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::Password => "password",
        }
    }
}

/// A validation error of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFieldError {
    pub field: AccountField,
    /// Shown beside the field.
    pub message: String,
}

/// The values of the form's fields, as they were typed.
#[derive(Clone, Default)]
pub struct AccountInput {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub password: String,
}

impl core::fmt::Debug for AccountInput {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AccountInput(***)")
    }
}

/// Catches typing errors only; an address is proven by an e-mail sent to it.
fn looks_like_email(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.contains('@')
                && host.split('.').count() > 1
                && host.split('.').all(|l| !l.is_empty())
        })
}

fn field_error(
    field: AccountField,
    text: &str,
    messages: &PageMessages,
    form: AccountFormKind,
) -> Option<&'static str> {
    if text.chars().count() > MAX_FIELD_LENGTH {
        return Some(messages.long_text);
    }
    let empty = text.trim().is_empty();
    match field {
        AccountField::FirstName => empty.then_some(messages.need_first_name),
        // Many people have one name only.
        AccountField::LastName => None,
        AccountField::Email => (!looks_like_email(text.trim())).then_some(messages.need_email),
        AccountField::Password if text.is_empty() => Some(messages.need_password),
        AccountField::Password => (form == AccountFormKind::SignUp
            && text.chars().count() < MIN_PASSWORD_LENGTH)
            .then_some(messages.short_password),
    }
}

impl AccountInput {
    fn text(&self, field: AccountField) -> &str {
        match field {
            AccountField::FirstName => &self.first_name,
            AccountField::LastName => &self.last_name,
            AccountField::Email => &self.email,
            AccountField::Password => &self.password,
        }
    }

    fn errors(
        &self,
        fields: &[AccountField],
        messages: &PageMessages,
        form: AccountFormKind,
    ) -> Vec<AccountFieldError> {
        let check = |&field: &AccountField| {
            let message = field_error(field, self.text(field), messages, form)?.to_owned();
            Some(AccountFieldError { field, message })
        };
        fields.iter().filter_map(check).collect()
    }

    /// The body of `POST /users`.
    ///
    /// # Errors
    /// The errors by field.
    pub fn into_user(
        self,
        company_id: u64,
        messages: &PageMessages,
    ) -> Result<NewUser, Vec<AccountFieldError>> {
        let fields = [
            AccountField::FirstName,
            AccountField::LastName,
            AccountField::Email,
            AccountField::Password,
        ];
        let errors = self.errors(&fields, messages, AccountFormKind::SignUp);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(NewUser {
            company_id,
            first_name: self.first_name.trim().to_owned(),
            last_name: self.last_name.trim().to_owned(),
            email: self.email.trim().to_owned(),
            password_confirmation: self.password.clone(),
            password: self.password,
            from_mkp: true,
            ..NewUser::default()
        })
    }

    /// The body of `POST /sessions`.
    ///
    /// # Errors
    /// The errors by field.
    pub fn into_session(
        self,
        company_id: u64,
        messages: &PageMessages,
    ) -> Result<NewSession, Vec<AccountFieldError>> {
        let errors = self.errors(
            &[AccountField::Email, AccountField::Password],
            messages,
            AccountFormKind::SignIn,
        );
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(NewSession {
            email: self.email.trim().to_owned(),
            password: self.password,
            company_id,
            recaptcha_token: None,
        })
    }
}

/// The wallet server's messages by field, for the fields of these forms.
#[must_use]
pub fn field_errors_of(body: &ErrorBody) -> Vec<AccountFieldError> {
    let Some(errors) = body
        .user
        .as_ref()
        .map(|user| &user.errors)
        .or(body.errors.as_ref())
    else {
        return Vec::new();
    };
    let first = |field: AccountField| {
        Some(AccountFieldError {
            field,
            message: errors.0.get(field.as_str())?.first()?.clone(),
        })
    };
    [
        AccountField::FirstName,
        AccountField::LastName,
        AccountField::Email,
        AccountField::Password,
    ]
    .into_iter()
    .filter_map(first)
    .collect()
}

#[cfg(test)]
mod tests;
