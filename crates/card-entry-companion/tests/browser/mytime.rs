//! The MyTime adapter: its requests, and how it reads each response.

use std::rc::Rc;

use card_entry_companion::address::BaseUrl;
use card_entry_companion::i18n::Locale;
use card_entry_companion::token::WalletToken;
use card_entry_companion::wallet::{SavedCardId, WalletApi, WalletError};
use card_entry_companion::wallet_api::mytime::MyTime;
use wasm_bindgen_test::wasm_bindgen_test;

use super::http::*;
use super::support::*;

/// The digits of the e-mail address pass the check for card numbers; the response must be read all the same.
const USER: &str = r#"{user: {id: 8996, email: "maya1795232770978@example.com", first_name: "A", last_name: "B", credit_cards: [{id: 7}, null, {id: "cus_RFhf3QFmYuOL0f|pm_1QNCGJBb9dNaU75s5H5qvQXm", last4: "4242", name: null, exp_month: 12, exp_year: 2030, brand: "Visa", address_country: "US", errors: {}}]}}"#;

fn wallet() -> MyTime {
    let wallet = MyTime::new(&BaseUrl::parse("https://wallet.example").unwrap(), 40426);
    wallet.set_token(WalletToken::parse("zizwspX5X1Nby4bTp7kC"));
    wallet
}

#[wasm_bindgen_test]
async fn a_save_is_sent_as_the_how_to_specifies() {
    answer(&json(201, USER));
    let saved = wallet().save(&save_request()).await.unwrap();
    assert_eq!(saved.cards.len(), 1, "one bad row never empties the wallet");
    assert!(!saved.already_saved);
    assert_eq!(
        request(0, "url"),
        "https://wallet.example/api/mkp/v1/user/credit_cards"
    );
    assert_eq!(request(0, "headers.authorization"), "zizwspX5X1Nby4bTp7kC");
    assert_eq!(request(0, "headers['idempotency-key']"), "key-1");
    assert_eq!(
        [
            request(0, "method"),
            request(0, "redirect"),
            request(0, "credentials")
        ],
        ["POST", "error", "omit"]
    );
    assert_eq!(
        request(0, "body"),
        format!(
            r#"{{"company_id":40426,"location_id":null,"stripe_credit_card_token":"{PM}","token_data":{{"funding":"credit","brand":"visa","last4":"4242","month":12,"year":2030}},"token2":"{PM}","address_country":null,"add_to_client":true}}"#
        )
    );
    answer(&json(200, USER));
    assert!(wallet().save(&save_request()).await.unwrap().already_saved);
}

#[wasm_bindgen_test]
async fn the_consent_is_sent_beside_the_vendor_s_members() {
    let consent = r#"{"text":"Keep it?","locale":"en","shown_at":"2026-11-29T14:03:05Z","accepted_at":"2026-11-29T14:03:09Z"}"#;
    answer(&json(201, USER));
    let mut request_of = save_request();
    request_of.consent = serde_json::from_str(consent).unwrap();
    wallet().save(&request_of).await.unwrap();
    let body = request(0, "body");
    assert!(
        body.ends_with(&format!(r#""add_to_client":true,"consent":{consent}}}"#)),
        "{body}"
    );
}

#[wasm_bindgen_test]
async fn the_other_calls_are_sent_as_the_how_to_specifies() {
    answer(&json(200, "{client_secret: 'seti_1_secret_2'}"));
    wallet().at_location(5).create_setup_intent().await.unwrap();
    assert_eq!(
        request(0, "url"),
        "https://wallet.example/api/mkp/v1/user/payment_methods/session?company_id=40426&payment_type=card&add_to_client=true&location_id=5"
    );
    answer(&json(200, USER));
    assert_eq!(
        wallet().list().await.unwrap()[0].id.0,
        "cus_RFhf3QFmYuOL0f|pm_1QNCGJBb9dNaU75s5H5qvQXm"
    );
    assert_eq!(
        request(0, "url"),
        "https://wallet.example/api/mkp/v1/user?company_id=40426"
    );
    answer("new Response(null, {status: 204})");
    wallet()
        .delete(&SavedCardId("cus_A|pm_B/../x".to_owned()))
        .await
        .unwrap();
    assert_eq!(
        request(0, "url"),
        "https://wallet.example/api/mkp/v1/user/credit_cards/cus_A%7Cpm_B%2F..%2Fx?company_id=40426"
    );
    assert_eq!(request(0, "method"), "DELETE");
}

#[wasm_bindgen_test]
async fn without_a_token_nothing_is_sent() {
    answer(&json(200, USER));
    let wallet = wallet();
    wallet.set_token(None);
    assert_eq!(wallet.list().await, Err(WalletError::SignInRequired));
    assert_eq!(run_in_page("requests.length").as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
async fn every_status_has_its_error() {
    let held = "This card cannot be deleted because there is a pending appointment";
    let rows = [
        (json(401, "{error: 'bad token'}"), "SignInRequired"),
        (
            json(
                402,
                "{message: 'Please verify.', client_secret: 'seti_1_secret_2'}",
            ),
            "NotVerified(Some(DisplayMessage(\"Please verify.\")))",
        ),
        (json(404, "{}"), "NotFound"),
        (json(410, "{}"), "NotFound"),
        (
            json(400, "{message: 'ActiveRecord::RecordInvalid'}"),
            "Refused(None)",
        ),
        (json(413, "{message: 'too large'}"), "Refused(None)"),
        (
            json(422, &format!("{{message: '{held}'}}")),
            "pending appointment",
        ),
        (
            json(422, "{errors: {card: ['No.']}}"),
            "Refused(Some(DisplayMessage(\"No.\")))",
        ),
        (
            json(422, "{user: {errors: {card: ['No.']}}}"),
            "Refused(Some(DisplayMessage(\"No.\")))",
        ),
        (json(422, "{message: '<b>No</b>'}"), "Refused(None)"),
        (
            json(422, "{message: 'Card 4242 4242 4242 4242'}"),
            "Refused(None)",
        ),
        (
            "new Response('{}', {status: 429, headers: {'retry-after': '7'}})".to_owned(),
            "RateLimited(7)",
        ),
        ("new Response('', {status: 429})".to_owned(), "RateLimited(5)"),
        (json(500, "{message: 'stack trace'}"), "Indeterminate"),
        (json(503, "{}"), "Indeterminate"),
        (
            "new Response('{\"error\":\"Under way.\"}', {status: 409, headers: {'retry-after': '2'}})".to_owned(),
            "RetryAfter(2)",
        ),
        (
            "new Response('{\"message\":\"Too long.\"}', {status: 503, headers: {'retry-after': '2'}})".to_owned(),
            "RetryAfter(2)",
        ),
        (
            "Promise.reject(new TypeError('offline'))".to_owned(),
            "Indeterminate",
        ),
    ];
    for (script, meaning) in rows {
        answer(&script);
        let error = wallet()
            .delete(&SavedCardId("x".to_owned()))
            .await
            .unwrap_err();
        assert!(
            format!("{error:?}").contains(meaning),
            "{script}: {error:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn messages_are_requested_in_the_wallet_s_language() {
    let refused = |headers: &str| {
        format!(
            "new Response('{{\"message\": \"Non.\"}}', {{status: 422, headers: {{{headers}}}}})"
        )
    };
    for (headers, foreign) in [
        ("'content-language': 'fr'", Some(Locale::Fr)),
        ("'content-language': 'de'", None),
        ("'content-language': 'sv'", None),
        ("", None),
    ] {
        answer(&refused(headers));
        let wallet = wallet();
        wallet.set_locale(Locale::De);
        let error = wallet.delete(&SavedCardId("x".to_owned())).await;
        assert_eq!(request(0, "headers['accept-language']"), "de");
        let Err(WalletError::Refused(Some(sentence))) = error else {
            panic!("{error:?}");
        };
        assert_eq!(sentence.other_language(Locale::De), foreign, "{headers}");
    }
}

#[wasm_bindgen_test]
async fn an_unreadable_response_is_indeterminate() {
    let other = USER
        .replace("pm_1QNCGJBb9dNaU75s5H5qvQXm", "pm_another00001")
        .replace("4242", "1111");
    let rows = [
        "new Response(null, {status: 204})".to_owned(),
        "new Response('', {status: 201})".to_owned(),
        "new Response('<!doctype html><title>Log in</title>', {status: 200})".to_owned(),
        "new Response('{\"user\":', {status: 201})".to_owned(),
        format!("new Response('\\ufeff' + JSON.stringify({USER}), {{status: 201}})"),
        format!("new Response(JSON.stringify({USER}) + ' '.repeat(70000), {{status: 201}})"),
        format!("new Response(JSON.stringify({other}), {{status: 201}})"),
        "new Response('['.repeat(30000) + ']'.repeat(30000), {status: 201})".to_owned(),
        "new Response('{\"user\": {\"credit_cards\":' + '['.repeat(20000) + ']'.repeat(20000) + '}}', {status: 201})".to_owned(),
        "new Response(new Uint8Array([0xff, 0xfe]), {status: 201})".to_owned(),
    ];
    for script in rows {
        answer(&script);
        let answer = wallet().save(&save_request()).await;
        assert_eq!(answer, Err(WalletError::Indeterminate), "{script}");
    }
}

#[wasm_bindgen_test]
async fn an_endless_body_is_not_read_to_the_end() {
    answer(
        "new Response(new ReadableStream({ pull(c) { globalThis.pulled = (globalThis.pulled ?? 0) + 1; c.enqueue(new Uint8Array(4096)) } }), {status: 201})",
    );
    assert_eq!(
        wallet().save(&save_request()).await,
        Err(WalletError::Indeterminate)
    );
    assert!(run_in_page("pulled < 64").is_truthy());
}

#[wasm_bindgen_test]
async fn dropping_a_call_clears_its_timer() {
    let resources = OpenResources::watch();
    let before = resources.count();
    answer("new Promise(() => {})");
    let wallet = Rc::new(wallet());
    {
        let mut call = wallet.list();
        let waker = std::task::Waker::noop();
        let poll = call
            .as_mut()
            .poll(&mut std::task::Context::from_waker(waker));
        assert!(poll.is_pending());
        assert_ne!(resources.count(), before);
    }
    assert_eq!(resources.count(), before);
}
