//! The MikroCloud adapter: its requests, and how it reads each response.

use card_entry_companion::address::BaseUrl;
use card_entry_companion::token::WalletToken;
use card_entry_companion::wallet::{
    Capabilities, SavedCardId, WalletApi, WalletError, WalletIntent,
};
use card_entry_companion::wallet_api::mikrocloud::MikroCloud;
use card_entry_protocol::card::Brand;
use wasm_bindgen_test::wasm_bindgen_test;

use super::http::*;
use super::support::*;

const METHOD: &str = r#"{id: "pm_1QNCGJBb9dNaU75s5H5qvQXm", brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030, created_at: "2023-09-16 01:17:33"}"#;
const OTHER: &str = r#"{id: "card_1Nqn8bCVnXOZCtu949NkeQ97", brand: "girocard", last4: "1111", exp_month: 4, exp_year: 2031, created_at: "2023-09-16 01:17:33"}"#;

fn wallet() -> MikroCloud {
    let wallet = MikroCloud::new(&BaseUrl::parse("https://api.example/eu/").unwrap());
    wallet.set_token(WalletToken::parse("eyJ.eyJ.c2ln"));
    wallet
}

/// Answers the first request with one script and every later one with another.
fn answer_in_turn(first: &str, later: &str) {
    answer(&format!("requests.length === 1 ? {first} : {later}"));
}

#[wasm_bindgen_test]
async fn an_intent_is_requested_with_the_bearer_token() {
    let secret = "{id: 'seti_1', publishable_key: 'pk_test_1', client_secret: 'seti_1_secret_2'}";
    answer(&json(201, secret));
    let intent = wallet().create_setup_intent().await.unwrap();
    assert!(matches!(intent, WalletIntent::ClientSecret(_, None)));
    assert_eq!(
        request(0, "url"),
        "https://api.example/eu/v1/account/setup-intent"
    );
    assert_eq!(request(0, "headers.authorization"), "Bearer eyJ.eyJ.c2ln");
    assert_eq!(
        [request(0, "method"), request(0, "redirect")],
        ["POST", "error"]
    );
}

#[wasm_bindgen_test]
async fn a_save_posts_the_id_and_reads_the_wallet() {
    let list = json(200, &format!("[{OTHER}, {METHOD}, null, {{id: 7}}]"));
    answer_in_turn(&json(201, METHOD), &list);
    let saved = wallet().save(&save_request()).await.unwrap();
    assert_eq!((saved.cards.len(), saved.already_saved), (2, false));
    assert_eq!(
        request(0, "url"),
        "https://api.example/eu/v1/account/payment-methods"
    );
    assert_eq!(request(0, "body"), format!(r#"{{"id":"{PM}"}}"#));
    assert_eq!(request(0, "headers['idempotency-key']"), "key-1");
    assert_eq!(request(1, "method"), "GET");
    assert_eq!(request(1, "headers['idempotency-key']"), "undefined");
    let defaults: Vec<bool> = saved.cards.iter().map(|card| card.is_default).collect();
    assert_eq!(defaults, [true, false], "the list begins with the default");
    assert_eq!(saved.cards[0].brand, Brand::parse("girocard").unwrap());

    answer_in_turn(&json(201, OTHER), &list);
    assert!(wallet().save(&save_request()).await.unwrap().already_saved);
    answer_in_turn(&json(201, METHOD), &json(200, "[]"));
    let answer = wallet().save(&save_request()).await;
    assert_eq!(answer, Err(WalletError::Indeterminate));
}

#[wasm_bindgen_test]
async fn a_default_is_set_by_saving_the_id_again() {
    answer_in_turn(
        &json(201, METHOD),
        &json(200, &format!("[{METHOD}, {OTHER}]")),
    );
    let cards = wallet()
        .set_default(&SavedCardId(PM.to_owned()))
        .await
        .unwrap();
    assert_eq!((cards[0].id.0.as_str(), cards[0].is_default), (PM, true));
    assert_eq!(request(0, "method"), "POST");
    assert_eq!(request(0, "body"), format!(r#"{{"id":"{PM}"}}"#));
    assert_eq!(wallet().capabilities(), Capabilities::MULTIPLE_CARDS);
}

#[wasm_bindgen_test]
async fn a_delete_has_the_card_in_the_path() {
    answer("new Response(null, {status: 204})");
    let id = SavedCardId("card_1/../x".to_owned());
    wallet().delete(&id).await.unwrap();
    assert_eq!(
        request(0, "url"),
        "https://api.example/eu/v1/account/payment-methods/card_1%2F..%2Fx"
    );
    assert_eq!(request(0, "method"), "DELETE");
}

#[wasm_bindgen_test]
async fn every_status_has_its_error() {
    let scope = "This sign-in may not change the cards.";
    let rows = [
        (
            json(401, "{message: 'Unauthenticated.'}"),
            "SignInRequired".to_owned(),
        ),
        (
            json(403, &format!("{{message: '{scope}'}}")),
            scope.to_owned(),
        ),
        (json(404, "{message: 'x'}"), "NotFound".to_owned()),
        (json(410, "{message: 'x'}"), "NotFound".to_owned()),
        // A definite no is events in its words, not as something to try again.
        (
            json(424, "{message: 'It won’t help.', code: 'gateway_refused'}"),
            "It won’t help.".to_owned(),
        ),
        (
            json(
                422,
                "{message: 'The id field is required.', errors: {id: ['x']}}",
            ),
            "Refused(Some(DisplayMessage(\"The id field is required.\")))".to_owned(),
        ),
        (
            json(422, "{message: '<b>No</b>'}"),
            "Refused(None)".to_owned(),
        ),
        (
            "new Response('{}', {status: 429, headers: {'retry-after': '7'}})".to_owned(),
            "RateLimited(7)".to_owned(),
        ),
        (
            json(500, "{message: 'SQLSTATE[HY000]'}"),
            "Indeterminate".to_owned(),
        ),
    ];
    for (script, meaning) in rows {
        answer(&script);
        let error = wallet()
            .delete(&SavedCardId("x".to_owned()))
            .await
            .unwrap_err();
        assert!(
            format!("{error:?}").contains(&meaning),
            "{script}: {error:?}"
        );
    }
    answer(&json(200, "{message: 'no list'}"));
    assert_eq!(wallet().list().await, Err(WalletError::Indeterminate));
    let signed_out = wallet();
    signed_out.set_token(None);
    assert_eq!(signed_out.list().await, Err(WalletError::SignInRequired));
}
