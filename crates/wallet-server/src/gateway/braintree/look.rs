//! Looking into the vault: what it keeps for a customer.

use serde::Deserialize;
use serde_json::{Value, json};

use super::document as ask;
use super::{Billing, GatewayError, Vault};

/// A card the vault keeps, as far as the wallet has the same of it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The payment method's id.
    pub id: String,
    /// Month and year; none of what is no card.
    pub expiry: Option<(u16, u16)>,
    /// Who holds it.
    pub name: Option<String>,
    /// Where its bills go, without the country.
    pub billing: Billing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Details {
    expiration_month: Option<String>,
    expiration_year: Option<String>,
    cardholder_name: Option<String>,
    billing_address: Option<Billing>,
}

impl Vault<'_> {
    /// All that the vault keeps for a customer.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn cards_of(&self, customer: &str) -> Result<Vec<Found>, GatewayError> {
        let data = self.send(ask::CARDS_OF, json!(customer)).await?;
        let edges = data.pointer("/node/paymentMethods/edges");
        let edges = edges.and_then(Value::as_array).into_iter().flatten();
        Ok(edges.filter_map(found).collect())
    }
}

fn found(edge: &Value) -> Option<Found> {
    let id = edge.pointer("/node/id")?.as_str()?.to_owned();
    let details = edge.pointer("/node/details").cloned().unwrap_or_default();
    // What it is beside a card is of no use here; that it is there is.
    let details: Details = serde_json::from_value(details).unwrap_or_default();
    let number = |text: Option<String>| text?.parse::<u16>().ok();
    let expiry = number(details.expiration_month).zip(number(details.expiration_year));
    Some(Found {
        id,
        expiry,
        name: details.cardholder_name,
        billing: details.billing_address.unwrap_or_default(),
    })
}
