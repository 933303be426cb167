//! Authorizations of one dollar that are voided. It must never capture one.

use serde::Deserialize;
use serde_json::{Value, json};

use super::documents;
use super::{GatewayError, Vault, deserialize_at, error};

impl Vault<'_> {
    /// Authorizes one dollar, or one unit of the account's currency, on a vaulted card, and returns the transaction's
    /// id. `order` is a new order id of ours: the call is repeated under it as its key if a response is lost, and the
    /// transaction is found by it if every response is.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the issuer declines.
    pub async fn authorize_one_unit(&self, id: &str, order: &str) -> Result<String, GatewayError> {
        #[derive(Deserialize)]
        struct NewTransaction {
            id: String,
            status: String,
            #[serde(rename = "processorResponse")]
            response: Option<ProcessorResponse>,
        }
        #[derive(Deserialize)]
        struct ProcessorResponse {
            #[serde(rename = "legacyCode")]
            code: Option<String>,
        }
        let currency = &self.account.currency;
        let unit = 10_u64.pow(u32::from(currency.decimals()));
        let transaction = json!({
            "amount": currency.format(unit), "merchantAccountId": self.merchant_account, "orderId": order,
        });
        let input = json!({"paymentMethodId": id, "transaction": transaction});
        let data = self
            .send_with_key(documents::AUTHORIZE, input, order)
            .await?;
        let path = "/authorizePaymentMethod/transaction";
        let new: NewTransaction = deserialize_at(&data, path)?;
        if new.status == "AUTHORIZED" {
            return Ok(new.id);
        }
        let code = new.response.and_then(|response| response.code);
        Err(error::declined(&new.status, code.as_deref()))
    }

    /// The ids of the authorized transactions of an order id of ours.
    ///
    /// # Errors
    /// [`GatewayError::Indeterminate`] if one of them is still being authorized.
    pub async fn authorized_under_order(&self, order: &str) -> Result<Vec<String>, GatewayError> {
        let input = json!({"orderId": {"is": order}});
        let path = "/search/transactions/edges";
        let edges: Vec<Value> = self
            .query(documents::SEARCH_TRANSACTIONS, input, path)
            .await?;
        let at = |edge: &Value, path: &str| Some(edge.pointer(path)?.as_str()?.to_owned());
        let mut authorized = Vec::new();
        for edge in &edges {
            match at(edge, "/node/status").as_deref() {
                Some("AUTHORIZED") => authorized.extend(at(edge, "/node/id")),
                Some("AUTHORIZING") => {
                    return Err(GatewayError::Indeterminate(
                        "the issuer is still processing".to_owned(),
                    ));
                }
                _ => {}
            }
        }
        Ok(authorized)
    }

    /// Voids an authorization.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] if it was voided before.
    pub async fn void(&self, transaction: &str) -> Result<(), GatewayError> {
        let input = json!({"transactionId": transaction});
        let key = format!("void-{transaction}");
        let sent = self.send_with_key(documents::REVERSE, input, &key).await;
        sent.map(drop)
    }
}
