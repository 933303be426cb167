//! Braintree as a seller's test sees it: the browser's fields, the vault and the calls that it received.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Seller, unique_text};
use crate::support::Answer;

impl Seller<'_> {
    /// Enters a card into Braintree's fields; returns a nonce.
    pub async fn types(&self, number: &str) -> String {
        self.types_with(number, "123").await
    }

    pub async fn types_with(&self, number: &str, code: &str) -> String {
        let made = self.get_token().await;
        let token = STANDARD.decode(made).unwrap();
        let token: Value = serde_json::from_slice(&token).unwrap();
        let bearer = format!(
            "Bearer {}",
            token["authorizationFingerprint"].as_str().unwrap()
        );
        let query = "mutation($input: TokenizeCreditCardInput!) { tokenizeCreditCard(input: $input) { token } }";
        let code = if number.len() == 15 { "1234" } else { code };
        let input = json!({"creditCard": {
            "number": number, "expirationMonth": "11", "expirationYear": "2035", "cvv": code,
        }});
        let made = self.graphql(&bearer, query, json!({"input": input})).await;
        let token = made["data"]["tokenizeCreditCard"]["token"].as_str();
        token.unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    pub async fn get_token(&self) -> String {
        let path = self.path("/braintree_client_token");
        let made = self
            .post(&path, &json!({"request_id": unique_text()}))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        made.body["client_token"].as_str().unwrap().to_owned()
    }

    async fn graphql(&self, authorization: &str, query: &str, variables: Value) -> Value {
        let url = &self.world.sandbox.origins().braintree_graphql;
        let request = self
            .world
            .http
            .post(url)
            .header("authorization", authorization);
        let request = request.header("braintree-version", "2019-01-01");
        let body = json!({"query": query, "variables": variables});
        Answer::of(request.json(&body).send().await.unwrap())
            .await
            .body
    }

    /// Sends a GraphQL query with the merchant's API keys.
    pub async fn vault(&self, query: &str, variables: Value) -> Value {
        let pair = format!("public_{0}:private_{0}", self.name);
        let basic = format!("Basic {}", STANDARD.encode(pair));
        self.graphql(&basic, query, variables).await
    }

    /// The number of calls of a mutation that the gateway received.
    pub async fn calls(&self, mutation: &str) -> usize {
        let all = self.world.gateway_requests().await;
        let asked = format!("{{ {mutation}(");
        let of = |call: &&Value| {
            call["body"]
                .as_str()
                .is_some_and(|body| body.contains(&asked))
        };
        all.iter().filter(of).count()
    }

    /// The client's cards in the vault.
    pub async fn vaulted(&self) -> Vec<Value> {
        let db = self.world.database().await;
        let id: i64 = self.client.parse().unwrap();
        let customer: Option<String> =
            sqlx::query_scalar("SELECT customer_id FROM owners WHERE id = $1")
                .bind(id)
                .fetch_one(&db)
                .await
                .unwrap();
        let Some(customer) = customer else {
            return Vec::new();
        };
        let query = "query($id: ID!) { node(id: $id) { ... on Customer { paymentMethods(first: 50) { edges { node {
            id details { ... on CreditCardDetails { last4 expirationYear cardholderName billingAddress { postalCode } } } } } } } } }";
        let found = self.vault(query, json!({"id": customer})).await;
        let edges = found["data"]["node"]["paymentMethods"]["edges"].as_array();
        edges.unwrap_or_else(|| panic!("{found}")).clone()
    }

    /// The status of every verification authorization, newest first.
    pub async fn authorizations(&self) -> Vec<String> {
        let query = "query($input: TransactionSearchInput!) { search { transactions(input: $input, first: 50) {
            edges { node { status } } } } }";
        let input = json!({"input": {"orderId": {"startsWith": "hold-"}}});
        let found = self.vault(query, input).await;
        let edges = found["data"]["search"]["transactions"]["edges"].as_array();
        let edges = edges.unwrap_or_else(|| panic!("{found}")).iter();
        let status = |edge: &Value| edge["node"]["status"].as_str().unwrap().to_owned();
        edges.map(status).collect()
    }
}
