//! The vendor's own examples, read and written back.

use super::*;
use crate::card::{CardFacts, PaymentMethodId};

/// The how-to's answer after sign-in.
const USER: &str = r#"{"user":{"id":8996,"email":"johngcc@testmail.com","first_name":"john","last_name":"gcc","authentication_token":"zizwspX5X1Nby4bTp7kC","phone_number":null,"created_at":"2024-11-20T11:29:42Z","zip_code":"1232","country":"AU","errors":{},"bank_accounts":[],"credit_cards":[{"id":"cus_RFhf3QFmYuOL0f|pm_1QNCGJBb9dNaU75s5H5qvQXm","last4":"4242","name":null,"exp_month":12,"exp_year":2026,"brand":"Visa","address_country":"US","address_line1":null,"address_city":null,"address_state":null,"address_zip":null,"errors":{}}]}}"#;

/// The how-to's sign-up.
const SIGN_UP: &str = r#"{"company_id":7,"first_name":"Test","last_name":"Test","email":"test@mytime.com","password":"123","password_confirmation":"123","phone_number":"","country":"US","zip_code":"94111","send_welcome_email":true,"associate_client_id":null,"from_mkp":true,"recaptcha_token":null}"#;

#[test]
fn the_user_reads_and_writes_back_byte_for_byte() {
    let body: UserBody = serde_json::from_str(USER).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), USER);
    assert_eq!(
        body.user.credit_cards[0].id.0,
        "cus_RFhf3QFmYuOL0f|pm_1QNCGJBb9dNaU75s5H5qvQXm"
    );
}

#[test]
fn the_sign_up_reads_and_writes_back_byte_for_byte() {
    let body: NewUser = serde_json::from_str(SIGN_UP).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), SIGN_UP);
    assert!(!format!("{body:?}").contains("123"));
}

#[test]
fn one_bad_card_does_not_empty_the_wallet() {
    let json = USER.replace("\"credit_cards\":[", "\"credit_cards\":[{\"id\":7},null,");
    let body: UserBody = serde_json::from_str(&json).unwrap();
    assert_eq!(body.user.credit_cards.len(), 1);
}

#[test]
fn a_save_says_what_the_how_to_says() {
    let card = r#"{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2026,"funding":"credit","country":"US"}"#;
    let facts: CardFacts = serde_json::from_str(card).unwrap();
    let id = PaymentMethodId::parse("pm_1QNCGJBb9dNaU75s5H5qvQXm").unwrap();
    let body = SaveCard::new(7, None, &id, &facts, true);
    assert_eq!(
        serde_json::to_string(&body).unwrap(),
        r#"{"company_id":7,"location_id":null,"stripe_credit_card_token":"pm_1QNCGJBb9dNaU75s5H5qvQXm","token_data":{"funding":"credit","brand":"visa","last4":"4242","month":12,"year":2026},"token2":"pm_1QNCGJBb9dNaU75s5H5qvQXm","address_country":"US","add_to_client":true}"#
    );
}

#[test]
fn every_form_of_no_has_a_sentence() {
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
fn a_guest_s_token_is_read_and_never_printed() {
    let json = r#"{"user":{"guest_token":"Zhc7Buh"}}"#;
    let body: GuestBody = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), json);
    assert!(!format!("{body:?}").contains("Zhc7Buh"));
}
