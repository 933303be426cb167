//! Braintree's vault, spoken through a few GraphQL calls.
//!
//! Called by the wallet and the outbox for accounts whose cards Braintree keeps. A mutation is never sent twice: GraphQL
//! has no idempotency keys, so an answer that was lost is cleared up by looking (see [`Vault::cards_of`]). A card number
//! passes through [`Vault::tokenize`]; our own copies of it are overwritten, what HTTP and TLS hold on its way is theirs.
//! See <https://developer.paypal.com/braintree/graphql/reference/>.

mod authorization;
mod document;
mod error;
mod http;
mod look;
mod tokenize;
mod update_card;

use std::net::Ipv4Addr;

use card_entry_protocol::dialect::ticket_evolution::create::RawCard;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::GatewayError;
use crate::config::{Account, Provider};
use document as documents;
pub use http::BraintreeClient;
pub use look::{ListedVaultCard, StoredCard};
use tokenize::tokenize_body;
pub use update_card::VaultCardUpdate;

/// A card in the vault, as the vault describes it.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultCard {
    /// The payment method's id.
    pub id: String,
    /// The card.
    pub details: VaultCardDetails,
}

/// The facts of a card in the vault.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaultCardDetails {
    /// `VISA`, `AMERICAN_EXPRESS`, …
    pub brand_code: String,
    /// Four digits.
    pub last4: String,
    /// Two digits.
    pub expiration_month: String,
    /// Four digits.
    pub expiration_year: String,
    /// Who holds it.
    #[serde(default)]
    pub cardholder_name: Option<String>,
    /// The same for every copy of one card.
    #[serde(default)]
    pub unique_number_identifier: Option<String>,
    /// How its number's range is funded.
    #[serde(default)]
    pub bin_data: Option<BinData>,
}

/// What is known of a number's range: `YES`, `NO`, or a word that says neither.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BinData {
    /// Whether it is a debit card.
    pub debit: Option<String>,
    /// Whether it is a prepaid card.
    pub prepaid: Option<String>,
}

impl BinData {
    /// The funding, as Stripe spells it.
    #[must_use]
    pub fn funding(&self) -> &'static str {
        let says = |value: &Option<String>, word| value.as_deref() == Some(word);
        if says(&self.prepaid, "YES") {
            "prepaid"
        } else if says(&self.debit, "YES") {
            "debit"
        } else if says(&self.debit, "NO") && says(&self.prepaid, "NO") {
            "credit"
        } else {
            "unknown"
        }
    }
}

/// Where a card's bills go, as the vault is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct BillingAddress {
    /// First line.
    #[serde(rename = "streetAddress")]
    pub street: Option<String>,
    /// Second line.
    #[serde(rename = "extendedAddress")]
    pub extended: Option<String>,
    /// The town.
    pub locality: Option<String>,
    /// The state.
    pub region: Option<String>,
    /// The postal code.
    #[serde(rename = "postalCode")]
    pub postal_code: Option<String>,
    /// Two letters; told, and not read back.
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

/// Braintree with one account's keys.
#[derive(Debug, Clone, Copy)]
pub struct Vault<'a> {
    http: &'a BraintreeClient,
    account: &'a Account,
    merchant_account: Option<&'a str>,
    public_key: &'a str,
}

#[derive(Deserialize)]
struct CreatedCustomer {
    id: String,
}

impl BraintreeClient {
    /// The vault of an account.
    ///
    /// # Errors
    /// [`GatewayError::Internal`] when its cards are not Braintree's.
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
                "its cards are not Braintree's".to_owned(),
            )),
        }
    }
}

impl Vault<'_> {
    /// Sends a document whose only field is `field`, and reads what is at `path` in its answer.
    async fn query<T: serde::de::DeserializeOwned>(
        &self,
        document: &str,
        input: Value,
        path: &str,
    ) -> Result<T, GatewayError> {
        let data = self.send(document, input).await?;
        let found = data.pointer(path).cloned().unwrap_or_default();
        serde_json::from_value(found)
            .map_err(|e| GatewayError::MalformedResponse(format!("{:?}", e.classify())))
    }

    async fn send(&self, document: &str, input: Value) -> Result<Value, GatewayError> {
        let body = json!({"query": document, "variables": {"input": input}});
        self.call(Zeroizing::new(body.to_string())).await
    }

    async fn call(&self, body: Zeroizing<String>) -> Result<Value, GatewayError> {
        self.http
            .call(self.public_key, self.account.secret_key.reveal(), body)
            .await
    }

    /// Makes a customer, and returns its id.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn create_customer(&self) -> Result<String, GatewayError> {
        let path = "/createCustomer/customer";
        let made: CreatedCustomer = self
            .query(documents::CREATE_CUSTOMER, json!({}), path)
            .await?;
        Ok(made.id)
    }

    /// Makes a client token, which is kept nowhere.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
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

    /// Hands a number to the vault, and returns the nonce that stands for it from then on.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when it is no card's; else as any call.
    pub async fn tokenize(&self, card: &RawCard, name: &str) -> Result<String, GatewayError> {
        let data = self.call(tokenize_body(card, name)).await?;
        let token = data.pointer("/tokenizeCreditCard/paymentMethod/id");
        let token = token.and_then(Value::as_str).map(str::to_owned);
        token.ok_or_else(|| GatewayError::MalformedResponse("no token".to_owned()))
    }

    /// Puts the card of a nonce into the vault for a customer, once the bank has verified it with its security code. The
    /// person's address goes to the processor's risk analysis.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; [`GatewayError::NotFound`] when the nonce is used up or unknown.
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

    /// Takes a card out of the vault.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] when it is not there; else as any call.
    pub async fn delete(&self, id: &str) -> Result<(), GatewayError> {
        let input = json!({"paymentMethodId": id});
        self.send(documents::DELETE, input).await.map(drop)
    }
}
