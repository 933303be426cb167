//! `POST /users`: creates a user of a company.
//!
//! It must never store a card number in a field of the form.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::card::Country;
use card_entry_protocol::dialect::mytime::{NewUser, UserBody};
use card_entry_protocol::number::contains_card_number;

use super::{presenter, sessions};
use crate::app::App;
use crate::audit::{self, Event};
use crate::challenge;
use crate::client_network::ClientNetwork;
use crate::clock::HOUR;
use crate::cors::check_origin;
use crate::error::{ApiError, ErrorsByField};
use crate::extract;
use crate::normalize;
use crate::password;
use crate::secret::Secret;
use wallet_store::audit_events::AuditAction;
use wallet_store::owners::{self, OwnerKind};
use wallet_store::users::{self, User};

/// The maximum length of each part of a name.
const MAX_NAME_CHARS: usize = 100;
/// The maximum length of an e-mail address: <https://www.rfc-editor.org/errata/eid1690>.
const MAX_EMAIL_BYTES: usize = 254;
/// The maximum length of a telephone number and of a postal code.
const MAX_SHORT_FIELD_CHARS: usize = 32;

pub(super) fn router() -> Router<App> {
    Router::new().route("/users", post(create))
}

async fn create(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    extract::Json(new): extract::Json<NewUser>,
) -> Result<(StatusCode, Json<UserBody>), ApiError> {
    app.limiter.count_attempt(
        &format!("sign-up {network}"),
        app.config.limits.sign_ups_per_hour,
        HOUR,
    )?;
    let account = super::company::find(&app, new.company_id)?;
    check_origin(&headers, &account)?;
    let new = check(new, app.config.password_min)?;
    challenge::require(&app, &network, new.recaptcha_token.as_deref()).await?;
    if users::find_by_email(app.store.pool(), account.id, &new.email)
        .await?
        .is_some()
    {
        return Err(email_taken());
    }
    let password_hash = app.passwords.hash(Secret::new(new.password)).await?;
    let mut tx = app.store.write().await?;
    let owner = owners::insert(&mut *tx, account.id, OwnerKind::User).await?;
    let user = User {
        owner_id: owner.id,
        account_id: account.id,
        email: new.email,
        password_hash,
        first_name: new.first_name,
        last_name: new.last_name,
        phone_number: new.phone_number,
        zip_code: new.zip_code,
        country: new.country,
    };
    users::insert(&mut *tx, &user).await.map_err(|e| {
        if e.is_duplicate() {
            email_taken()
        } else {
            e.into()
        }
    })?;
    let token = sessions::create_session(&app, &mut tx, owner.id).await?;
    let event = Event::new(AuditAction::SignedUp);
    audit::record(&mut *tx, account.id, Some(owner.id), event).await?;
    tx.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(presenter::user(&app, &owner, Some(&token)).await?),
    ))
}

fn email_taken() -> ApiError {
    field_error(
        "email",
        "This e-mail address already has an account. Please sign in.",
    )
}

fn field_error(field: &str, sentence: &str) -> ApiError {
    ApiError::InvalidFields(ErrorsByField::from([(
        field.to_owned(),
        vec![sentence.to_owned()],
    )]))
}

/// Trims the fields of the form, and returns all errors at once.
fn check(mut new: NewUser, password_min: usize) -> Result<NewUser, ApiError> {
    let mut errors = ErrorsByField::new();
    let mut add_error = |field: &str, sentence: &str| {
        errors
            .entry(field.to_owned())
            .or_default()
            .push(sentence.to_owned())
    };

    for (field, name) in [
        ("first_name", &mut new.first_name),
        ("last_name", &mut new.last_name),
    ] {
        *name = name.trim().to_owned();
        if name.chars().count() > MAX_NAME_CHARS {
            add_error(field, "Please shorten this name.");
        }
        if contains_card_number(name) {
            add_error(field, "Please enter a name here, not a card number.");
        }
    }
    // The last name is optional, because many people have one name only.
    if new.first_name.is_empty() {
        add_error("first_name", "Please enter your name.");
    }
    new.email = new.email.trim().to_owned();
    if !is_email(&new.email) || contains_card_number(&new.email) {
        add_error(
            "email",
            "Please enter an e-mail address, such as ann@example.com.",
        );
    }
    new.password = normalize::password(&new.password);
    for (field, sentence) in
        password_errors(&new.password, &new.password_confirmation, password_min)
    {
        add_error(field, &sentence);
    }
    new.country = trimmed(new.country).map(|country| country.to_ascii_uppercase());
    if new
        .country
        .as_deref()
        .is_some_and(|country| Country::parse(country).is_none())
    {
        add_error("country", "Please choose a country.");
    }
    new.phone_number = trimmed(new.phone_number);
    new.zip_code = trimmed(new.zip_code);
    for (field, value) in [
        ("phone_number", &new.phone_number),
        ("zip_code", &new.zip_code),
    ] {
        if value
            .as_ref()
            .is_some_and(|value| value.chars().count() > MAX_SHORT_FIELD_CHARS)
        {
            add_error(field, "Please shorten this.");
        }
        if value.as_deref().is_some_and(contains_card_number) {
            add_error(field, "Please don’t enter a card number here.");
        }
    }
    if errors.is_empty() {
        Ok(new)
    } else {
        Err(ApiError::InvalidFields(errors))
    }
}

/// What is wrong with a normalized password, by field. `confirmation` is as it was typed.
pub(super) fn password_errors(
    password: &str,
    confirmation: &str,
    password_min: usize,
) -> Vec<(&'static str, String)> {
    let mut errors = Vec::new();
    if password.chars().count() < password_min {
        let sentence = format!("Please choose a password of {password_min} characters or more.");
        errors.push(("password", sentence));
    }
    if password.chars().count() > password::MAX_PASSWORD_CHARS {
        let sentence = "Please choose a shorter password.";
        errors.push(("password", sentence.to_owned()));
    }
    if password != normalize::password(confirmation) {
        let sentence = "The two passwords are not the same.";
        errors.push(("password_confirmation", sentence.to_owned()));
    }
    errors
}

fn trimmed(value: Option<String>) -> Option<String> {
    value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

/// Whether a text has something on both sides of one `@`, and no spaces. Only a delivered e-mail would prove more.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= MAX_EMAIL_BYTES
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && parts
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn ann() -> NewUser {
        NewUser {
            first_name: " Ann ".to_owned(),
            email: " ann@example.com ".to_owned(),
            password: "secret words".to_owned(),
            password_confirmation: "secret words".to_owned(),
            phone_number: Some(String::new()),
            country: Some("us".to_owned()),
            ..NewUser::default()
        }
    }

    fn invalid_fields(new: NewUser) -> Vec<String> {
        match check(new, 8) {
            Err(ApiError::InvalidFields(errors)) => errors.into_keys().collect(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn fields_are_trimmed_and_empty_ones_are_none() {
        let ann = check(ann(), 8).unwrap();
        assert_eq!(
            (ann.first_name.as_str(), ann.email.as_str()),
            ("Ann", "ann@example.com")
        );
        assert_eq!(
            (ann.phone_number, ann.country.as_deref()),
            (None, Some("US"))
        );
    }

    #[test]
    fn no_stored_field_accepts_a_card_number() {
        let invalid = NewUser {
            last_name: "4000 0566 5566 5556".to_owned(),
            email: "4242424242424242@example.com".to_owned(),
            phone_number: Some("4242 4242 4242 4242".to_owned()),
            zip_code: Some("4000 0566 5566 5556".to_owned()),
            ..ann()
        };
        assert_eq!(
            invalid_fields(invalid),
            ["email", "last_name", "phone_number", "zip_code"]
        );
        let valid = NewUser {
            // Thirteen digits that pass the Luhn check.
            phone_number: Some("+49 1512 3456787".to_owned()),
            zip_code: Some("0000000000000".to_owned()),
            ..ann()
        };
        assert_eq!(invalid_fields(valid), [""; 0]);
    }

    #[test]
    fn every_invalid_field_is_named() {
        let invalid = NewUser {
            first_name: "4242 4242 4242 4242".to_owned(),
            email: "ann".to_owned(),
            password: "1234567".to_owned(),
            country: Some("USA".to_owned()),
            zip_code: Some("9".repeat(33)),
            ..ann()
        };
        assert_eq!(
            invalid_fields(invalid),
            [
                "country",
                "email",
                "first_name",
                "password",
                "password_confirmation",
                "zip_code"
            ]
        );
        for email in ["", "@", "a@", "@b", "a b@c", "a@b@c", "a\u{0}@b"] {
            assert_eq!(
                invalid_fields(NewUser {
                    email: email.to_owned(),
                    ..ann()
                }),
                ["email"],
                "{email}"
            );
        }
    }
}
