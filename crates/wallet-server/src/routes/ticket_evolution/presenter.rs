//! Renders clients, addresses, telephone numbers and cards in Ticket Evolution's format.
//!
//! It must never render a row of another client.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::ticket_evolution::{
    Address, AlwaysNull, Association, CardCompany, ClientRecord, CreditCard, Id, Month,
    NestedPhone, Phone, PhoneRecord, ShortYear, TextId,
};

use crate::app::App;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::routes::lenient_list::skip_unreadable;
use wallet_store::cards::{self, Card};
use wallet_store::client_cards::{self, ClientCardMetadata};
use wallet_store::clients;
use wallet_store::owners::OwnerId;

fn unreadable(what: &str) -> ApiError {
    ApiError::Internal(format!("{what} cannot be shown"))
}

/// The number of a row as the vendor's type.
pub(super) fn id(row: i64) -> Result<Id, ApiError> {
    let number = u64::try_from(row).ok().and_then(Id::new);
    number.ok_or_else(|| unreadable("a number"))
}

/// The rows of one client, which are read once for all of its cards.
#[derive(Debug)]
pub(super) struct ClientRecords {
    client: clients::StoredClient,
    addresses: Vec<clients::Address>,
    phones: Vec<clients::PhoneNumber>,
}

impl ClientRecords {
    /// Reads the rows from the database.
    pub async fn of(app: &App, client: clients::StoredClient) -> Result<Self, ApiError> {
        let (pool, owner) = (app.store.pool(), client.owner_id);
        Ok(Self {
            addresses: clients::addresses(pool, owner).await?,
            phones: clients::phones(pool, owner).await?,
            client,
        })
    }

    /// The client as the owner of a wallet.
    pub fn owner(&self) -> OwnerId {
        self.client.owner_id
    }

    /// The client's address with this id.
    pub fn address(&self, id: Id) -> Option<&clients::Address> {
        let is = |row: &&clients::Address| u64::try_from(row.id) == Ok(id.get());
        self.addresses.iter().find(is)
    }

    /// The client's telephone number with this id.
    pub fn phone(&self, id: Id) -> Option<&clients::PhoneNumber> {
        let is = |row: &&clients::PhoneNumber| u64::try_from(row.id) == Ok(id.get());
        self.phones.iter().find(is)
    }

    pub fn client(&self) -> Result<ClientRecord, ApiError> {
        let number = id(self.client.owner_id.0)?;
        Ok(ClientRecord {
            id: TextId(number),
            name: self.client.name.clone(),
            url: format!("/clients/{number}"),
            addresses: skip_unreadable(self.addresses.iter().map(address)),
            phone_numbers: skip_unreadable(self.phones.iter().map(phone)),
            email_addresses: Vec::new(),
        })
    }

    /// Renders every card that can be shown: the primary card first, then the newest.
    pub async fn cards(&self, app: &App) -> Result<Vec<CreditCard>, ApiError> {
        let pool = app.store.pool();
        let rows = cards::of_owner(pool, self.owner()).await?;
        let metadata = client_cards::of_owner(pool, self.owner()).await?;
        let with = |card: &Card| {
            metadata
                .iter()
                .find(|metadata| metadata.card_id == card.id)
                .cloned()
        };
        let shown = rows.into_iter().map(|card| {
            let metadata = with(&card).ok_or_else(|| unreadable("a card"))?;
            self.card(card, metadata)
        });
        Ok(skip_unreadable(shown))
    }

    fn card(&self, card: Card, metadata: ClientCardMetadata) -> Result<CreditCard, ApiError> {
        let error = || unreadable("a card");
        let (owner, number) = (id(self.client.owner_id.0)?, id(card.id.0)?);
        let mut addresses = self.addresses.iter();
        let billing = addresses.find(|row| row.id == metadata.address_id);
        let mut phones = self.phones.iter();
        let card_phone = phones.find(|row| row.id == metadata.phone_number_id);
        Ok(CreditCard {
            id: number,
            expiration_month: Month(card.exp_month.try_into().map_err(|_| error())?),
            last_digits: card.last4.try_into().map_err(|_| error())?,
            phone_number: card_phone.map(|row| nested_phone(row, owner)).transpose()?,
            primary: card.is_default,
            card_company: CardCompany(Brand::parse(&card.brand).unwrap_or(Brand::Unknown)),
            expiration_year: ShortYear(card.exp_year.try_into().map_err(|_| error())?),
            name: card.name,
            label: metadata.label,
            association: Some(Association {
                name: self.client.name.clone(),
                id: owner,
                url: format!("/clients/{owner}"),
                phone_numbers: skip_unreadable(self.phones.iter().map(phone)),
                email_addresses: Vec::new(),
            }),
            address: billing.map(address).transpose()?,
            url: format!("/clients/{owner}/credit_cards/{number}"),
        })
    }
}

pub(super) fn address(row: &clients::Address) -> Result<Address, ApiError> {
    Ok(Address {
        po_box: false,
        label: row.label.clone(),
        country_code: Some(row.country_code.clone()),
        extended_address: row.extended_address.clone(),
        longitude: AlwaysNull,
        region: row.region.clone(),
        primary: row.is_primary,
        latitude: AlwaysNull,
        locality: Some(row.locality.clone()),
        name: row.name.clone(),
        postal_code: Some(row.postal_code.clone()),
        id: id(row.id)?,
        street_address: Some(row.street_address.clone()),
    })
}

/// Renders a telephone number in a list.
pub(super) fn phone(row: &clients::PhoneNumber) -> Result<Phone, ApiError> {
    Ok(Phone {
        label: row.label.clone(),
        extension: row.extension.clone(),
        number: row.number.clone(),
        id: TextId(id(row.id)?),
        country_code: Some(row.country_code.clone()),
        primary: row.is_primary,
    })
}

/// Renders a telephone number in a card.
fn nested_phone(row: &clients::PhoneNumber, client: Id) -> Result<NestedPhone, ApiError> {
    let at = rfc3339(row.created_at);
    let digits = row.number.chars().filter(char::is_ascii_digit).collect();
    Ok(NestedPhone {
        phone_number: PhoneRecord {
            id: id(row.id)?,
            callable_id: client,
            callable_type: "Client".to_owned(),
            country_code: Some(row.country_code.clone()),
            number: row.number.clone(),
            extension: row.extension.clone(),
            label: row.label.clone(),
            created_at: Some(at.clone()),
            updated_at: Some(at),
            legacy_id: AlwaysNull,
            imported_filename: AlwaysNull,
            imported_at: AlwaysNull,
            deleted_at: AlwaysNull,
            area_code: None,
            raw_num: Some(digits),
            is_primary: row.is_primary,
        },
    })
}
