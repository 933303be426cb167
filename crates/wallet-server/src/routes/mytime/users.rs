//! `POST /users`: a person signs up with a company.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::card::Country;
use card_entry_protocol::dialect::mytime::{NewUser, UserBody};
use card_entry_protocol::number::contains_card_number;

use super::{sessions, view};
use crate::app::App;
use crate::challenge;
use crate::clock::HOUR;
use crate::cors::check_page;
use crate::error::{ApiError, Fields};
use crate::limiter::Place;
use crate::password;
use crate::read;
use crate::secret::Secret;
use crate::store::owners::{self, OwnerKind};
use crate::store::users::{self, User};
use crate::typed;

const LONGEST_NAME: usize = 100;
/// The longest address mail can have: <https://www.rfc-editor.org/errata/eid1690>.
const LONGEST_EMAIL: usize = 254;
/// The longest telephone number and postal code kept, with the signs people put in.
const LONGEST_SHORT: usize = 32;

pub(super) fn router() -> Router<App> {
    Router::new().route("/users", post(create))
}

async fn create(
    State(app): State<App>,
    place: Place,
    headers: HeaderMap,
    read::Json(new): read::Json<NewUser>,
) -> Result<(StatusCode, Json<UserBody>), ApiError> {
    app.limiter.take(
        &format!("sign-up {place}"),
        app.config.limits.sign_ups_per_hour,
        HOUR,
    )?;
    let account = super::company::find(&app, new.company_id)?;
    check_page(&headers, &account)?;
    let new = check(new, app.config.password_min)?;
    challenge::ask(&app, &place, new.recaptcha_token.as_deref()).await?;
    if users::by_email(app.store.pool(), account.id, &new.email)
        .await?
        .is_some()
    {
        return Err(taken());
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
    users::insert(&mut *tx, &user)
        .await
        .map_err(|e| if e.is_duplicate() { taken() } else { e.into() })?;
    let token = sessions::open(&app, &mut tx, owner.id).await?;
    tx.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(view::user(&app, &owner, Some(&token)).await?),
    ))
}

fn taken() -> ApiError {
    refuse(
        "email",
        "This e-mail address already has an account. Please sign in.",
    )
}

fn refuse(field: &str, words: &str) -> ApiError {
    ApiError::Fields(Fields::from([(field.to_owned(), vec![words.to_owned()])]))
}

/// Trims what was typed and says everything that is wrong with it at once.
fn check(mut new: NewUser, password_min: usize) -> Result<NewUser, ApiError> {
    let mut errors = Fields::new();
    let mut say = |field: &str, words: &str| {
        errors
            .entry(field.to_owned())
            .or_default()
            .push(words.to_owned())
    };

    for (field, name) in [
        ("first_name", &mut new.first_name),
        ("last_name", &mut new.last_name),
    ] {
        *name = name.trim().to_owned();
        if name.chars().count() > LONGEST_NAME {
            say(field, "Please shorten this name.");
        }
        if contains_card_number(name) {
            say(field, "Please enter a name here, not a card number.");
        }
    }
    // Many people have one name only: the last name may stay empty.
    if new.first_name.is_empty() {
        say("first_name", "Please enter your name.");
    }
    new.email = new.email.trim().to_owned();
    if !is_email(&new.email) || contains_card_number(&new.email) {
        say(
            "email",
            "Please enter an e-mail address, such as ann@example.com.",
        );
    }
    new.password = typed::password(&new.password);
    if new.password.chars().count() < password_min {
        say(
            "password",
            &format!("Please choose a password of {password_min} characters or more."),
        );
    }
    if new.password.chars().count() > password::LONGEST {
        say("password", "Please choose a shorter password.");
    }
    if new.password != typed::password(&new.password_confirmation) {
        say(
            "password_confirmation",
            "The two passwords are not the same.",
        );
    }
    new.country = filled(new.country).map(|country| country.to_ascii_uppercase());
    if new
        .country
        .as_deref()
        .is_some_and(|country| Country::parse(country).is_none())
    {
        say("country", "Please choose a country.");
    }
    new.phone_number = filled(new.phone_number);
    new.zip_code = filled(new.zip_code);
    for (field, value) in [
        ("phone_number", &new.phone_number),
        ("zip_code", &new.zip_code),
    ] {
        if value
            .as_ref()
            .is_some_and(|value| value.chars().count() > LONGEST_SHORT)
        {
            say(field, "Please shorten this.");
        }
        if value.as_deref().is_some_and(contains_card_number) {
            say(field, "Please don’t enter a card number here.");
        }
    }
    if errors.is_empty() {
        Ok(new)
    } else {
        Err(ApiError::Fields(errors))
    }
}

fn filled(value: Option<String>) -> Option<String> {
    value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

/// Something on both sides of one `@`, no spaces: only a letter that arrives proves more.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= LONGEST_EMAIL
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

    fn wrong_fields(new: NewUser) -> Vec<String> {
        match check(new, 8) {
            Err(ApiError::Fields(errors)) => errors.into_keys().collect(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn what_people_type_is_trimmed_and_empty_is_none() {
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
    fn no_text_that_is_kept_holds_a_card_number() {
        let wrong = NewUser {
            last_name: "4000 0566 5566 5556".to_owned(),
            email: "4242424242424242@example.com".to_owned(),
            phone_number: Some("4242 4242 4242 4242".to_owned()),
            zip_code: Some("4000 0566 5566 5556".to_owned()),
            ..ann()
        };
        assert_eq!(
            wrong_fields(wrong),
            ["email", "last_name", "phone_number", "zip_code"]
        );
        let right = NewUser {
            // Thirteen digits that pass Luhn.
            phone_number: Some("+49 1512 3456787".to_owned()),
            zip_code: Some("0000000000000".to_owned()),
            ..ann()
        };
        assert_eq!(wrong_fields(right), [""; 0]);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = NewUser {
            first_name: "4242 4242 4242 4242".to_owned(),
            email: "ann".to_owned(),
            password: "1234567".to_owned(),
            country: Some("USA".to_owned()),
            zip_code: Some("9".repeat(33)),
            ..ann()
        };
        assert_eq!(
            wrong_fields(wrong),
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
                wrong_fields(NewUser {
                    email: email.to_owned(),
                    ..ann()
                }),
                ["email"],
                "{email}"
            );
        }
    }
}
