//! The forms, as people fill them in.

use super::*;
use crate::words::ENGLISH;

fn typed() -> Typed {
    Typed {
        first_name: " Ana ".to_owned(),
        last_name: "Lima".to_owned(),
        email: " ana@example.com ".to_owned(),
        password: " secret 1".to_owned(),
    }
}

#[test]
fn a_full_form_becomes_the_how_tos_body() {
    let user = typed().into_user(7, &ENGLISH).unwrap();
    assert_eq!(
        (user.first_name.as_str(), user.email.as_str()),
        ("Ana", "ana@example.com")
    );
    assert_eq!(user.password, " secret 1", "a password is never trimmed");
    assert_eq!(user.password, user.password_confirmation);
    assert_eq!(
        typed().into_session(7, &ENGLISH).unwrap().email,
        "ana@example.com"
    );
}

#[test]
fn every_fault_stands_beside_its_field() {
    let faults = Typed::default().into_user(7, &ENGLISH).unwrap_err();
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(
        fields,
        ["first_name", "email", "password"],
        "one name is enough"
    );
    let short = Typed {
        password: "1234567".to_owned(),
        ..typed()
    };
    assert_eq!(
        short.clone().into_user(7, &ENGLISH).unwrap_err()[0].words,
        ENGLISH.short_password
    );
    assert!(
        short.into_session(7, &ENGLISH).is_ok(),
        "an old short password still signs in"
    );
    let long = Typed {
        first_name: "a".repeat(LONGEST + 1),
        ..typed()
    };
    assert_eq!(
        long.into_user(7, &ENGLISH).unwrap_err()[0].words,
        ENGLISH.long_text
    );
}

#[test]
fn addresses_that_cannot_be_any_are_caught() {
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
fn the_wallets_sentences_find_their_fields() {
    let body = r#"{"user":{"errors":{"email":["Taken."],"shoe_size":["No."]}}}"#;
    let body: ErrorBody = serde_json::from_str(body).unwrap();
    assert_eq!(
        faults_of(&body),
        [Fault {
            field: Field::Email,
            words: "Taken.".to_owned()
        }]
    );
    assert_eq!(faults_of(&ErrorBody::default()), []);
}

#[test]
fn nothing_typed_is_ever_printed() {
    assert!(!format!("{:?}", typed()).contains("secret"));
}
