//! `apiRequestKey`: money moves at most once under a key.

use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn a_transaction_is_made_once_under_a_key() {
    let bench = Bench::start().await;
    let method = bench.vaulted("4111111111111111").await;
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
        let ask = async |key: Option<&str>, amount: &str, mutation: &str| {
            let mut input = json!({
                "clientMutationId": mutation, "paymentMethodId": method, "transaction": { "amount": amount },
            });
            if let Some(key) = key {
                input["apiRequestKey"] = json!(key);
            }
            bench.server(&query, json!({ "input": input })).await
        };
        let id = format!("/data/{call}/transaction/id");
        let first = ask(Some(call), "1.00", "a").await;
        assert!(!first.at(&id).is_empty(), "{:?}", first.body);
        let again = ask(Some(call), "1.00", "b").await;
        assert_eq!(again.at(&id), first.at(&id), "{call}");
        assert_eq!(again.at(&format!("/data/{call}/clientMutationId")), "b");
        let other = ask(Some(call), "2.00", "a").await;
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
            ask(None, "1.00", "a").await.at(&id),
            ask(None, "1.00", "a").await.at(&id)
        );
    }
}

#[tokio::test]
async fn a_repeat_shows_the_transaction_as_it_now_is_and_what_made_none_leaves_the_key_free() {
    let bench = Bench::start().await;
    let method = bench.vaulted("4111111111111111").await;
    let query = "mutation M($input: AuthorizePaymentMethodInput!) { authorizePaymentMethod(input: $input) { transaction { id status } } }";
    let ask = async |method: &str| {
        let input = json!({ "apiRequestKey": "k", "paymentMethodId": method, "transaction": { "amount": "1.00" } });
        bench.server(query, json!({ "input": input })).await
    };
    let nobody = ask("nobody").await;
    assert!(nobody.body.get("errors").is_some());
    let made = ask(&method).await;
    let id = made.at("/data/authorizePaymentMethod/transaction/id");
    let void = "mutation V($id: ID!) { reverseTransaction(input: { transactionId: $id }) { clientMutationId } }";
    bench.server(void, json!({ "id": id })).await;
    let again = ask(&method).await;
    assert_eq!(again.at("/data/authorizePaymentMethod/transaction/id"), id);
    assert_eq!(
        again.at("/data/authorizePaymentMethod/transaction/status"),
        "VOIDED"
    );
}
