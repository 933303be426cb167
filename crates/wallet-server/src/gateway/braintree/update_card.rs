//! Updates a card in the vault, one call for each changed part. It must never change the number of a card.

use serde_json::json;

use super::documents;
use super::{BillingAddress, GatewayError, Vault};

/// What changes; `None` leaves the vault's value.
#[derive(Debug, Clone, Default)]
pub struct VaultCardUpdate {
    /// Month and year.
    pub expiry: Option<(u16, u16)>,
    /// The cardholder's name.
    pub name: Option<String>,
    pub billing: Option<BillingAddress>,
}

impl VaultCardUpdate {
    /// The updates to send one by one. The expiry is the first, because only the expiry can be declined by the issuer.
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
    /// Updates a card's expiry, holder or address. Only a new expiry is verified with the issuer.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the issuer declines the expiry; [`GatewayError::NotFound`] if there is no such
    /// card.
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
