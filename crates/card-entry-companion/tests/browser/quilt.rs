//! The Quilt adapter of the wallet: its requests, and the language of a refused deletion.

use card_entry_companion::address::BaseUrl;
use card_entry_companion::i18n::Locale;
use card_entry_companion::token::WalletToken;
use card_entry_companion::wallet::{SavedCardId, WalletApi, WalletError};
use card_entry_companion::wallet_api::quilt::Quilt;
use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, ExternalCustomerId};
use wasm_bindgen_test::wasm_bindgen_test;

use super::http::*;

fn wallet() -> Quilt {
    let customer = CardQuery {
        external_customer_id: ExternalCustomerId::parse("ann").unwrap(),
        external_account_id: ExternalAccountId::parse("acme").unwrap(),
    };
    let wallet = Quilt::new(
        &BaseUrl::parse("https://till.example/quilt").unwrap(),
        customer,
    );
    wallet.set_token(WalletToken::parse("zizwspX5X1Nby4bTp7kC"));
    wallet
}

#[wasm_bindgen_test]
async fn a_refused_deletion_has_the_language_that_the_server_names() {
    for (headers, foreign) in [
        ("'content-language': 'fr'", Some(Locale::Fr)),
        ("'content-language': 'de'", None),
        ("", None),
    ] {
        answer(&format!(
            "new Response('{{\"error\": {{\"code\": \"card_in_use\", \"message\": \"Non.\"}}}}', {{status: 200, headers: {{{headers}}}}})"
        ));
        let wallet = wallet();
        wallet.set_locale(Locale::De);
        let error = wallet.delete(&SavedCardId("pm_1".to_owned())).await;
        assert_eq!(request(0, "method"), "DELETE");
        assert_eq!(
            request(0, "url"),
            "https://till.example/quilt/v1/customer/card/pm_1?external_customer_id=ann&external_account_id=acme"
        );
        assert_eq!(request(0, "headers['accept-language']"), "de");
        let Err(WalletError::Refused(Some(sentence))) = error else {
            panic!("{error:?}");
        };
        assert_eq!(sentence.other_language(Locale::De), foreign, "{headers}");
    }
}

#[wasm_bindgen_test]
async fn an_unknown_result_of_a_list_is_repeated() {
    answer("new Response('', {status: 503})");
    assert_eq!(wallet().list().await, Err(WalletError::Indeterminate));
    assert_eq!(request(1, "url"), request(0, "url"));
}
