//! Reads and writes the vendor's own examples, as its how-to prints them, byte for byte.
//!
//! Mistakes of the page: `$EMAIL` and `$PASSWORD` are in the sign-in's JSON without quotes, so it is JSON only when the
//! variables contain the quotes; `export STRIPE_API_KEY= $(…)` has a space that leaves the variable empty, and without `-r`
//! `jq` would put quotes into the URL; the frame's URL has no host, and nothing in it is encoded; its listener checks neither
//! the sender of a message nor whether it has data; `address_country` is the country of the card and not of an address, and
//! `token2` is the token a second time; `card_id` is in a path with its `|` unencoded; step 2.5 ends in the middle of a word
//! and shows no request; no step shows an error response.

use super::*;
use crate::card::{CardDetails, PaymentMethodId};
use crate::dialect::example::{object, shell_body};
use crate::query::{FormFields, FrameQuery};

/// The response after sign-in. The page prints it without indentation.
const USER: &str = include_str!("examples/user.json");
const SIGN_UP: &str = include_str!("examples/sign-up.txt");
const SIGN_IN: &str = include_str!("examples/sign-in.txt");
const COMPANY: &str = include_str!("examples/company.txt");
const FRAME: &str = include_str!("examples/frame.txt");
const LISTENER: &str = include_str!("examples/listener.txt");
const DELETE: &str = include_str!("examples/delete.txt");

const CARD: &str = r#"{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2026,"funding":"credit","country":"US"}"#;
const METHOD: &str = "pm_1QNCGJBb9dNaU75s5H5qvQXm";

/// Formats JSON as the page does: one line for every member, no indentation, no space after a colon.
fn printed(value: &impl serde::Serialize) -> String {
    let mut out = Vec::new();
    let lines = serde_json::ser::PrettyFormatter::with_indent(b"");
    let mut writer = serde_json::Serializer::with_formatter(&mut out, lines);
    value.serialize(&mut writer).unwrap();
    String::from_utf8(out).unwrap().replace("\": ", "\":") + "\n"
}

#[test]
fn reads_and_writes_the_user_byte_for_byte() {
    let body: UserBody = serde_json::from_str(USER).unwrap();
    assert_eq!(printed(&body), USER);
    assert_eq!(
        body.user.credit_cards[0].id.0,
        "cus_RFhf3QFmYuOL0f|pm_1QNCGJBb9dNaU75s5H5qvQXm"
    );
}

#[test]
fn reads_and_writes_the_sign_up_byte_for_byte() {
    let sent = shell_body(SIGN_UP).replace("$COMPANY_ID", "7");
    let body: NewUser = serde_json::from_str(&sent).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), sent);
    assert!(!format!("{body:?}").contains("123"));
}

#[test]
fn reads_and_writes_the_sign_in_when_its_variables_contain_quotes() {
    let sent = shell_body(SIGN_IN)
        .replace("$EMAIL", r#""johngcc@testmail.com""#)
        .replace("$PASSWORD", r#""123""#)
        .replace("$COMPANY_ID", "7");
    let body: NewSession = serde_json::from_str(&sent).unwrap();
    assert_eq!(
        (body.email.as_str(), body.password.as_str(), body.company_id),
        ("johngcc@testmail.com", "123", 7)
    );
    // The page has a space after each comma and inside the braces.
    let written = serde_json::to_string(&body).unwrap();
    let written = written.replace(",\"", ", \"");
    assert_eq!(written.replace('{', "{ ").replace('}', " }"), sent);
    assert!(!format!("{body:?}").contains("123"));
}

#[test]
fn the_examples_call_existing_endpoints() {
    let base = format!("https://www.mytime.com{BASE}");
    for (example, path) in [
        (SIGN_UP, "/users'"),
        (SIGN_IN, "/sessions\""),
        (COMPANY, "/companies/$COMPANY_ID\""),
        (
            DELETE,
            "/user/credit_cards/$CARD_ID?company_id=$COMPANY_ID\"",
        ),
    ] {
        assert!(example.contains(&format!("{base}{path}")), "{path}");
    }
}

#[test]
fn reads_the_frame_s_url_of_the_how_to() {
    let parameters = FRAME.lines().filter_map(|line| {
        let (open, line) = line.split_at_checked(1)?;
        let (parameter, _) = line.split_once(open)?;
        matches!(open, "`" | "'").then_some(parameter)
    });
    let query = parameters.collect::<Vec<_>>().join("&");
    let query = query
        .replace("${STRIPE_API_KEY}", "pk_test_demo")
        .replace("${minStripeAllowedAmount}", "0.5")
        .replace("${currency}", "usd");
    let read = FrameQuery::parse(&query).unwrap();
    assert_eq!(read.fields, FormFields::CardOnly);
    assert!(read.for_future_usage && read.notify_height);
}

#[test]
fn writes_a_save_as_the_how_to_s_listener_does() {
    let card: CardDetails = serde_json::from_str(CARD).unwrap();
    let id = PaymentMethodId::parse(METHOD).unwrap();
    for (chosen, add_to_client) in [("true", true), ("false", false)] {
        let mut script = LISTENER.to_owned();
        for (expression, value) in [
            ("company.id", "7"),
            ("Locations.selectedId", "null"),
            ("returnData.id", &format!("'{METHOD}'")),
            ("returnData.card.funding", "'credit'"),
            ("returnData.card.brand", "'visa'"),
            ("returnData.card.last4", "'4242'"),
            ("returnData.card.exp_month", "12"),
            ("returnData.card.exp_year", "2026"),
            ("returnData.card.country", "'US'"),
            ("isCheckoutPage ? addToClient : true", chosen),
        ] {
            assert!(script.contains(expression), "{expression}");
            script = script.replace(expression, value);
        }
        let sent = object(&script, "const creditCardParams");
        let body = SaveCard::new(7, None, &id, &card, add_to_client);
        assert_eq!(serde_json::to_string(&body).unwrap(), sent);
        assert_eq!(serde_json::from_str::<SaveCard>(&sent).unwrap(), body);
    }
}

#[test]
fn one_invalid_card_does_not_empty_the_wallet() {
    let json = USER.replace("\"credit_cards\":[", "\"credit_cards\":[{\"id\":7},null,");
    let body: UserBody = serde_json::from_str(&json).unwrap();
    assert_eq!(body.user.credit_cards.len(), 1);
}

#[test]
fn every_form_of_error_has_a_sentence() {
    for json in [
        r#"{"message":"No."}"#,
        r#"{"error":"No."}"#,
        r#"{"errors":{"email":["No."]}}"#,
        r#"{"user":{"errors":{"email":["No."]}}}"#,
    ] {
        assert_eq!(
            serde_json::from_str::<ErrorBody>(json).unwrap().sentence(),
            Some("No."),
            "{json}"
        );
    }
    assert_eq!(
        serde_json::from_str::<ErrorBody>("{}").unwrap().sentence(),
        None
    );
}

#[test]
fn a_guest_s_token_never_prints_itself() {
    let json = r#"{"user":{"guest_token":"Zhc7Buh"}}"#;
    let body: GuestBody = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), json);
    assert!(!format!("{body:?}").contains("Zhc7Buh"));
}

#[test]
fn reads_whole_numbers_in_quotes() {
    let body = r#"{"company_id":"40426","location_id":"7","stripe_credit_card_token":"pm_12345678","token_data":{"brand":"visa","last4":"4242","month":"4","year":2036},"token2":"pm_12345678"}"#;
    let body: SaveCard = serde_json::from_str(body).unwrap();
    assert_eq!((body.company_id, body.location_id), (40426, Some(7)));
    assert_eq!((body.token_data.month, body.token_data.year), (4, 2036));
    for wrong in ["\"x\"", "\"-1\"", "1.5", "null", "\"\"", "true"] {
        let body = format!(r#"{{"email":"a","password":"b","company_id":{wrong}}}"#);
        assert!(
            serde_json::from_str::<NewSession>(&body).is_err(),
            "{wrong}"
        );
    }
}
