//! One lost response of Braintree: the call is repeated, and is one payment method, one authorization, one void.

use serde_json::json;

use super::{AMEX, VISA};
use crate::support::seller::Seller;
use crate::support::{World, eventually};

const MASTERCARD: &str = "5555555555554444";

/// A client with a card in the wallet, so that the next save begins with the vault call.
async fn client(world: &World) -> Seller<'_> {
    let ned = Seller::with_client(world, "tickets").await;
    ned.adds(AMEX).await;
    ned
}

/// Loses responses of Braintree, after so many that arrive.
async fn loses_responses(world: &World, after: u32, times: u32) {
    let fault =
        json!({"on": "braintree", "do": "graphql_drop_after", "skip": after, "times": times});
    world.gateway_fault_of("tickets", fault).await;
}

#[tokio::test]
async fn one_lost_response_of_each_call_is_repeated_without_a_second_effect() {
    let calls_of_a_save = [
        "vaultCreditCard",
        "authorizePaymentMethod",
        "reverseTransaction",
    ];
    for (after, repeated) in (0..).zip(calls_of_a_save) {
        let world = World::open().await;
        let ned = client(&world).await;
        let nonce = ned.types(VISA).await;
        loses_responses(&world, after, 1).await;
        let made = ned.keeps(&[ned.card(&nonce)]).await;
        assert_eq!(made.status, 201, "{repeated}: {made:?}");
        for call in calls_of_a_save {
            let expected = if call == repeated { 3 } else { 2 };
            assert_eq!(ned.calls(call).await, expected, "{call} after {repeated}");
        }
        assert_eq!((ned.vaulted().await.len(), ned.cards().await.len()), (2, 2));
        assert_eq!(ned.authorizations().await, ["VOIDED", "VOIDED"]);
        assert!(ned.has_empty_outbox().await, "{repeated}");
    }
}

#[tokio::test]
async fn a_card_that_another_request_left_in_the_vault_is_not_taken_for_the_new_one() {
    let world = World::open().await;
    let ned = client(&world).await;
    let (left, new) = (ned.types(VISA).await, ned.types(MASTERCARD).await);
    loses_responses(&world, 0, 2).await;
    let lost = ned.keeps(&[ned.card(&left)]).await;
    assert_eq!(lost.status, 503, "{lost:?}");
    assert_eq!(ned.vaulted().await.len(), 2, "a card is left");
    loses_responses(&world, 0, 1).await;
    let lost = ned.keeps(&[ned.card(&new)]).await;
    assert_eq!(lost.status, 503, "{lost:?}");
    assert_eq!(ned.cards().await.len(), 1);
    ned.makes_outbox_jobs_due().await;
    eventually("the vault has what the wallet has", async || {
        ned.vaulted().await.len() == 1
    })
    .await;
}
