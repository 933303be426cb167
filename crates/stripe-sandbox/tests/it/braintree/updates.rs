//! Updates of vaulted cards: date, address, name.

use super::refusal;
use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn an_update_verifies_the_card_again() {
    let bench = Bench::start().await;
    let id = bench.vault_number("4111111111111111").await;
    let date = "mutation ($id: ID!, $year: Year) { updateCreditCardExpirationDate(input: { paymentMethodId: $id, expirationMonth: \"1\", expirationYear: $year }) {
        verification { status } paymentMethod { details { ... on CreditCardDetails { expirationMonth expirationYear } }
        verifications { edges { node { status } } } } } }";
    let changed = bench
        .server(date, json!({ "id": id, "year": "2040" }))
        .await;
    let shown = &changed.body["data"]["updateCreditCardExpirationDate"];
    assert_eq!(
        shown["paymentMethod"]["details"],
        json!({ "expirationMonth": "01", "expirationYear": "2040" })
    );
    assert_eq!(
        shown["paymentMethod"]["verifications"]["edges"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let over = bench
        .server(date, json!({ "id": id, "year": "2001" }))
        .await;
    assert_eq!(refusal(&over).1, "81713");
    let address = "mutation ($id: ID!) { updateCreditCardBillingAddress(input: { paymentMethodId: $id,
        billingAddress: { addressLine1: \"1 Way\", adminArea2: \"Bergen\", countryCode: \"NOR\" }, verification: { skip: true } }) {
        billingAddress { streetAddress locality countryCode } verification { status } } }";
    let moved = bench.server(address, json!({ "id": id })).await;
    let wanted = json!({ "streetAddress": "1 Way", "locality": "Bergen", "countryCode": "NOR" });
    assert_eq!(
        moved.body["data"]["updateCreditCardBillingAddress"]["billingAddress"],
        wanted
    );
    let name = "mutation ($id: ID!) { updateCreditCardCardholderName(input: { paymentMethodId: $id, cardholderName: \"Bo\" }) {
        paymentMethod { details { ... on CreditCardDetails { cardholderName } } } } }";
    let named = bench.server(name, json!({ "id": id })).await;
    assert_eq!(
        named.at("/data/updateCreditCardCardholderName/paymentMethod/details/cardholderName"),
        "Bo"
    );
}
