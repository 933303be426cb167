//! Clients, addresses, telephone numbers and cards as the vendor's API shows them.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::ticket_evolution::{
    Address, AlwaysNull, Association, CardCompany, ClientRecord, CreditCard, Id, Month,
    NestedPhone, Phone, PhoneRecord, ShortYear, TextId,
};

use super::super::rows::readable;
use crate::app::App;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::store::cards::{self, Card};
use crate::store::client_cards::{self, KeptWith};
use crate::store::clients;
use crate::store::owners::OwnerId;

fn unreadable(what: &str) -> ApiError {
    ApiError::Broken(format!("{what} cannot be shown"))
}

/// A row's number as the vendor writes it.
pub(super) fn id(row: i64) -> Result<Id, ApiError> {
    let number = u64::try_from(row).ok().and_then(Id::new);
    number.ok_or_else(|| unreadable("a number"))
}

/// A client's things, read once for all of its cards.
#[derive(Debug)]
pub(super) struct Belongings {
    client: clients::Client,
    addresses: Vec<clients::Address>,
    phones: Vec<clients::Phone>,
}

impl Belongings {
    /// Reads them.
    pub async fn of(app: &App, client: clients::Client) -> Result<Self, ApiError> {
        let (pool, owner) = (app.store.pool(), client.owner_id);
        Ok(Self {
            addresses: clients::addresses(pool, owner).await?,
            phones: clients::phones(pool, owner).await?,
            client,
        })
    }

    /// The owner.
    pub fn owner(&self) -> OwnerId {
        self.client.owner_id
    }

    /// The client's address of this number.
    pub fn address(&self, id: Id) -> Option<&clients::Address> {
        let is = |row: &&clients::Address| u64::try_from(row.id) == Ok(id.get());
        self.addresses.iter().find(is)
    }

    /// The client's telephone number of this number.
    pub fn phone(&self, id: Id) -> Option<&clients::Phone> {
        let is = |row: &&clients::Phone| u64::try_from(row.id) == Ok(id.get());
        self.phones.iter().find(is)
    }

    /// The client itself.
    pub fn client(&self) -> Result<ClientRecord, ApiError> {
        let number = id(self.client.owner_id.0)?;
        Ok(ClientRecord {
            id: TextId(number),
            name: self.client.name.clone(),
            url: format!("/clients/{number}"),
            addresses: readable(self.addresses.iter().map(address)),
            phone_numbers: readable(self.phones.iter().map(phone)),
            email_addresses: Vec::new(),
        })
    }

    /// Every card of the client that can be shown: the primary one first, then the newest.
    pub async fn cards(&self, app: &App) -> Result<Vec<CreditCard>, ApiError> {
        let pool = app.store.pool();
        let rows = cards::of_owner(pool, self.owner()).await?;
        let kept = client_cards::of_owner(pool, self.owner()).await?;
        let with = |card: &Card| kept.iter().find(|kept| kept.card_id == card.id).cloned();
        let shown = rows.into_iter().map(|card| {
            let kept = with(&card).ok_or_else(|| unreadable("a card"))?;
            self.card(card, kept)
        });
        Ok(readable(shown))
    }

    fn card(&self, card: Card, kept: KeptWith) -> Result<CreditCard, ApiError> {
        let broken = || unreadable("a card");
        let (owner, number) = (id(self.client.owner_id.0)?, id(card.id.0)?);
        let mut at = self.addresses.iter();
        let at = at.find(|row| row.id == kept.address_id);
        let mut phones = self.phones.iter();
        let number_at = phones.find(|row| row.id == kept.phone_number_id);
        Ok(CreditCard {
            id: number,
            expiration_month: Month(card.exp_month.try_into().map_err(|_| broken())?),
            last_digits: card.last4.try_into().map_err(|_| broken())?,
            phone_number: number_at.map(|row| record(row, owner)).transpose()?,
            primary: card.is_default,
            card_company: CardCompany(Brand::parse(&card.brand).unwrap_or(Brand::Unknown)),
            expiration_year: ShortYear(card.exp_year.try_into().map_err(|_| broken())?),
            name: card.name,
            label: kept.label,
            association: Some(Association {
                name: self.client.name.clone(),
                id: owner,
                url: format!("/clients/{owner}"),
                phone_numbers: readable(self.phones.iter().map(phone)),
                email_addresses: Vec::new(),
            }),
            address: at.map(address).transpose()?,
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

/// A telephone number in a list.
pub(super) fn phone(row: &clients::Phone) -> Result<Phone, ApiError> {
    Ok(Phone {
        label: row.label.clone(),
        extension: row.extension.clone(),
        number: row.number.clone(),
        id: TextId(id(row.id)?),
        country_code: Some(row.country_code.clone()),
        primary: row.is_primary,
    })
}

/// A telephone number in a card.
fn record(row: &clients::Phone, client: Id) -> Result<NestedPhone, ApiError> {
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
