//! Ticket Evolution: a client's wallet of several cards, each with a label, an address and a telephone number.
//!
//! Made by the page for the client who is signed in. It calls the site's own server, which signs: the secret of a seller
//! never comes near a page. What a card is kept with is the page's to ask; it tells the adapter before the save.

use std::cell::RefCell;

use card_entry_protocol::dialect::ticket_evolution::{
    Address, CardRow, ClientToken, Id, Label, LongYear, Month, Nonce, NonceCard, NonceCards,
    UpdateCard, error_sentence,
};
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::tree::{FromTree, ToTree, Tree};

use super::client::Client;
use super::with_consent;
use crate::address::Place;
use crate::sentence::Sentence;
use crate::token::Token;
use crate::wallet::{
    Answer, Capabilities, Card, CardId, Intent, Kept, SaveRequest, WalletApi, WalletError,
};
use crate::words::Locale;

const CARDS: &str = "/credit_cards";

/// What the next card is kept with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Who holds the card.
    pub name: String,
    /// What the person calls it.
    pub label: Option<Label>,
    /// An address of the client.
    pub address_id: Id,
    /// A telephone number of the client.
    pub phone_number_id: Id,
}

/// A client's wallet.
#[derive(Debug)]
pub struct TicketEvolution {
    client: Client,
    keeping: RefCell<Keeping>,
}

impl TicketEvolution {
    /// The wallet of a client behind the site's signing server, such as `https://tickets.example/ticket_evolution`.
    #[must_use]
    pub fn new(proxy: &Place, client: Id, keeping: Keeping) -> Self {
        let base = format!("/v9/clients/{client}");
        Self {
            client: Client::new(proxy, &base, "Bearer ", |body| {
                Sentence::parse(&error_sentence(body)?)
            }),
            keeping: RefCell::new(keeping),
        }
    }

    /// Takes what the next card is kept with.
    pub fn keep_with(&self, keeping: Keeping) {
        self.keeping.replace(keeping);
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let reply = self.client.call("GET", CARDS, None, None).await?;
        let rows = CardRow::all(&reply.json).ok_or(WalletError::Unclear)?;
        Ok(rows.into_iter().map(card).collect())
    }

    /// Changes a card, and gives the cards as they are then.
    ///
    /// # Errors
    /// As every call: what the person can do.
    pub async fn update(&self, id: &CardId, change: &UpdateCard) -> Result<Vec<Card>, WalletError> {
        let path = [CARDS, "/", &id.0].concat();
        self.client
            .call("PUT", &path, None, Some(change.to_tree()))
            .await?;
        self.read().await
    }

    /// The body of a save; `None` for what is no nonce.
    fn body(&self, request: &SaveRequest) -> Option<Tree> {
        let keeping = self.keeping.borrow();
        let (month, year) = (request.card.exp_month, request.card.exp_year);
        let card = NonceCard {
            label: keeping.label.clone(),
            name: keeping.name.clone(),
            nonce: Nonce::parse(request.id.as_str())?,
            expiration_month: Month(month),
            expiration_year: LongYear(year),
            address_id: keeping.address_id,
            phone_number_id: keeping.phone_number_id,
        };
        let credit_cards = vec![card];
        Some(with_consent(NonceCards { credit_cards }.to_tree(), request))
    }
}

impl WalletApi for TicketEvolution {
    fn capabilities(&self) -> Capabilities {
        Capabilities::MANY
    }

    /// What Braintree's fields start with.
    fn begin(&self) -> Answer<'_, Intent> {
        Box::pin(async move {
            let path = "/braintree_client_token";
            let reply = self.client.call("POST", path, None, None).await?;
            let token = ClientToken::from_tree(&reply.json);
            token
                .and_then(|token| ClientSecret::parse(&token.client_token))
                .map(|token| Intent::Secret(token, None))
                .ok_or(WalletError::Unclear)
        })
    }

    /// The same nonce is the same request, and is answered as the first time: no key is needed.
    fn save<'a>(&'a self, request: &'a SaveRequest) -> Answer<'a, Kept> {
        Box::pin(async move {
            let body = self.body(request).ok_or(WalletError::Refused(None))?;
            self.client.call("POST", CARDS, None, Some(body)).await?;
            Ok(Kept {
                cards: self.read().await?,
                again: false,
            })
        })
    }

    fn list(&self) -> Answer<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a CardId) -> Answer<'a, ()> {
        Box::pin(async move {
            let path = [CARDS, "/", &id.0].concat();
            self.client
                .call("DELETE", &path, None, None)
                .await
                .map(drop)
        })
    }

    fn make_default<'a>(&'a self, id: &'a CardId) -> Answer<'a, Vec<Card>> {
        Box::pin(async move {
            let change = UpdateCard {
                primary: Some(true),
                ..UpdateCard::default()
            };
            self.update(id, &change).await
        })
    }

    fn set_token(&self, token: Option<Token>) {
        self.client.set_token(token);
    }

    fn set_locale(&self, locale: Locale) {
        self.client.set_locale(locale);
    }
}

fn card(row: CardRow) -> Card {
    Card {
        id: CardId(row.id.to_string()),
        brand: row.brand,
        last4: row.last4,
        exp_month: row.exp_month,
        exp_year: row.exp_year,
        name: row.name,
        label: row.label,
        address: row.address.as_ref().map(line),
        is_default: row.primary,
        expires_before_hold_ends: false,
    }
}

/// An address in one line.
#[must_use]
pub fn line(address: &Address) -> String {
    let parts = [
        &address.street_address,
        &address.locality,
        &address.region,
        &address.postal_code,
    ];
    let parts = parts.into_iter().flatten().map(String::as_str);
    parts.collect::<Vec<_>>().join(", ")
}
