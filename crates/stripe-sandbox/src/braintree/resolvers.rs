//! Resolvers: one function per root field of `Query` and `Mutation`. [`super::endpoint`] calls them in document order.

mod client_token;
mod customers;
mod node;
mod tokenize;
mod transactions;
mod update;
mod vault;
mod verify;

use super::authorization::{BraintreeCaller, Rights};
use super::graphql::project::search;
use super::graphql::{ErrorClass, GraphError, SelectedField};
use super::merchant::Merchant;
use crate::origins::Origins;
use serde_json::{Map, Value};
use transactions::Intent;

pub use client_token::issue_client_token;
pub use tokenize::tokenize as tokenize_credit_card;

/// Root fields that a client token or a tokenization key may use.
const BROWSER_FIELDS: &[&str] = &["ping", "clientConfiguration", "tokenizeCreditCard"];

pub struct ResolverContext<'a> {
    pub merchant: &'a mut Merchant,
    pub caller: &'a BraintreeCaller,
    pub origins: &'a Origins,
    /// Errors beside data: the reason why a card was not stored.
    pub partial: Vec<GraphError>,
}

/// An object that may hold references to other objects, or an error.
pub type ResolverResult = Result<Value, GraphError>;

impl ResolverContext<'_> {
    /// Resolves one root field.
    ///
    /// # Errors
    /// `AUTHORIZATION` when the caller may not use the field; otherwise the resolver's own error.
    pub fn resolve(&mut self, field: &SelectedField) -> ResolverResult {
        if self.caller.rights != Rights::Server && !BROWSER_FIELDS.contains(&field.name.as_str()) {
            return Err(GraphError::of(
                ErrorClass::Authorization,
                "The credentials do not allow this operation.",
            ));
        }
        let none = Map::new();
        let input = field
            .args
            .get("input")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let mut payload = match field.name.as_str() {
            "ping" => return Ok("pong".into()),
            "node" => return Ok(node::node(&field.args)),
            "idFromLegacyId" => return node::global_id(self, &field.args),
            "search" => return Ok(search()),
            "clientConfiguration" => return Ok(client_token::configuration(self)),
            "createClientToken" => client_token::create_client_token(self, input),
            "tokenizeCreditCard" => tokenize::tokenize(self, input),
            "vaultPaymentMethod" | "vaultCreditCard" => vault::vault(self, input),
            "deletePaymentMethodFromVault" => vault::delete(self, input),
            "verifyPaymentMethod" | "verifyCreditCard" => verify::verify(self, input),
            "updateCreditCardBillingAddress" => update::billing_address(self, input),
            "updateCreditCardCardholderName" => update::cardholder_name(self, input),
            "updateCreditCardExpirationDate" => update::expiration_date(self, input),
            "authorizePaymentMethod" | "authorizeCreditCard" => {
                transactions::create(self, input, Intent::Authorize)
            }
            "chargePaymentMethod" | "chargeCreditCard" => {
                transactions::create(self, input, Intent::Charge)
            }
            "captureTransaction" => transactions::capture(self, input),
            "reverseTransaction" => transactions::reverse(self, input),
            "createCustomer" => customers::create(self, input),
            "updateCustomer" => customers::update(self, input),
            "deleteCustomer" => customers::delete(self, input),
            other => Err(GraphError::of(
                ErrorClass::Internal,
                &format!("{other} is in the schema but has no resolver"),
            )),
        }?;
        if let (Some(id), Some(payload)) = (input.get("clientMutationId"), payload.as_object_mut())
        {
            payload.insert("clientMutationId".to_owned(), id.clone());
        }
        Ok(payload)
    }
}

/// The string member `name` of an input.
fn text<'i>(input: &'i Map<String, Value>, name: &str) -> Option<&'i str> {
    input.get(name)?.as_str()
}

/// The object member `name` of an input; empty when it was not sent.
fn object(input: &Map<String, Value>, name: &str) -> Map<String, Value> {
    input
        .get(name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn flag(input: &Map<String, Value>, name: &str) -> bool {
    input.get(name).and_then(Value::as_bool).unwrap_or_default()
}

/// `NOT_FOUND`: the object does not exist, or belongs to another merchant.
fn not_found(input_path: &[&'static str]) -> GraphError {
    GraphError::of(
        ErrorClass::NotFound,
        "An object with this ID was not found.",
    )
    .at_input(input_path)
}
