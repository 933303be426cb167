//! Verifications and transactions. The card decides the result of a verification, the amount that of a transaction.

use super::{TRANSACT, refusal};
use crate::support::{ApiResponse, Bench};
use serde_json::json;

async fn transact(bench: &Bench, call: &str, method: &str, amount: &str) -> ApiResponse {
    let kind = format!("{}{}Input", call[..1].to_uppercase(), &call[1..]);
    let query = format!(
        "mutation ($input: {kind}!) {{ {call}(input: $input) {{ transaction {{ {TRANSACT} }} }} }}"
    );
    let input =
        json!({ "paymentMethodId": method, "transaction": { "amount": amount, "orderId": "o-1" } });
    bench.server(&query, json!({ "input": input })).await
}

#[tokio::test]
async fn the_amount_decides_the_result_of_a_transaction() {
    let bench = Bench::start().await;
    let id = bench.vault_number("4111111111111111").await;
    for (amount, status, code) in [
        ("1.00", "AUTHORIZED", "1000"),
        ("0.01", "AUTHORIZED", "1000"),
        ("1999.99", "AUTHORIZED", "1000"),
        ("2000.00", "PROCESSOR_DECLINED", "2000"),
        ("2001", "PROCESSOR_DECLINED", "2001"),
        ("2999.99", "PROCESSOR_DECLINED", "2999"),
        ("3000.5", "FAILED", "3000"),
        ("3001.00", "AUTHORIZED", "1000"),
        ("5001.00", "GATEWAY_REJECTED", ""),
        ("5002.00", "AUTHORIZED", "1000"),
    ] {
        let made = transact(&bench, "authorizePaymentMethod", &id, amount).await;
        let at = |name: &str| made.at(&format!("/data/authorizePaymentMethod/transaction/{name}"));
        assert_eq!(
            (at("status"), at("processorResponse/legacyCode")),
            (status, code),
            "{amount}"
        );
        assert_eq!(
            (at("paymentMethod/id"), at("orderId")),
            (id.as_str(), "o-1")
        );
        assert!(made.body.get("errors").is_none(), "{amount}");
    }
    for (amount, code) in [
        ("0", "81531"),
        ("0.00", "81531"),
        ("1.001", "81503"),
        ("-1", "81503"),
        ("x", "81503"),
        ("", "81503"),
    ] {
        let refused = transact(&bench, "chargeCreditCard", &id, amount).await;
        assert_eq!(
            refusal(&refused),
            ("VALIDATION", code, "input.transaction.amount".to_owned()),
            "{amount}"
        );
    }
}

#[tokio::test]
async fn an_authorization_can_be_voided_once() {
    let bench = Bench::start().await;
    let nonce = bench.nonce("4111111111111111").await;
    let held = transact(&bench, "authorizeCreditCard", &nonce, "1.00").await;
    let id = held
        .at("/data/authorizeCreditCard/transaction/id")
        .to_owned();
    assert_eq!(
        refusal(&transact(&bench, "authorizeCreditCard", &nonce, "1.00").await).1,
        "93107"
    );
    let void = "mutation ($id: ID!) { reverseTransaction(input: { transactionId: $id }) {
        reversal { __typename ... on Transaction { status statusHistory { status } } } } }";
    let back = bench.server(void, json!({ "id": id })).await;
    let wanted = json!({ "__typename": "Transaction", "status": "VOIDED", "statusHistory": [{ "status": "VOIDED" }, { "status": "AUTHORIZED" }] });
    assert_eq!(back.body["data"]["reverseTransaction"]["reversal"], wanted);
    assert_eq!(
        refusal(&bench.server(void, json!({ "id": id })).await).1,
        "91504"
    );
    assert_eq!(
        refusal(&bench.server(void, json!({ "id": "x" })).await).0,
        "NOT_FOUND"
    );
}

#[tokio::test]
async fn a_charge_is_submitted_at_once_and_an_authorization_is_captured_later() {
    let bench = Bench::start().await;
    let id = bench.vault_number("5555555555554444").await;
    let charged = transact(&bench, "chargePaymentMethod", &id, "12.5").await;
    let at = |name: &str| charged.at(&format!("/data/chargePaymentMethod/transaction/{name}"));
    assert_eq!(
        (at("status"), at("amount/value"), at("amount/currencyCode")),
        ("SUBMITTED_FOR_SETTLEMENT", "12.50", "USD")
    );
    let held = transact(&bench, "authorizePaymentMethod", &id, "20.00").await;
    let id = held
        .at("/data/authorizePaymentMethod/transaction/id")
        .to_owned();
    let capture = "mutation ($id: ID!, $amount: Amount) { captureTransaction(input: { transactionId: $id, amount: $amount }) {
        transaction { status amount { value } } } }";
    let more = bench
        .server(capture, json!({ "id": id, "amount": "20.01" }))
        .await;
    assert_eq!(refusal(&more).1, "91522");
    let less = bench
        .server(capture, json!({ "id": id, "amount": "15.00" }))
        .await;
    let wanted = json!({ "status": "SUBMITTED_FOR_SETTLEMENT", "amount": { "value": "15.00" } });
    assert_eq!(
        less.body["data"]["captureTransaction"]["transaction"],
        wanted
    );
    assert_eq!(
        refusal(&bench.server(capture, json!({ "id": id })).await).1,
        "91507"
    );
}

#[tokio::test]
async fn the_card_decides_the_result_of_a_verification() {
    let bench = Bench::start().await;
    let verify = "mutation ($input: VerifyCreditCardInput!) { verifyCreditCard(input: $input) { verification {
        status merchantAccountId amount { value } processorResponse { legacyCode message } } } }";
    let nonce = bench.nonce("4000111111111115").await;
    let input = json!({ "input": { "paymentMethodId": nonce, "options": { "merchantAccountId": "usd", "amount": "1.00" } } });
    let declined = bench.server(verify, input).await;
    let wanted = json!({
        "status": "PROCESSOR_DECLINED", "merchantAccountId": "usd", "amount": { "value": "1.00" },
        "processorResponse": { "legacyCode": "2000", "message": "Do Not Honor" },
    });
    assert_eq!(
        declined.body["data"]["verifyCreditCard"]["verification"],
        wanted
    );
    // Braintree's testing page: the amount decides a transaction, even for a card that fails verification.
    let held = transact(&bench, "authorizePaymentMethod", &nonce, "1.00").await;
    assert_eq!(
        held.at("/data/authorizePaymentMethod/transaction/status"),
        "AUTHORIZED"
    );
    let fraud = transact(
        &bench,
        "authorizePaymentMethod",
        "fake-gateway-rejected-fraud-nonce",
        "1.00",
    )
    .await;
    assert_eq!(
        fraud.at("/data/authorizePaymentMethod/transaction/status"),
        "GATEWAY_REJECTED"
    );
    assert_eq!(
        fraud.at("/data/authorizePaymentMethod/transaction/statusHistory/0/gatewayRejectionReason"),
        "FRAUD"
    );
}

#[tokio::test]
async fn a_wrong_security_code_fails_verification_but_is_not_stored() {
    let bench = Bench::start().await;
    let mut sent = super::card("4111111111111111");
    sent["input"]["creditCard"]["cvv"] = "200".into();
    let made = bench.server(super::TOKENIZE, sent).await;
    let nonce = made.at("/data/tokenizeCreditCard/token").to_owned();
    let refused = bench.vault(&nonce).await;
    let verification = &refused.body["data"]["vaultPaymentMethod"]["verification"];
    assert_eq!(verification["gatewayRejectionReason"], "CVV");
    assert_eq!(
        verification["processorResponse"]["cvvResponse"],
        "DOES_NOT_MATCH"
    );
    let input = json!({ "input": { "paymentMethodId": nonce, "verification": { "skip": true } } });
    let stored = bench.server(super::VAULT, input).await;
    let id = stored.at("/data/vaultPaymentMethod/paymentMethod/id");
    let held = transact(&bench, "authorizePaymentMethod", id, "1.00").await;
    assert_eq!(
        held.at("/data/authorizePaymentMethod/transaction/status"),
        "AUTHORIZED"
    );
}

#[tokio::test]
async fn a_transaction_is_found_by_its_order_id() {
    let bench = Bench::start().await;
    let id = bench.vault_number("4111111111111111").await;
    let mut made = Vec::new();
    for amount in ["1.00", "2000.00"] {
        let held = transact(&bench, "authorizePaymentMethod", &id, amount).await;
        made.push(
            held.at("/data/authorizePaymentMethod/transaction/id")
                .to_owned(),
        );
    }
    let query = "query ($input: TransactionSearchInput!) { search { transactions(input: $input, first: 50) {
        edges { node { id status orderId } } pageInfo { hasNextPage } } } }";
    for (wanted, rows) in [
        (json!({ "is": "o-1" }), 2),
        (
            json!({ "startsWith": "o-", "endsWith": "1", "contains": "-" }),
            2,
        ),
        (json!({ "isNot": "o-1" }), 0),
        (json!({ "is": "o-2" }), 0),
    ] {
        let found = bench
            .server(query, json!({ "input": { "orderId": wanted } }))
            .await;
        let edges = found.body["data"]["search"]["transactions"]["edges"]
            .as_array()
            .unwrap();
        assert_eq!(edges.len(), rows, "{wanted}: {found:?}");
        if let [newest, oldest] = edges.as_slice() {
            assert_eq!(
                (&newest["node"]["id"], &oldest["node"]["id"]),
                (&json!(made[1]), &json!(made[0]))
            );
            assert_eq!(
                (&newest["node"]["status"], &oldest["node"]["status"]),
                (&json!("PROCESSOR_DECLINED"), &json!("AUTHORIZED"))
            );
        }
    }
    let other = json!({ "input": { "amount": "1.00" } });
    assert!(
        bench
            .server(query, other)
            .await
            .body
            .get("errors")
            .is_some()
    );
}
