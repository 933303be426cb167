//! Who the visitor is: the sign-up and sign-in forms, checked before anything is sent.
//!
//! Called by the account views. A password is held only while its form is sent and is never shown; the wallet server
//! has the last word, and its sentences by field are shown beside the same fields.

use card_entry_protocol::dialect::mytime::{ErrorBody, NewSession, NewUser};

use crate::words::Words;

/// The fewest characters of a new password; the wallet server's default.
pub const SHORTEST_PASSWORD: usize = 8;

/// The most characters of any field.
pub const LONGEST: usize = 200;

/// A field of the two forms, by MyTime's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    FirstName,
    LastName,
    Email,
    Password,
}

impl Field {
    /// The name MyTime and the form use.
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

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: Field,
    /// What the visitor reads beside it.
    pub words: String,
}

/// What was typed, as it was typed.
#[derive(Clone, Default)]
pub struct Typed {
    /// Given name; not part of signing in.
    pub first_name: String,
    /// Family name; not part of signing in.
    pub last_name: String,
    pub email: String,
    pub password: String,
}

impl core::fmt::Debug for Typed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Typed(***)")
    }
}

/// Enough to catch a slip of the finger; only a letter sent to it proves an address.
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

fn fault(field: Field, text: &str, words: &Words, is_new: bool) -> Option<&'static str> {
    if text.chars().count() > LONGEST {
        return Some(words.long_text);
    }
    let empty = text.trim().is_empty();
    match field {
        Field::FirstName => empty.then_some(words.need_first_name),
        // Many people have one name only.
        Field::LastName => None,
        Field::Email => (!looks_like_email(text.trim())).then_some(words.need_email),
        Field::Password if text.is_empty() => Some(words.need_password),
        Field::Password => {
            (is_new && text.chars().count() < SHORTEST_PASSWORD).then_some(words.short_password)
        }
    }
}

impl Typed {
    fn text(&self, field: Field) -> &str {
        match field {
            Field::FirstName => &self.first_name,
            Field::LastName => &self.last_name,
            Field::Email => &self.email,
            Field::Password => &self.password,
        }
    }

    fn faults(&self, fields: &[Field], words: &Words, is_new: bool) -> Vec<Fault> {
        let check = |&field: &Field| {
            let words = fault(field, self.text(field), words, is_new)?.to_owned();
            Some(Fault { field, words })
        };
        fields.iter().filter_map(check).collect()
    }

    /// The body of `POST /users`.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn into_user(self, company_id: u64, words: &Words) -> Result<NewUser, Vec<Fault>> {
        let fields = [
            Field::FirstName,
            Field::LastName,
            Field::Email,
            Field::Password,
        ];
        let faults = self.faults(&fields, words, true);
        if !faults.is_empty() {
            return Err(faults);
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
    /// What is wrong, by field.
    pub fn into_session(self, company_id: u64, words: &Words) -> Result<NewSession, Vec<Fault>> {
        let faults = self.faults(&[Field::Email, Field::Password], words, false);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(NewSession {
            email: self.email.trim().to_owned(),
            password: self.password,
            company_id,
            recaptcha_token: None,
        })
    }
}

/// The wallet's sentences by field, for the fields these forms have.
#[must_use]
pub fn faults_of(body: &ErrorBody) -> Vec<Fault> {
    let Some(errors) = body
        .user
        .as_ref()
        .map(|user| &user.errors)
        .or(body.errors.as_ref())
    else {
        return Vec::new();
    };
    let first = |field: Field| {
        Some(Fault {
            field,
            words: errors.0.get(field.as_str())?.first()?.clone(),
        })
    };
    [
        Field::FirstName,
        Field::LastName,
        Field::Email,
        Field::Password,
    ]
    .into_iter()
    .filter_map(first)
    .collect()
}

#[cfg(test)]
mod tests;
