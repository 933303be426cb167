//! `[accounts.accept]`: the server refuses other cards from every client, and detaches them at the gateway.

use serde_json::json;
use wallet_server::config::AcceptSettings;
use wallet_server::config::Settings;

use crate::support::bank::VISA;
use crate::support::seller::Seller;
use crate::support::{World, eventually};
use crate::ticket_evolution;

const DEBIT: &str = "4000056655665556";
const AMEX: &str = "378282246310005";
const WORDS: &str = "This card isn’t accepted here. Please use one of these: Visa (credit cards).";

/// Accepts Visa credit cards that are valid for `months` more.
fn accepts_visa_credit(months: u8) -> impl FnOnce(&mut Settings) {
    move |settings| {
        for account in &mut settings.accounts {
            account.accept = Some(AcceptSettings {
                brands: vec!["visa".to_owned()],
                funding: vec!["credit".to_owned()],
                min_months_valid: months,
            });
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_not_accepted_is_refused_and_detached() {
    let world = World::with(accepts_visa_credit(0)).await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    assert_eq!(ann.adds(VISA).await.status, 201);
    let customer = bank.customers().await[0]["id"].as_str().unwrap().to_owned();
    for number in [DEBIT, AMEX] {
        let refused = ann.adds(number).await;
        assert_eq!(
            (refused.status, refused.sentence()),
            (422, WORDS),
            "{number}"
        );
        eventually("it is detached", async || {
            bank.attached(&customer).await.len() == 1
        })
        .await;
        // Posted without an intent, the card is refused before the bank is called.
        let method = bank.types_card(number).await;
        let asked = world.gateway_calls("POST", "/v1/setup_intents").await;
        for _ in 0..2 {
            let refused = ann.saves(&method).await;
            assert_eq!(
                (refused.status, refused.sentence()),
                (422, WORDS),
                "{number}"
            );
        }
        assert_eq!(
            world.gateway_calls("POST", "/v1/setup_intents").await,
            asked
        );
    }
    assert_eq!(ann.cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_confirmed_in_the_page_is_refused_too() {
    let world = World::with(accepts_visa_credit(0)).await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (secret, method) = (ann.begins().await, bank.types_card(DEBIT).await);
    bank.confirms(&secret, &method).await;
    assert!(ann.cards().await.is_empty());
    eventually("it is detached", async || {
        bank.method(&method).await["customer"].is_null()
    })
    .await;
    assert!(ann.cards().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_expires_too_soon_is_refused() {
    let world = World::with(accepts_visa_credit(60)).await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let method = bank.types_card_until(VISA, 2030).await;
    let refused = ann.saves(&method).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .sentence()
            .starts_with("This card expires too soon: "),
        "{refused:?}"
    );
    let later = bank.types_card_until(VISA, 2060).await;
    assert_eq!(ann.saves(&later).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vault_refuses_other_cards_by_nonce_and_by_number() {
    let world = World::with(|settings| {
        accepts_visa_credit(0)(settings);
        for account in &mut settings.accounts {
            if let Some(own) = &mut account.ticket_evolution {
                own.raw_numbers_until = Some("2099-01-01".to_owned());
            }
        }
    })
    .await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(ticket_evolution::VISA).await;
    let mut by_number = ned.card("");
    by_number.as_object_mut().unwrap().remove("nonce");
    by_number["number"] = json!(ticket_evolution::AMEX);
    by_number["verification_code"] = json!("1234");
    for card in [
        ned.card(&ned.types(ticket_evolution::AMEX).await),
        by_number,
    ] {
        let refused = ned.keeps(&[card]).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        let said = &refused.body["credit_cards"][0]["errors"]["credit_card"][0];
        assert_eq!(
            said,
            "isn’t accepted here. Please use one of these: Visa (credit cards)."
        );
    }
    assert_eq!(ned.cards().await.len(), 1);
    let held = ned.calls("authorizePaymentMethod").await;
    assert_eq!(held, 1, "no authorization of a card that is not accepted");
    eventually("the vault has one card", async || {
        ned.calls("deletePaymentMethodFromVault").await == 2
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_expiry_that_is_too_soon_is_refused() {
    let world = World::with(accepts_visa_credit(24)).await;
    let ned = Seller::with_client(&world, "tickets").await;
    let card = ned.adds(ticket_evolution::VISA).await;
    let path = ned.card_path(&card["id"]);
    let refused = ned.put(&path, &json!({"expiration_year": "2027"})).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let error = refused.body["errors"]["credit_card"][0].as_str();
    assert!(
        error.is_some_and(|error| error.starts_with("expires too soon: ")),
        "{refused:?}"
    );
    assert_eq!(ned.calls("updateCreditCardExpirationDate").await, 0);
    // The same expiry again, and a later one, are accepted.
    for year in ["2035", "2040"] {
        let updated = ned.put(&path, &json!({"expiration_year": year})).await;
        assert_eq!(updated.status, 200, "{updated:?}");
    }
}
