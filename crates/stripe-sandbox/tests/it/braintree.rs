//! Tests of the Braintree model over HTTP: GraphQL, keys, client tokens, scripts and frames.

mod client_cards;
mod documents;
mod faults;
mod money;
mod origins;
mod request_keys;
mod sdk_xml;
mod tokens;
mod updates;
mod vault;

use crate::support::{ApiResponse, Bench, read};
use base64::Engine as _;
use serde_json::{Value, json};

/// Selects every field of a vaulted card that a test checks.
const VAULT: &str = "mutation V($input: VaultPaymentMethodInput!) { vaultPaymentMethod(input: $input) {
    clientMutationId verification { id status gatewayRejectionReason processorResponse { legacyCode message cvvResponse } }
    paymentMethod { id legacyId usage customer { id } details { __typename ... on CreditCardDetails {
        brandCode last4 bin expirationMonth expirationYear cardholderName billingAddress { postalCode } } } } } }";

const TOKENIZE: &str =
    "mutation T($input: TokenizeCreditCardInput!) { tokenizeCreditCard(input: $input) {
    token creditCard { bin brandCode last4 expirationYear } paymentMethod { id usage } } }";

const TRANSACT: &str = "id status amount { value currencyCode } orderId processorResponse { legacyCode message }
    paymentMethod { id } customer { id } statusHistory { status terminal ... on ProcessorDeclinedEvent { declineType }
    ... on GatewayRejectedEvent { gatewayRejectionReason } }";

fn basic(merchant: &str) -> String {
    let pair = format!("public_{merchant}:private_{merchant}");
    format!(
        "Basic {}",
        base64::engine::general_purpose::STANDARD.encode(pair)
    )
}

fn card(number: &str) -> Value {
    json!({ "input": { "creditCard": {
        "number": number, "expirationMonth": "12", "expirationYear": "2034", "cvv": if number.starts_with('3') && number.len() == 15 { "1234" } else { "123" },
        "cardholderName": "Ann Lee", "billingAddress": { "postalCode": "10115" },
    } } })
}

impl Bench {
    /// Sends a GraphQL document with an `Authorization` header.
    async fn graphql(&self, authorization: &str, query: &str, variables: Value) -> ApiResponse {
        let body = json!({ "query": query, "variables": variables });
        let request = self
            .http
            .post(&self.origins().braintree_graphql)
            .header("authorization", authorization)
            .header("braintree-version", "2019-01-01")
            .json(&body);
        read(request.send().await.unwrap()).await
    }

    /// Sends a GraphQL document with the key pair of the merchant `shop`.
    async fn server(&self, query: &str, variables: Value) -> ApiResponse {
        self.graphql(&basic("shop"), query, variables).await
    }

    /// Tokenizes a number with a tokenization key and returns the nonce.
    async fn nonce(&self, number: &str) -> String {
        let made = self
            .graphql("Bearer sandbox_key_shop", TOKENIZE, card(number))
            .await;
        assert!(made.body.get("errors").is_none(), "{:?}", made.body);
        made.at("/data/tokenizeCreditCard/paymentMethod/id")
            .to_owned()
    }

    async fn vault(&self, nonce: &str) -> ApiResponse {
        self.server(VAULT, json!({ "input": { "paymentMethodId": nonce } }))
            .await
    }

    /// Tokenizes and vaults a number; returns the global id of the payment method.
    async fn vault_number(&self, number: &str) -> String {
        let nonce = self.nonce(number).await;
        let made = self.vault(&nonce).await;
        made.at("/data/vaultPaymentMethod/paymentMethod/id")
            .to_owned()
    }
}

/// `(errorClass, legacyCode, inputPath)` of the first error.
fn refusal(answer: &ApiResponse) -> (&str, &str, String) {
    assert_eq!(answer.status, 200);
    let path = answer.body.pointer("/errors/0/extensions/inputPath");
    let parts: Vec<&str> = path
        .into_iter()
        .flat_map(|path| path.as_array().unwrap())
        .map(|part| part.as_str().unwrap())
        .collect();
    (
        answer.at("/errors/0/extensions/errorClass"),
        answer.at("/errors/0/extensions/legacyCode"),
        parts.join("."),
    )
}
