//! Tests of the account forms.

use super::*;
use crate::messages::ENGLISH;

fn valid_input() -> AccountInput {
    AccountInput {
        first_name: " Ana ".to_owned(),
        last_name: "Lima".to_owned(),
        email: " ana@example.com ".to_owned(),
        password: " secret 1".to_owned(),
    }
}

#[test]
fn a_valid_form_becomes_the_api_body() {
    let user = valid_input().into_user(7, &ENGLISH).unwrap();
    assert_eq!(
        (user.first_name.as_str(), user.email.as_str()),
        ("Ana", "ana@example.com")
    );
    assert_eq!(user.password, " secret 1", "a password is never trimmed");
    assert_eq!(user.password, user.password_confirmation);
    assert_eq!(
        valid_input().into_session(7, &ENGLISH).unwrap().email,
        "ana@example.com"
    );
}

#[test]
fn each_field_has_its_own_error() {
    let errors = AccountInput::default().into_user(7, &ENGLISH).unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(
        fields,
        ["first_name", "email", "password"],
        "the last name is optional"
    );
    let short = AccountInput {
        password: "1234567".to_owned(),
        ..valid_input()
    };
    assert_eq!(
        short.clone().into_user(7, &ENGLISH).unwrap_err()[0].message,
        ENGLISH.short_password
    );
    assert!(
        short.into_session(7, &ENGLISH).is_ok(),
        "sign-in accepts a short password"
    );
    let long = AccountInput {
        first_name: "a".repeat(MAX_FIELD_LENGTH + 1),
        ..valid_input()
    };
    assert_eq!(
        long.into_user(7, &ENGLISH).unwrap_err()[0].message,
        ENGLISH.long_text
    );
}

#[test]
fn malformed_email_addresses_are_refused() {
    for text in [
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example",
        "ana@.com",
        "a@b@c.d",
        "a b@c.d",
        "a@c.d\0",
    ] {
        assert!(!looks_like_email(text), "{text}");
    }
    for text in ["a@b.c", "ana+studio@mail.example.com", "أنا@مثال.com"] {
        assert!(looks_like_email(text), "{text}");
    }
}

#[test]
fn server_messages_are_assigned_to_their_fields() {
    let body = r#"{"user":{"errors":{"email":["Taken."],"shoe_size":["No."]}}}"#;
    let body: ErrorBody = serde_json::from_str(body).unwrap();
    assert_eq!(
        field_errors_of(&body),
        [AccountFieldError {
            field: AccountField::Email,
            message: "Taken.".to_owned()
        }]
    );
    assert_eq!(field_errors_of(&ErrorBody::default()), []);
}

#[test]
fn debug_output_hides_the_input() {
    assert!(!format!("{:?}", valid_input()).contains("secret"));
}
