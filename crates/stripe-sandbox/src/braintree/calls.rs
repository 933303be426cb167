//! What each field of `Query` and `Mutation` does. Called by [`super::endpoint`], one field after the other.

mod browser;
mod customers;
mod lookup;
mod money;
mod tokenize;
mod update;
mod vault;
mod verify;

use super::authorization::{Caller, Rights};
use super::graphql::project::search;
use super::graphql::{Asked, ErrorClass, GraphError};
use super::merchant::Merchant;
use crate::origins::Origins;
use serde_json::{Map, Value};

pub use browser::issue;
pub use tokenize::tokenize as tokenize_card;

/// What a browser's authorization reaches.
const FOR_BROWSERS: &[&str] = &["ping", "clientConfiguration", "tokenizeCreditCard"];

pub struct Desk<'a> {
    pub merchant: &'a mut Merchant,
    pub caller: &'a Caller,
    pub origins: &'a Origins,
    /// What went wrong although there is an answer: a card that was not stored, and why.
    pub partial: Vec<GraphError>,
}

/// What a call gives: an object that may hold references, or a refusal.
pub type Outcome = Result<Value, GraphError>;

impl Desk<'_> {
    /// Carries out one field.
    ///
    /// # Errors
    /// What the caller may not do, or what is wrong with the input.
    pub fn carry_out(&mut self, asked: &Asked) -> Outcome {
        if self.caller.rights != Rights::Server && !FOR_BROWSERS.contains(&asked.name.as_str()) {
            return Err(GraphError::of(
                ErrorClass::Authorization,
                "The credentials do not allow this operation.",
            ));
        }
        let none = Map::new();
        let input = asked
            .args
            .get("input")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let mut made = match asked.name.as_str() {
            "ping" => return Ok("pong".into()),
            "node" => return Ok(lookup::node(&asked.args)),
            "idFromLegacyId" => return lookup::global_id(self, &asked.args),
            "search" => return Ok(search()),
            "clientConfiguration" => return Ok(browser::configuration(self)),
            "createClientToken" => browser::create_client_token(self, input),
            "tokenizeCreditCard" => tokenize::tokenize(self, input),
            "vaultPaymentMethod" | "vaultCreditCard" => vault::vault(self, input),
            "deletePaymentMethodFromVault" => vault::delete(self, input),
            "verifyPaymentMethod" | "verifyCreditCard" => verify::verify(self, input),
            "updateCreditCardBillingAddress" => update::billing_address(self, input),
            "updateCreditCardCardholderName" => update::holder(self, input),
            "updateCreditCardExpirationDate" => update::date(self, input),
            "authorizePaymentMethod" | "authorizeCreditCard" => money::transact(self, input, false),
            "chargePaymentMethod" | "chargeCreditCard" => money::transact(self, input, true),
            "captureTransaction" => money::capture(self, input),
            "reverseTransaction" => money::reverse(self, input),
            "createCustomer" => customers::create(self, input),
            "updateCustomer" => customers::update(self, input),
            "deleteCustomer" => customers::delete(self, input),
            other => Err(GraphError::of(
                ErrorClass::Internal,
                &format!("{other} is in the schema and nowhere else"),
            )),
        }?;
        if let (Some(id), Some(made)) = (input.get("clientMutationId"), made.as_object_mut()) {
            made.insert("clientMutationId".to_owned(), id.clone());
        }
        Ok(made)
    }
}

/// The text `name` of an input.
fn text<'i>(input: &'i Map<String, Value>, name: &str) -> Option<&'i str> {
    input.get(name)?.as_str()
}

/// The object `name` of an input; an empty one when it was not sent.
fn part(input: &Map<String, Value>, name: &str) -> Map<String, Value> {
    input
        .get(name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn flag(input: &Map<String, Value>, name: &str) -> bool {
    input.get(name).and_then(Value::as_bool).unwrap_or_default()
}

/// What is named is not there, or not of this merchant.
fn missing(input_path: &[&'static str]) -> GraphError {
    GraphError::of(
        ErrorClass::NotFound,
        "An object with this ID was not found.",
    )
    .at_input(input_path)
}
