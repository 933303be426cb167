//! Reads from the vault: the cards of a customer, and the card of a reusable token. It must never change the vault.

use serde::Deserialize;
use serde_json::{Value, json};

use super::documents;
use super::{BillingAddress, GatewayError, Vault, VaultCard};

/// A card in the vault, with the fields that the wallet stores too.
#[derive(Debug, Clone)]
pub struct ListedVaultCard {
    /// The id of the payment method.
    pub id: String,
    /// Month and year; `None` if the payment method is not a card.
    pub expiry: Option<(u16, u16)>,
    pub name: Option<String>,
    /// The billing address, without the country.
    pub billing: BillingAddress,
}

/// A card that is in the vault already, with its customer.
#[derive(Debug, Clone)]
pub struct StoredCard {
    pub card: VaultCard,
    pub customer: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ListedCardDetails {
    expiration_month: Option<String>,
    expiration_year: Option<String>,
    cardholder_name: Option<String>,
    billing_address: Option<BillingAddress>,
}

impl Vault<'_> {
    /// All payment methods of a customer in the vault.
    pub async fn cards_of(&self, customer: &str) -> Result<Vec<ListedVaultCard>, GatewayError> {
        let data = self.send(documents::CARDS_OF, json!(customer)).await?;
        let edges = data.pointer("/node/paymentMethods/edges");
        let edges = edges.and_then(Value::as_array).into_iter().flatten();
        Ok(edges.filter_map(listed_card).collect())
    }

    /// The card of a reusable token, given as its GraphQL id or as the legacy token of Braintree's older SDKs. `None`
    /// when there is none, or when it is not a card, not reusable or without a customer.
    pub async fn stored_card(&self, token: &str) -> Result<Option<StoredCard>, GatewayError> {
        if let Some(found) = self.stored_card_by_id(token).await? {
            return Ok(Some(found));
        }
        let id = match self.send(documents::GLOBAL_ID, json!(token)).await {
            Ok(data) => data
                .get("idFromLegacyId")
                .and_then(Value::as_str)
                .map(str::to_owned),
            Err(GatewayError::NotFound) => None,
            Err(error) => return Err(error),
        };
        match id {
            Some(id) => self.stored_card_by_id(&id).await,
            None => Ok(None),
        }
    }

    async fn stored_card_by_id(&self, id: &str) -> Result<Option<StoredCard>, GatewayError> {
        match self.send(documents::STORED_CARD, json!(id)).await {
            Ok(data) => Ok(data.get("node").and_then(stored_card)),
            Err(GatewayError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn stored_card(node: &Value) -> Option<StoredCard> {
    if node.get("usage")?.as_str()? != "MULTI_USE" {
        return None;
    }
    Some(StoredCard {
        card: VaultCard::deserialize(node).ok()?,
        customer: node.pointer("/customer/id")?.as_str()?.to_owned(),
    })
}

fn listed_card(edge: &Value) -> Option<ListedVaultCard> {
    let id = edge.pointer("/node/id")?.as_str()?.to_owned();
    let details = edge.pointer("/node/details").cloned().unwrap_or_default();
    // A payment method of another type is listed too, so that it can be deleted.
    let details: ListedCardDetails = serde_json::from_value(details).unwrap_or_default();
    let number = |text: Option<String>| text?.parse::<u16>().ok();
    let expiry = number(details.expiration_month).zip(number(details.expiration_year));
    Some(ListedVaultCard {
        id,
        expiry,
        name: details.cardholder_name,
        billing: details.billing_address.unwrap_or_default(),
    })
}
