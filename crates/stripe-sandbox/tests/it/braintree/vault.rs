//! Vaulting of nonces, deletion of cards, and customers.

use super::{VAULT, card, refusal};
use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn a_nonce_can_be_vaulted_once() {
    let bench = Bench::start().await;
    let nonce = bench.nonce("4111111111111111").await;
    let input = json!({ "input": { "paymentMethodId": nonce, "clientMutationId": "a" } });
    let made = bench.server(VAULT, input.clone()).await;
    let method = &made.body["data"]["vaultPaymentMethod"];
    assert_eq!(method["clientMutationId"], "a");
    assert_eq!(method["verification"]["status"], "VERIFIED");
    assert_eq!(
        method["verification"]["processorResponse"]["cvvResponse"],
        "MATCHES"
    );
    let wanted = json!({
        "__typename": "CreditCardDetails", "brandCode": "VISA", "last4": "1111", "bin": "411111",
        "expirationMonth": "12", "expirationYear": "2034", "cardholderName": "Ann Lee",
        "billingAddress": { "postalCode": "10115" },
    });
    assert_eq!(method["paymentMethod"]["details"], wanted);
    assert!(
        !made
            .at("/data/vaultPaymentMethod/paymentMethod/customer/id")
            .is_empty()
    );
    let again = bench.server(VAULT, input).await;
    assert_eq!(
        refusal(&again),
        ("VALIDATION", "93107", "input.paymentMethodId".to_owned())
    );
    let unknown = bench.vault("tokencc_bh_nobody").await;
    assert_eq!(refusal(&unknown).1, "93108");
}

#[tokio::test]
async fn a_card_that_fails_verification_is_not_vaulted_and_the_nonce_stays_usable() {
    let bench = Bench::start().await;
    for (number, status, reason, code) in [
        ("4000111111111115", "PROCESSOR_DECLINED", "", "2000"),
        ("378734493671000", "PROCESSOR_DECLINED", "", "2000"),
        ("3566002020360505", "FAILED", "", "3000"),
        ("4000111111111511", "GATEWAY_REJECTED", "FRAUD", ""),
    ] {
        let nonce = bench.nonce(number).await;
        let refused = bench.vault(&nonce).await;
        let at = |name: &str| refused.at(&format!("/data/vaultPaymentMethod/verification/{name}"));
        assert_eq!(
            (
                at("status"),
                at("gatewayRejectionReason"),
                at("processorResponse/legacyCode")
            ),
            (status, reason, code)
        );
        assert_eq!(
            refused.body["data"]["vaultPaymentMethod"]["paymentMethod"],
            json!(null)
        );
        assert_eq!(
            refused.body["errors"][0]["path"],
            json!(["vaultPaymentMethod", "paymentMethod"])
        );
        assert_eq!(
            refusal(&refused),
            ("VALIDATION", "", "input.paymentMethodId".to_owned())
        );
        let skipped =
            json!({ "input": { "paymentMethodId": nonce, "verification": { "skip": true } } });
        let stored = bench.server(VAULT, skipped).await;
        assert_eq!(
            stored.body["data"]["vaultPaymentMethod"]["verification"],
            json!(null)
        );
        assert!(
            !stored
                .at("/data/vaultPaymentMethod/paymentMethod/id")
                .is_empty()
        );
    }
}

#[tokio::test]
async fn published_nonces_resolve_to_their_cards() {
    let bench = Bench::start().await;
    for (nonce, brand, status) in [
        ("fake-valid-nonce", "VISA", "VERIFIED"),
        ("fake-valid-visa-nonce", "VISA", "VERIFIED"),
        ("fake-valid-amex-nonce", "AMERICAN_EXPRESS", "VERIFIED"),
        ("fake-valid-mastercard-nonce", "MASTERCARD", "VERIFIED"),
        ("fake-valid-discover-nonce", "DISCOVER", "VERIFIED"),
        ("fake-valid-jcb-nonce", "JCB", "VERIFIED"),
        (
            "fake-valid-maestro-nonce",
            "INTERNATIONAL_MAESTRO",
            "VERIFIED",
        ),
        ("fake-valid-dinersclub-nonce", "DINERS", "VERIFIED"),
        (
            "fake-processor-declined-visa-nonce",
            "",
            "PROCESSOR_DECLINED",
        ),
        ("fake-gateway-rejected-fraud-nonce", "", "GATEWAY_REJECTED"),
    ] {
        for _ in 0..2 {
            let made = bench.vault(nonce).await;
            assert_eq!(
                made.at("/data/vaultPaymentMethod/paymentMethod/details/brandCode"),
                brand,
                "{nonce}"
            );
            assert_eq!(
                made.at("/data/vaultPaymentMethod/verification/status"),
                status,
                "{nonce}"
            );
        }
    }
    assert_eq!(
        refusal(&bench.vault("fake-consumed-nonce").await).1,
        "93107"
    );
    assert_eq!(
        refusal(&bench.vault("fake-luhn-invalid-nonce").await).1,
        "81715"
    );
    assert_eq!(
        refusal(&bench.vault("fake-paypal-one-time-nonce").await).1,
        "93108"
    );
}

#[tokio::test]
async fn cards_of_a_customer_are_listed_newest_first_in_pages() {
    let bench = Bench::start().await;
    let made = bench.server("mutation { createCustomer(input: { customer: { email: \"a@example.org\" } }) { customer { id } } }", json!({})).await;
    let customer = made.at("/data/createCustomer/customer/id").to_owned();
    let mut ids = Vec::new();
    for number in ["4111111111111111", "5555555555554444", "378282246310005"] {
        let nonce = bench.nonce(number).await;
        let input = json!({ "input": { "paymentMethodId": nonce, "customerId": customer } });
        ids.push(
            bench
                .server(VAULT, input)
                .await
                .at("/data/vaultPaymentMethod/paymentMethod/id")
                .to_owned(),
        );
    }
    let query = "query ($id: ID!, $after: String) { node(id: $id) { ... on Customer { email defaultPaymentMethod { id }
        paymentMethods(first: 2, after: $after) { edges { cursor node { id customer { email } } }
        pageInfo { hasNextPage hasPreviousPage endCursor } } } } }";
    let first = bench.server(query, json!({ "id": customer })).await;
    assert_eq!(first.at("/data/node/defaultPaymentMethod/id"), ids[0]);
    let page = &first.body["data"]["node"]["paymentMethods"];
    assert_eq!(
        (
            page["edges"][0]["node"]["id"].as_str(),
            page["edges"].as_array().unwrap().len()
        ),
        (Some(ids[2].as_str()), 2)
    );
    assert_eq!(
        page["edges"][0]["node"]["customer"]["email"],
        "a@example.org"
    );
    assert_eq!(
        (
            &page["pageInfo"]["hasNextPage"],
            &page["pageInfo"]["hasPreviousPage"]
        ),
        (&json!(true), &json!(false))
    );
    let rest = bench
        .server(
            query,
            json!({ "id": customer, "after": page["pageInfo"]["endCursor"] }),
        )
        .await;
    assert_eq!(rest.at("/data/node/paymentMethods/edges/0/node/id"), ids[0]);

    let gone = "mutation ($id: ID!) { deletePaymentMethodFromVault(input: { paymentMethodId: $id }) { clientMutationId } }";
    assert!(
        bench
            .server(gone, json!({ "id": ids[0] }))
            .await
            .body
            .get("errors")
            .is_none()
    );
    assert_eq!(
        refusal(&bench.server(gone, json!({ "id": ids[0] })).await).0,
        "NOT_FOUND"
    );
    let left = bench.server(query, json!({ "id": customer })).await;
    assert_eq!(
        left.body["data"]["node"]["defaultPaymentMethod"],
        json!(null)
    );
    let other = bench
        .graphql(&super::basic("other"), gone, json!({ "id": ids[1] }))
        .await;
    assert_eq!(refusal(&other).0, "NOT_FOUND");
    let end =
        "mutation ($id: ID!) { deleteCustomer(input: { customerId: $id }) { clientMutationId } }";
    bench.server(end, json!({ "id": customer })).await;
    assert_eq!(
        bench.server(query, json!({ "id": customer })).await.body["data"]["node"],
        json!(null)
    );
    let nonce = bench.nonce("4111111111111111").await;
    let late = json!({ "input": { "paymentMethodId": nonce, "customerId": customer } });
    assert_eq!(
        refusal(&bench.server(VAULT, late).await),
        ("VALIDATION", "93105", "input.customerId".to_owned())
    );
}

#[tokio::test]
async fn duplicates_are_refused_on_request() {
    let bench = Bench::start().await;
    bench.vault_number("4111111111111111").await;
    let nonce = bench.nonce("4111111111111111").await;
    let query = "mutation ($input: VaultCreditCardInput!) { vaultCreditCard(input: $input) { paymentMethod { id } } }";
    let input =
        json!({ "input": { "paymentMethodId": nonce, "failOnDuplicatePaymentMethod": true } });
    assert_eq!(refusal(&bench.server(query, input).await).1, "81724");
    let input = json!({ "input": { "paymentMethodId": nonce } });
    assert!(
        bench
            .server(query, input)
            .await
            .body
            .get("errors")
            .is_none()
    );
}

#[tokio::test]
async fn a_server_may_vault_a_number_in_two_steps() {
    let bench = Bench::start().await;
    let made = bench
        .server(super::TOKENIZE, card("4012888888881881"))
        .await;
    let stored = bench.vault(made.at("/data/tokenizeCreditCard/token")).await;
    assert_eq!(
        stored.at("/data/vaultPaymentMethod/paymentMethod/details/last4"),
        "1881"
    );
    let legacy = stored.at("/data/vaultPaymentMethod/paymentMethod/legacyId");
    let query = "query ($id: ID!) { idFromLegacyId(legacyId: $id, type: PAYMENT_METHOD) }";
    let global = bench.server(query, json!({ "id": legacy })).await;
    assert_eq!(
        global.at("/data/idFromLegacyId"),
        stored.at("/data/vaultPaymentMethod/paymentMethod/id")
    );
    assert_eq!(
        refusal(&bench.server(query, json!({ "id": "nobody" })).await).0,
        "NOT_FOUND"
    );
}
