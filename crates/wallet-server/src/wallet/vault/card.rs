//! Converts between the wallet's cards and addresses and those of Braintree's vault. It must never use a detail of the
//! request that the vault returns too.

use super::NewVaultCard;
use crate::gateway::braintree::{BillingAddress, VaultCard};
use wallet_store::StoreError;
use wallet_store::cards::GatewayCard;
use wallet_store::clients::Address;

/// An address of a client as the billing address of a vaulted card.
pub fn billing_address(address: &Address) -> BillingAddress {
    BillingAddress {
        street: Some(address.street_address.clone()),
        extended: address.extended_address.clone(),
        locality: Some(address.locality.clone()),
        region: address.region.clone(),
        postal_code: Some(address.postal_code.clone()),
        country: Some(address.country_code.clone()),
    }
}

/// What the wallet stores of a vaulted card.
pub(super) fn gateway_card(
    card: &VaultCard,
    new: &NewVaultCard<'_>,
    customer: &str,
) -> Result<GatewayCard, StoreError> {
    let details = &card.details;
    let number = |text: &str| text.parse::<u16>();
    // Stripe's spelling of the brands.
    let brand = match details.brand_code.as_str() {
        "AMERICAN_EXPRESS" => "amex".to_owned(),
        "UNION_PAY" => "unionpay".to_owned(),
        "INTERNATIONAL_MAESTRO" => "maestro".to_owned(),
        other => other.to_ascii_lowercase(),
    };
    let invalid = |_| StoreError::InvalidRow("expiry of a vaulted card");
    let billing = &new.billing;
    Ok(GatewayCard {
        customer_id: customer.to_owned(),
        payment_method: card.id.clone(),
        fingerprint: details.unique_number_identifier.clone(),
        brand,
        last4: details.last4.clone(),
        exp_month: number(&details.expiration_month).map_err(invalid)?,
        exp_year: number(&details.expiration_year).map_err(invalid)?,
        funding: details
            .bin_data
            .clone()
            .unwrap_or_default()
            .funding()
            .to_owned(),
        country: None,
        preferred_network: None,
        display_brand: None,
        name: Some(
            details
                .cardholder_name
                .as_deref()
                .unwrap_or(new.name)
                .to_owned(),
        ),
        address_line1: billing.street.clone(),
        address_city: billing.locality.clone(),
        address_state: billing.region.clone(),
        address_zip: billing.postal_code.clone(),
        address_country: billing.country.clone(),
    })
}
