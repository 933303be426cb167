//! Braintree's vault, spoken through a few GraphQL calls.
//!
//! Called by the wallet and the outbox for accounts whose cards Braintree keeps. A mutation is never sent twice: GraphQL
//! has no idempotency keys, so an answer that was lost is cleared up by looking (see [`Vault::cards_of`]). A card number
//! passes through [`Vault::tokenize`] and stays in nothing.
//! See <https://developer.paypal.com/braintree/graphql/reference/>.

mod document;
mod refusal;
mod wire;

use card_entry_protocol::dialect::ticket_evolution::create::RawCard;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::GatewayError;
use crate::config::{Account, Provider};
use document as ask;
pub use wire::Braintree;

/// A card in the vault, as the vault describes it.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultCard {
    /// The payment method's id.
    pub id: String,
    /// The card.
    pub details: Details,
}

/// The facts of a card in the vault.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
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
}

/// Where a card's bills go, as the vault is told.
#[derive(Debug, Clone, Default)]
pub struct Billing {
    /// First line.
    pub street: Option<String>,
    /// Second line.
    pub extended: Option<String>,
    /// The town.
    pub locality: Option<String>,
    /// The state.
    pub region: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// Two letters.
    pub country: Option<String>,
}

impl Billing {
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
    wire: &'a Braintree,
    account: &'a Account,
    merchant_account: Option<&'a str>,
    public_key: &'a str,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

impl Braintree {
    /// The vault of an account.
    ///
    /// # Errors
    /// [`GatewayError::Client`] when its cards are not Braintree's.
    pub fn of<'a>(&'a self, account: &'a Account) -> Result<Vault<'a>, GatewayError> {
        match &account.provider {
            Provider::Braintree {
                public_key,
                merchant_account,
            } => Ok(Vault {
                wire: self,
                account,
                merchant_account: merchant_account.as_deref(),
                public_key,
            }),
            Provider::Stripe => Err(GatewayError::Client(
                "its cards are not Braintree's".to_owned(),
            )),
        }
    }
}

impl Vault<'_> {
    /// Sends a document whose only field is `field`, and reads what is at `path` in its answer.
    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        document: &str,
        input: Value,
        path: &str,
    ) -> Result<T, GatewayError> {
        let data = self.send(document, input).await?;
        let found = data.pointer(path).cloned().unwrap_or_default();
        serde_json::from_value(found)
            .map_err(|e| GatewayError::Unreadable(format!("{:?}", e.classify())))
    }

    async fn send(&self, document: &str, input: Value) -> Result<Value, GatewayError> {
        let body = json!({"query": document, "variables": {"input": input}});
        // Overwritten when dropped: it may hold a card number.
        let body = Zeroizing::new(body.to_string());
        self.wire
            .call(self.public_key, self.account.secret_key.reveal(), &body)
            .await
    }

    /// Makes a customer, and returns its id.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn create_customer(&self) -> Result<String, GatewayError> {
        let path = "/createCustomer/customer";
        let made: Named = self.ask(ask::CREATE_CUSTOMER, json!({}), path).await?;
        Ok(made.id)
    }

    /// Makes a client token, which is kept nowhere.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn create_client_token(&self) -> Result<String, GatewayError> {
        let token = json!({"merchantAccountId": self.merchant_account});
        let path = "/createClientToken/clientToken";
        self.ask(
            ask::CREATE_CLIENT_TOKEN,
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
        // Written by hand: a tree of values would leave the digits behind in freed memory.
        let code = card
            .code
            .as_ref()
            .map_or_else(String::new, |code| format!(r#""cvv":"{}","#, code.expose()));
        let name = serde_json::to_string(name).unwrap_or_else(|_| "null".to_owned());
        let body = Zeroizing::new(format!(
            r#"{{"query":"{}","variables":{{"input":{{"creditCard":{{"number":"{}",{code}"expirationMonth":"{:02}","expirationYear":"{}","cardholderName":{name}}},"options":{{"validate":true}}}}}}}}"#,
            ask::TOKENIZE,
            card.number.expose(),
            u16::from(card.exp_month),
            u16::from(card.exp_year),
        ));
        drop(Zeroizing::new(code));
        let data = self
            .wire
            .call(self.public_key, self.account.secret_key.reveal(), &body)
            .await?;
        let token = data.pointer("/tokenizeCreditCard/paymentMethod/id");
        let token = token.and_then(Value::as_str).map(str::to_owned);
        token.ok_or_else(|| GatewayError::Unreadable("no token".to_owned()))
    }

    /// Puts the card of a nonce into the vault for a customer, once the bank has verified it with its security code.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; [`GatewayError::Missing`] when the nonce is used up or unknown.
    pub async fn keep(
        &self,
        nonce: &str,
        customer: &str,
        billing: &Billing,
    ) -> Result<VaultCard, GatewayError> {
        let input = json!({
            "paymentMethodId": nonce, "customerId": customer, "billingAddress": billing.to_json(),
            "verification": {"merchantAccountId": self.merchant_account},
        });
        let path = "/vaultCreditCard/paymentMethod";
        self.ask(ask::KEEP, input, path).await
    }

    /// Takes a card out of the vault.
    ///
    /// # Errors
    /// [`GatewayError::Missing`] when it is not there; else as any call.
    pub async fn delete(&self, id: &str) -> Result<(), GatewayError> {
        let input = json!({"paymentMethodId": id});
        self.send(ask::DELETE, input).await.map(drop)
    }

    /// Holds one dollar on a card of the vault, and returns the transaction to give it back with. `order` is ours, and
    /// new: by it the dollar is found if the answer is lost.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; else as any call.
    pub async fn hold_a_dollar(&self, id: &str, order: &str) -> Result<String, GatewayError> {
        #[derive(Deserialize)]
        struct Made {
            id: String,
            status: String,
            #[serde(rename = "processorResponse")]
            response: Option<Response>,
        }
        #[derive(Deserialize)]
        struct Response {
            #[serde(rename = "legacyCode")]
            code: Option<String>,
        }
        let transaction = json!({
            "amount": "1.00", "merchantAccountId": self.merchant_account, "orderId": order,
        });
        let input = json!({"paymentMethodId": id, "transaction": transaction});
        let path = "/authorizePaymentMethod/transaction";
        let made: Made = self.ask(ask::AUTHORIZE, input, path).await?;
        if made.status == "AUTHORIZED" {
            return Ok(made.id);
        }
        let code = made.response.and_then(|response| response.code);
        Err(refusal::declined(&made.status, code.as_deref()))
    }

    /// The transactions under an order of ours that hold money.
    ///
    /// # Errors
    /// [`GatewayError::Unclear`] when the bank is still at one of them; else as any call.
    pub async fn held_under(&self, order: &str) -> Result<Vec<String>, GatewayError> {
        let input = json!({"orderId": {"is": order}});
        let path = "/search/transactions/edges";
        let edges: Vec<Value> = self.ask(ask::HELD, input, path).await?;
        let at = |edge: &Value, path: &str| Some(edge.pointer(path)?.as_str()?.to_owned());
        let mut held = Vec::new();
        for edge in &edges {
            match at(edge, "/node/status").as_deref() {
                Some("AUTHORIZED") => held.extend(at(edge, "/node/id")),
                Some("AUTHORIZING") => {
                    return Err(GatewayError::Unclear("the bank is still at it".to_owned()));
                }
                _ => {}
            }
        }
        Ok(held)
    }

    /// Gives a held dollar back.
    ///
    /// # Errors
    /// [`GatewayError::Moved`] when it was given back before; else as any call.
    pub async fn give_back(&self, transaction: &str) -> Result<(), GatewayError> {
        let input = json!({"transactionId": transaction});
        self.send(ask::REVERSE, input).await.map(drop)
    }

    /// Tells the vault a card's new date, holder or address. Only the date is asked of the bank.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses the date; [`GatewayError::Missing`] when there is no such card.
    pub async fn update(&self, id: &str, change: &Update) -> Result<(), GatewayError> {
        let skip = json!({"skip": true});
        if let Some((month, year)) = change.expiry {
            let input = json!({
                "paymentMethodId": id, "expirationMonth": format!("{month:02}"),
                "expirationYear": year.to_string(),
            });
            self.send(ask::UPDATE_DATE, input).await?;
        }
        if let Some(name) = &change.name {
            let input =
                json!({"paymentMethodId": id, "cardholderName": name, "verification": skip});
            self.send(ask::UPDATE_NAME, input).await?;
        }
        if let Some(billing) = &change.billing {
            let input = json!({
                "paymentMethodId": id, "billingAddress": billing.to_json(), "verification": skip,
            });
            self.send(ask::UPDATE_ADDRESS, input).await?;
        }
        Ok(())
    }

    /// The ids of all cards the vault keeps for a customer.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn cards_of(&self, customer: &str) -> Result<Vec<String>, GatewayError> {
        let data = self.send(ask::CARDS_OF, json!(customer)).await?;
        let edges = data.pointer("/node/paymentMethods/edges");
        let ids = edges.and_then(Value::as_array).into_iter().flatten();
        Ok(ids
            .filter_map(|edge| Some(edge.pointer("/node/id")?.as_str()?.to_owned()))
            .collect())
    }
}

/// What of a card in the vault changes.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// Month and year.
    pub expiry: Option<(u16, u16)>,
    /// Who holds it.
    pub name: Option<String>,
    /// Where its bills go.
    pub billing: Option<Billing>,
}
