//! Dollars that are held and given back. Nothing here takes any.

use serde::Deserialize;
use serde_json::{Value, json};

use super::document as documents;
use super::{GatewayError, Vault, error};

impl Vault<'_> {
    /// Holds one dollar, or one unit of the account's currency, on a card of the vault, and returns the transaction to give it back with. `order` is ours, and
    /// new: by it the dollar is found if the answer is lost.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; else as any call.
    pub async fn authorize_one_unit(&self, id: &str, order: &str) -> Result<String, GatewayError> {
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
        let currency = &self.account.currency;
        let unit = 10_u64.pow(u32::from(currency.decimals()));
        let transaction = json!({
            "amount": currency.format(unit), "merchantAccountId": self.merchant_account, "orderId": order,
        });
        let input = json!({"paymentMethodId": id, "transaction": transaction});
        let path = "/authorizePaymentMethod/transaction";
        let made: Made = self.query(documents::AUTHORIZE, input, path).await?;
        if made.status == "AUTHORIZED" {
            return Ok(made.id);
        }
        let code = made.response.and_then(|response| response.code);
        Err(error::declined(&made.status, code.as_deref()))
    }

    /// The transactions under an order of ours that hold money.
    ///
    /// # Errors
    /// [`GatewayError::Indeterminate`] when the bank is still at one of them; else as any call.
    pub async fn authorized_under_order(&self, order: &str) -> Result<Vec<String>, GatewayError> {
        let input = json!({"orderId": {"is": order}});
        let path = "/search/transactions/edges";
        let edges: Vec<Value> = self
            .query(documents::SEARCH_TRANSACTIONS, input, path)
            .await?;
        let at = |edge: &Value, path: &str| Some(edge.pointer(path)?.as_str()?.to_owned());
        let mut held = Vec::new();
        for edge in &edges {
            match at(edge, "/node/status").as_deref() {
                Some("AUTHORIZED") => held.extend(at(edge, "/node/id")),
                Some("AUTHORIZING") => {
                    return Err(GatewayError::Indeterminate(
                        "the bank is still at it".to_owned(),
                    ));
                }
                _ => {}
            }
        }
        Ok(held)
    }

    /// Gives a held dollar back.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] when it was given back before; else as any call.
    pub async fn void(&self, transaction: &str) -> Result<(), GatewayError> {
        let input = json!({"transactionId": transaction});
        self.send(documents::REVERSE, input).await.map(drop)
    }
}
