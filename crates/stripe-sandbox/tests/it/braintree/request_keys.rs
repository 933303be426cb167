//! `apiRequestKey`: at most one transaction per key.

use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn a_request_key_creates_one_transaction() {
    let bench = Bench::start().await;
    let method = bench.vault_number("4111111111111111").await;
    for call in [
        "authorizePaymentMethod",
        "chargePaymentMethod",
        "authorizeCreditCard",
        "chargeCreditCard",
    ] {
        let kind = format!("{}{}Input", call[..1].to_uppercase(), &call[1..]);
        let query = format!(
            "mutation M($input: {kind}!) {{ {call}(input: $input) {{ clientMutationId transaction {{ id status }} }} }}"
        );
        let send = async |key: Option<&str>, amount: &str, mutation: &str| {
            let mut input = json!({
                "clientMutationId": mutation, "paymentMethodId": method, "transaction": { "amount": amount },
            });
            if let Some(key) = key {
                input["apiRequestKey"] = json!(key);
            }
            bench.server(&query, json!({ "input": input })).await
        };
        let id = format!("/data/{call}/transaction/id");
        let first = send(Some(call), "1.00", "a").await;
        assert!(!first.at(&id).is_empty(), "{:?}", first.body);
        let again = send(Some(call), "1.00", "b").await;
        assert_eq!(again.at(&id), first.at(&id), "{call}");
        assert_eq!(again.at(&format!("/data/{call}/clientMutationId")), "b");
        let other = send(Some(call), "2.00", "a").await;
        assert_eq!(
            other.at("/errors/0/extensions/errorClass"),
            "VALIDATION",
            "{call}"
        );
        assert_eq!(
            other.body["errors"][0]["extensions"]["inputPath"],
            json!(["input", "apiRequestKey"])
        );
        assert_ne!(
            send(None, "1.00", "a").await.at(&id),
            send(None, "1.00", "a").await.at(&id)
        );
    }
}

#[tokio::test]
async fn a_repeated_key_returns_the_current_transaction_and_a_failed_request_does_not_use_the_key()
{
    let bench = Bench::start().await;
    let method = bench.vault_number("4111111111111111").await;
    let query = "mutation M($input: AuthorizePaymentMethodInput!) { authorizePaymentMethod(input: $input) { transaction { id status } } }";
    let send = async |method: &str| {
        let input = json!({ "apiRequestKey": "k", "paymentMethodId": method, "transaction": { "amount": "1.00" } });
        bench.server(query, json!({ "input": input })).await
    };
    let unknown = send("nobody").await;
    assert!(unknown.body.get("errors").is_some());
    let made = send(&method).await;
    let id = made.at("/data/authorizePaymentMethod/transaction/id");
    let void = "mutation V($id: ID!) { reverseTransaction(input: { transactionId: $id }) { clientMutationId } }";
    bench.server(void, json!({ "id": id })).await;
    let again = send(&method).await;
    assert_eq!(again.at("/data/authorizePaymentMethod/transaction/id"), id);
    assert_eq!(
        again.at("/data/authorizePaymentMethod/transaction/status"),
        "VOIDED"
    );
}

#[tokio::test]
async fn a_repeated_reversal_returns_the_voided_transaction() {
    let bench = Bench::start().await;
    let method = bench.vault_number("4111111111111111").await;
    let query = "mutation M($input: AuthorizePaymentMethodInput!) { authorizePaymentMethod(input: $input) { transaction { id } } }";
    let void = "mutation V($input: ReverseTransactionInput!) { reverseTransaction(input: $input) { reversal { ... on Transaction { id status } } } }";
    let authorize = async || {
        let input = json!({ "paymentMethodId": method, "transaction": { "amount": "1.00" } });
        let made = bench.server(query, json!({ "input": input })).await;
        made.at("/data/authorizePaymentMethod/transaction/id")
            .to_owned()
    };
    let (one, other) = (authorize().await, authorize().await);
    let reverse = async |id: &str, key: Option<&str>| {
        let input = json!({ "transactionId": id, "apiRequestKey": key });
        bench.server(void, json!({ "input": input })).await
    };
    for _ in 0..2 {
        let reversed = reverse(&one, Some("k")).await;
        let at = |name: &str| {
            reversed
                .at(&format!("/data/reverseTransaction/reversal/{name}"))
                .to_owned()
        };
        assert_eq!((at("id"), at("status")), (one.clone(), "VOIDED".to_owned()));
    }
    let without = reverse(&one, None).await;
    assert_eq!(without.at("/errors/0/extensions/legacyCode"), "91504");
    let mixed = reverse(&other, Some("k")).await;
    assert_eq!(
        mixed.at("/errors/0/extensions/errorClass"),
        "VALIDATION",
        "another transaction under the key"
    );
}
