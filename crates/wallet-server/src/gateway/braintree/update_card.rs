//! Changes of a card in the vault.

use serde_json::json;

use super::document as documents;
use super::{BillingAddress, GatewayError, Vault};

/// What of a card in the vault changes.
#[derive(Debug, Clone, Default)]
pub struct VaultCardUpdate {
    /// Month and year.
    pub expiry: Option<(u16, u16)>,
    /// Who holds it.
    pub name: Option<String>,
    /// Where its bills go.
    pub billing: Option<BillingAddress>,
}

impl VaultCardUpdate {
    /// The calls it takes, one change each. The date is the first: it alone can be refused by the bank.
    #[must_use]
    pub fn steps(self) -> Vec<Self> {
        let expiry = self.expiry.map(|expiry| Self {
            expiry: Some(expiry),
            ..Self::default()
        });
        let name = self.name.map(|name| Self {
            name: Some(name),
            ..Self::default()
        });
        let billing = self.billing.map(|billing| Self {
            billing: Some(billing),
            ..Self::default()
        });
        [expiry, name, billing].into_iter().flatten().collect()
    }
}

impl Vault<'_> {
    /// Tells the vault a card's new date, holder or address. Only the date is asked of the bank.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses the date; [`GatewayError::NotFound`] when there is no such card.
    pub async fn update(&self, id: &str, change: &VaultCardUpdate) -> Result<(), GatewayError> {
        let skip = json!({"skip": true});
        if let Some((month, year)) = change.expiry {
            let input = json!({
                "paymentMethodId": id, "expirationMonth": format!("{month:02}"),
                "expirationYear": year.to_string(),
            });
            self.send(documents::UPDATE_DATE, input).await?;
        }
        if let Some(name) = &change.name {
            let input =
                json!({"paymentMethodId": id, "cardholderName": name, "verification": skip});
            self.send(documents::UPDATE_NAME, input).await?;
        }
        if let Some(billing) = &change.billing {
            let input = json!({
                "paymentMethodId": id, "billingAddress": billing.to_json(), "verification": skip,
            });
            self.send(documents::UPDATE_ADDRESS, input).await?;
        }
        Ok(())
    }
}
