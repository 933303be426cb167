//! The members of the exported document, one type for each kind of row.
//!
//! Made by [`super::of_person`]. A member must never be left out because it is empty: the document says what there is not.

use schemars::JsonSchema;
use serde::Serialize;
use wallet_store::audit_events::AuditEvent;
use wallet_store::cards::Card;
use wallet_store::people::{ConsentRow, Dated, Export, Period};

use crate::clock::rfc3339;

/// The person as an owner of a wallet, with the account of MyTime.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PersonEntry {
    /// The number of the person.
    id: i64,
    /// `user`, `guest` or `external`.
    kind: String,
    /// The booking site's own id.
    external_id: Option<String>,
    /// The customer at the gateway.
    customer_id: Option<String>,
    created_at: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone_number: Option<String>,
    zip_code: Option<String>,
    country: Option<String>,
}

impl PersonEntry {
    pub fn of(all: &Export) -> Self {
        let user = all.user.as_ref();
        Self {
            id: all.owner.id.0,
            kind: all.identity.kind.clone(),
            external_id: all.identity.external_id.clone(),
            customer_id: all.owner.customer_id.clone(),
            created_at: rfc3339(all.owner.created_at),
            email: user.map(|user| user.email.clone()),
            first_name: user.map(|user| user.first_name.clone()),
            last_name: user.map(|user| user.last_name.clone()),
            phone_number: user.and_then(|user| user.phone_number.clone()),
            zip_code: user.and_then(|user| user.zip_code.clone()),
            country: user.and_then(|user| user.country.clone()),
        }
    }
}

/// A client of Ticket Evolution, with the addresses and telephone numbers.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClientEntry {
    name: String,
    created_at: String,
    addresses: Vec<AddressEntry>,
    phone_numbers: Vec<PhoneEntry>,
}

/// An address of a client.
#[derive(Debug, Serialize, JsonSchema)]
struct AddressEntry {
    label: Option<String>,
    name: Option<String>,
    street_address: String,
    extended_address: Option<String>,
    locality: String,
    region: Option<String>,
    postal_code: String,
    country_code: String,
}

/// A telephone number of a client.
#[derive(Debug, Serialize, JsonSchema)]
struct PhoneEntry {
    label: Option<String>,
    country_code: String,
    number: String,
    extension: Option<String>,
}

impl ClientEntry {
    pub fn of(all: &Export) -> Option<Self> {
        let client = all.client.as_ref()?;
        let addresses = all.addresses.iter().map(|row| AddressEntry {
            label: row.label.clone(),
            name: row.name.clone(),
            street_address: row.street_address.clone(),
            extended_address: row.extended_address.clone(),
            locality: row.locality.clone(),
            region: row.region.clone(),
            postal_code: row.postal_code.clone(),
            country_code: row.country_code.clone(),
        });
        let phone_numbers = all.phone_numbers.iter().map(|row| PhoneEntry {
            label: row.label.clone(),
            country_code: row.country_code.clone(),
            number: row.number.clone(),
            extension: row.extension.clone(),
        });
        Some(Self {
            name: client.name.clone(),
            created_at: rfc3339(client.created_at),
            addresses: addresses.collect(),
            phone_numbers: phone_numbers.collect(),
        })
    }
}

/// A card of the wallet, with the appointments that need it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExportedCard {
    /// The number of the card here.
    id: i64,
    /// The id of the card at the gateway.
    payment_method: String,
    brand: String,
    last4: String,
    exp_month: u16,
    exp_year: u16,
    /// The country of the issuer.
    country: Option<String>,
    /// The cardholder's name.
    name: Option<String>,
    address_line1: Option<String>,
    address_city: Option<String>,
    address_state: Option<String>,
    address_zip: Option<String>,
    address_country: Option<String>,
    label: Option<String>,
    is_default: bool,
    created_at: String,
    /// Why the card cannot be deleted now.
    deletion_blocks: Vec<BlockEntry>,
}

/// An appointment that needs a card.
#[derive(Debug, Serialize, JsonSchema)]
struct BlockEntry {
    reference: String,
    reason: String,
    until: String,
}

impl ExportedCard {
    pub fn of(card: &Card, all: &Export) -> Self {
        let label = all.labels.iter().find(|row| row.card_id == card.id.0);
        let blocks = all.deletion_blocks.iter();
        let blocks = blocks.filter(|block| block.card_id == card.id);
        Self {
            id: card.id.0,
            payment_method: card.payment_method.clone(),
            brand: card.brand.clone(),
            last4: card.last4.clone(),
            exp_month: card.exp_month,
            exp_year: card.exp_year,
            country: card.country.clone(),
            name: card.name.clone(),
            address_line1: card.address_line1.clone(),
            address_city: card.address_city.clone(),
            address_state: card.address_state.clone(),
            address_zip: card.address_zip.clone(),
            address_country: card.address_country.clone(),
            label: label.and_then(|row| row.label.clone()),
            is_default: card.is_default,
            created_at: rfc3339(card.created_at),
            deletion_blocks: blocks
                .map(|block| BlockEntry {
                    reference: block.reference.clone(),
                    reason: block.reason.clone(),
                    until: block.until_text.clone(),
                })
                .collect(),
        }
    }
}

/// A sentence to which the person agreed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ConsentEntry {
    payment_method: String,
    text: String,
    locale: String,
    shown_at: String,
    accepted_at: Option<String>,
    created_at: String,
}

impl ConsentEntry {
    pub fn of(row: &ConsentRow) -> Self {
        Self {
            payment_method: row.payment_method.clone(),
            text: row.text.clone(),
            locale: row.locale.clone(),
            shown_at: row.shown_at.clone(),
            accepted_at: row.accepted_at.clone(),
            created_at: rfc3339(row.created_at),
        }
    }
}

/// A sign-in or a password reset, without its token.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PeriodEntry {
    created_at: String,
    expires_at: String,
}

impl PeriodEntry {
    pub fn of(row: &Period) -> Self {
        Self {
            created_at: rfc3339(row.created_at),
            expires_at: rfc3339(row.expires_at),
        }
    }
}

/// An object of the gateway.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DatedEntry {
    id: String,
    created_at: String,
}

impl DatedEntry {
    pub fn of(row: &Dated) -> Self {
        Self {
            id: row.id.clone(),
            created_at: rfc3339(row.created_at),
        }
    }
}

/// An event of the audit trail. The network it came from is stored as a fingerprint, which says nothing by itself.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AuditEntry {
    at: String,
    action: String,
    reason: Option<String>,
    actor: String,
    card_id: Option<i64>,
    last4: Option<String>,
}

impl AuditEntry {
    pub fn of(event: &AuditEvent) -> Self {
        Self {
            at: rfc3339(event.created_at),
            action: event.action.as_str().to_owned(),
            reason: event.reason().map(str::to_owned),
            actor: event.actor.as_str().to_owned(),
            card_id: event.card_id,
            last4: event.last4.clone(),
        }
    }
}
