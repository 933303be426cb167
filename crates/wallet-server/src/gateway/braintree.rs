//! The client of Braintree's vault, over GraphQL.
//!
//! Called by the wallet and the outbox for accounts that store their cards at Braintree. A mutation of a
//! transaction is repeated under its `apiRequestKey`. The vault's mutations take none: they must never be repeated unless
//! the input makes them happen once, as a nonce does, and otherwise the vault is read (see [`Vault::cards_of`]). A card
//! number passes through [`Vault::tokenize`]; our own copies of it are overwritten, the buffers of HTTP and TLS are
//! not. See <https://developer.paypal.com/braintree/graphql/reference/>.

mod authorization;
mod documents;
mod error;
mod http;
mod lookup;
mod request_key;
mod tokenize;
mod update_card;

use std::net::Ipv4Addr;
use std::time::Instant;

use card_entry_protocol::dialect::ticket_evolution::create::RawCard;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::metrics::graphql_operation;
use super::{CustomerProfile, GatewayError};
use crate::config::{Account, Provider};
pub(crate) use http::API_VERSION;
pub use http::BraintreeApi;
pub use lookup::{ListedVaultCard, StoredCard};
use tokenize::tokenize_body;
pub use update_card::VaultCardUpdate;

/// A card in the vault, as the vault describes it.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultCard {
    /// The id of the payment method.
    pub id: String,
    pub details: VaultCardDetails,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaultCardDetails {
    /// `VISA`, `AMERICAN_EXPRESS`, …
    pub brand_code: String,
    pub last4: String,
    pub expiration_month: String,
    pub expiration_year: String,
    #[serde(default)]
    pub cardholder_name: Option<String>,
    /// The same for every copy of one card.
    #[serde(default)]
    pub unique_number_identifier: Option<String>,
    #[serde(default)]
    pub bin_data: Option<BinData>,
}

/// What is known of the range of a card number: `YES`, `NO`, or another text if it is not known.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BinData {
    pub debit: Option<String>,
    pub prepaid: Option<String>,
}

impl BinData {
    /// The funding, as Stripe spells it.
    pub fn funding(&self) -> &'static str {
        let is = |value: &Option<String>, text| value.as_deref() == Some(text);
        if is(&self.prepaid, "YES") {
            "prepaid"
        } else if is(&self.debit, "YES") {
            "debit"
        } else if is(&self.debit, "NO") && is(&self.prepaid, "NO") {
            "credit"
        } else {
            "unknown"
        }
    }
}

/// The billing address of a card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct BillingAddress {
    #[serde(rename = "streetAddress")]
    pub street: Option<String>,
    #[serde(rename = "extendedAddress")]
    pub extended: Option<String>,
    pub locality: Option<String>,
    pub region: Option<String>,
    #[serde(rename = "postalCode")]
    pub postal_code: Option<String>,
    /// Two letters. It is sent to the vault, and never read from it.
    #[serde(skip)]
    pub country: Option<String>,
}

impl BillingAddress {
    fn to_json(&self) -> Value {
        let mut map = serde_json::Map::new();
        for (name, value) in [
            ("streetAddress", &self.street),
            ("extendedAddress", &self.extended),
            ("locality", &self.locality),
            ("region", &self.region),
            ("postalCode", &self.postal_code),
            ("countryCodeAlpha2", &self.country),
        ] {
            if let Some(value) = value {
                map.insert(name.to_owned(), value.as_str().into());
            }
        }
        Value::Object(map)
    }
}

/// The vault of one account.
#[derive(Debug, Clone, Copy)]
pub struct Vault<'a> {
    http: &'a BraintreeApi,
    account: &'a Account,
    merchant_account: Option<&'a str>,
    public_key: &'a str,
}

#[derive(Deserialize)]
struct CreatedCustomer {
    id: String,
}

impl BraintreeApi {
    /// The vault of an account. Fails if the account stores its cards at Stripe.
    pub fn for_account<'a>(&'a self, account: &'a Account) -> Result<Vault<'a>, GatewayError> {
        match &account.provider {
            Provider::Braintree {
                public_key,
                merchant_account,
            } => Ok(Vault {
                http: self,
                account,
                merchant_account: merchant_account.as_deref(),
                public_key,
            }),
            Provider::Stripe => Err(GatewayError::Internal(
                "the account stores its cards at Stripe".to_owned(),
            )),
        }
    }
}

/// Deserializes what is at `path`, a JSON pointer, in a response's data.
fn deserialize_at<T: serde::de::DeserializeOwned>(
    data: &Value,
    path: &str,
) -> Result<T, GatewayError> {
    let found = data.pointer(path).cloned().unwrap_or_default();
    serde_json::from_value(found)
        .map_err(|e| GatewayError::MalformedResponse(format!("{:?}", e.classify())))
}

impl Vault<'_> {
    /// Sends a document and deserializes what is at `path`, a JSON pointer, in its data.
    async fn query<T: serde::de::DeserializeOwned>(
        &self,
        document: &'static str,
        input: Value,
        path: &str,
    ) -> Result<T, GatewayError> {
        deserialize_at(&self.send(document, input).await?, path)
    }

    async fn send(&self, document: &'static str, input: Value) -> Result<Value, GatewayError> {
        let body = json!({"query": document, "variables": {"input": input}});
        self.call(document, Zeroizing::new(body.to_string())).await
    }

    /// Sends the body of a document. `document` names the operation in the metrics.
    async fn call(
        &self,
        document: &'static str,
        body: Zeroizing<String>,
    ) -> Result<Value, GatewayError> {
        let private_key = self.account.secret_key.reveal();
        let started = Instant::now();
        let result = self.http.call(self.public_key, private_key, body).await;
        let metrics = self.http.metrics();
        metrics.count(graphql_operation(document), &result, started.elapsed());
        result
    }

    /// Creates a customer, and returns its id.
    pub async fn create_customer(&self, profile: &CustomerProfile) -> Result<String, GatewayError> {
        let path = "/createCustomer/customer";
        let created: CreatedCustomer = self
            .query(documents::CREATE_CUSTOMER, profile.braintree_input(), path)
            .await?;
        Ok(created.id)
    }

    /// Deletes a customer who has no card any more.
    pub async fn delete_customer(&self, id: &str) -> Result<(), GatewayError> {
        let input = json!({"customerId": id});
        self.send(documents::DELETE_CUSTOMER, input).await.map(drop)
    }

    /// Creates a client token. It must never be stored.
    pub async fn create_client_token(&self) -> Result<String, GatewayError> {
        let token = json!({"merchantAccountId": self.merchant_account});
        let path = "/createClientToken/clientToken";
        self.query(
            documents::CREATE_CLIENT_TOKEN,
            json!({"clientToken": token}),
            path,
        )
        .await
    }

    /// Sends a card number to Braintree, and returns a nonce for it.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if it is not the number of a card.
    pub async fn tokenize(&self, card: &RawCard, name: &str) -> Result<String, GatewayError> {
        let data = self
            .call(documents::TOKENIZE, tokenize_body(card, name))
            .await?;
        let token = data.pointer("/tokenizeCreditCard/paymentMethod/id");
        let token = token.and_then(Value::as_str).map(str::to_owned);
        token.ok_or_else(|| GatewayError::MalformedResponse("no token".to_owned()))
    }

    /// Vaults the card of a nonce for a customer, after the issuer has verified it with its security code. `ip` is the
    /// person's address, for the processor's risk analysis.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the issuer declines; [`GatewayError::NotFound`] if the nonce is used or unknown.
    pub async fn vault_card(
        &self,
        nonce: &str,
        customer: &str,
        billing: &BillingAddress,
        ip: Option<Ipv4Addr>,
    ) -> Result<VaultCard, GatewayError> {
        let mut input = json!({
            "paymentMethodId": nonce, "customerId": customer, "billingAddress": billing.to_json(),
            "verification": {"merchantAccountId": self.merchant_account},
        });
        if let (Some(ip), Some(input)) = (ip, input.as_object_mut()) {
            input.insert("riskData".to_owned(), json!({"customerIp": ip.to_string()}));
        }
        let path = "/vaultCreditCard/paymentMethod";
        self.query(documents::VAULT_CARD, input, path).await
    }

    /// Deletes a card from the vault.
    pub async fn delete(&self, id: &str) -> Result<(), GatewayError> {
        let input = json!({"paymentMethodId": id});
        self.send(documents::DELETE, input).await.map(drop)
    }
}
