//! The GraphQL engine: selection, validation and errors.

use super::{VAULT, basic, card, refusal};
use crate::support::{Bench, read};
use serde_json::json;

#[tokio::test]
async fn a_response_holds_only_the_selected_fields() {
    let bench = Bench::start().await;
    let pong = bench.server("{ ping }", json!({})).await;
    assert_eq!(pong.body["data"], json!({ "ping": "pong" }));
    assert!(!pong.at("/extensions/requestId").is_empty());
    let made = bench
        .server(
            "mutation ($name: String) { made: createCustomer(input: { clientMutationId: \"m1\", customer: { firstName: $name } }) {
               clientMutationId customer { ...Names __typename } } }
             fragment Names on Customer { firstName last: lastName }",
            json!({ "name": "Ann" }),
        )
        .await;
    let wanted = json!({ "made": { "clientMutationId": "m1", "customer": {
        "firstName": "Ann", "last": null, "__typename": "Customer" } } });
    assert_eq!(made.body["data"], wanted);
}

#[tokio::test]
async fn fragments_and_directives_select_fields() {
    let bench = Bench::start().await;
    let id = bench.vault_number("4111111111111111").await;
    let query = "query ($id: ID!, $more: Boolean!) { node(id: $id) { id
        ... on PaymentMethod { usage details { ... on CreditCardDetails { last4 brandCode @include(if: $more) }
                               ... on VenmoAccountDetails { username } } }
        ... on PaymentMethod { details { ... on CreditCardDetails { bin } } }
        ... on Customer { email } } }";
    let shown = bench
        .server(query, json!({ "id": id, "more": false }))
        .await;
    let wanted =
        json!({ "id": id, "usage": "MULTI_USE", "details": { "last4": "1111", "bin": "411111" } });
    assert_eq!(shown.body["data"]["node"], wanted);
    let unknown = bench
        .server(query, json!({ "id": "nobody", "more": true }))
        .await;
    assert_eq!(
        (&unknown.body["data"]["node"], unknown.body.get("errors")),
        (&json!(null), None)
    );
}

#[tokio::test]
async fn invalid_documents_are_refused_before_execution() {
    let bench = Bench::start().await;
    for (query, variables, words) in [
        ("{ ping", json!({}), "Invalid Syntax"),
        (
            "{ pong }",
            json!({}),
            "The sandbox does not model the field 'pong' of the type 'Query'. Where Braintree does not know it either, it says: \
             Validation error of type FieldUndefined: Field 'pong' in type 'Query' is undefined",
        ),
        ("{ ping { loud } }", json!({}), "Sub selection not allowed"),
        ("{ node(id: \"x\") }", json!({}), "Sub selection required"),
        ("{ node { id } }", json!({}), "Missing field argument id"),
        (
            "{ node(id: \"x\", deep: true) { id } }",
            json!({}),
            "Unknown field argument deep",
        ),
        (
            "{ node(id: $id) { id } }",
            json!({}),
            "Undefined variable id",
        ),
        (
            "query ($id: ID!) { ping }",
            json!({ "id": "x" }),
            "Unused variable id",
        ),
        (
            "query ($id: ID!) { node(id: $id) { id } }",
            json!({}),
            "Variable 'id' has coerced Null value",
        ),
        (
            "query ($id: Int!) { node(id: $id) { id } }",
            json!({ "id": 1 }),
            "does not match the type 'ID!'",
        ),
        (
            "query ($id: Nonsense) { node(id: $id) { id } }",
            json!({}),
            "Unknown type Nonsense",
        ),
        (
            "{ node(id: \"x\") { ...Gone } }",
            json!({}),
            "Undefined fragment Gone",
        ),
        (
            "{ node(id: \"x\") { ... on MonetaryAmount { value } } }",
            json!({}),
            "can never be of type",
        ),
        (
            "{ node(id: \"x\") { ...A } } fragment A on Node { ...A }",
            json!({}),
            "contains itself",
        ),
        ("{ a: ping a: __typename }", json!({}), "different fields"),
        (
            "{ ping @loud(if: true) }",
            json!({}),
            "Unknown directive loud",
        ),
        ("subscription { ping }", json!({}), "Must provide operation"),
        (
            VAULT,
            json!({ "input": { "paymentMethodId": "x", "colour": 1 } }),
            "field name 'colour' that is not defined",
        ),
        (
            VAULT,
            json!({ "input": { "customerId": "x" } }),
            "Field 'paymentMethodId' has coerced Null value for NonNull type 'ID!'",
        ),
        (
            VAULT,
            json!({ "input": { "paymentMethodId": "x", "makeDefault": "yes" } }),
            "Field 'makeDefault' is no value",
        ),
    ] {
        let refused = bench.server(query, variables).await;
        assert!(
            refused.at("/errors/0/message").contains(words),
            "{query}: {:?}",
            refused.body
        );
        assert!(refused.body.get("data").is_none(), "{query}");
        assert!(
            refused.body["errors"][0].get("extensions").is_none(),
            "{query}"
        );
    }
}

#[tokio::test]
async fn no_error_repeats_a_card_number() {
    let bench = Bench::start().await;
    let number = "4242424242424242";
    let spellings = [
        format!("mutation {{ tokenizeCreditCard(input: {{ creditCard: {{ number: {number} ) }}"),
        format!(
            "mutation {{ tokenizeCreditCard(input: {{ creditCard: \"{number}\" }}) {{ token }} }}"
        ),
    ];
    for query in spellings {
        let refused = bench.server(&query, json!({})).await;
        assert!(refused.body.get("errors").is_some());
        assert!(
            !refused.body.to_string().contains(number),
            "{:?}",
            refused.body
        );
    }
    let refused = bench
        .graphql("Bearer sandbox_key_shop", super::TOKENIZE, card(number))
        .await;
    assert_eq!(
        refusal(&refused),
        ("VALIDATION", "81717", "input.creditCard.number".to_owned())
    );
    assert!(!refused.body.to_string().contains(number));
}

#[tokio::test]
async fn one_document_may_hold_several_operations_and_fields() {
    let bench = Bench::start().await;
    let body = json!({
        "query": "query A { ping } mutation B { one: createCustomer { customer { id } } bad: deleteCustomer(input: { customerId: \"x\" }) { clientMutationId } }",
        "operationName": "B",
    });
    let request = bench
        .http
        .post(&bench.origins().braintree_graphql)
        .header("authorization", basic("shop"))
        .header("braintree-version", "2024-08-01")
        .json(&body);
    let both = read(request.send().await.unwrap()).await;
    assert!(!both.at("/data/one/customer/id").is_empty());
    assert_eq!(both.body["data"]["bad"], json!(null));
    assert_eq!(both.body["errors"][0]["path"], json!(["bad"]));
    assert_eq!(
        refusal(&both),
        ("NOT_FOUND", "", "input.customerId".to_owned())
    );
}
