//! Ticket Evolution: a client's wallet of several cards, each with a label, an address and a phone number.
//!
//! Created by the page for the signed-in client. It calls the site's own server, which signs the requests: the secret
//! of
//! a seller must never be in a page. The page passes the metadata of a new card before the save.

use std::cell::RefCell;

use card_entry_protocol::dialect::ticket_evolution::{
    Address, CardRow, ClientToken, Id, Label, LongYear, Month, Nonce, NonceCard, NonceCards,
    UpdateCard, error_sentence,
};
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::tree::{FromTree, ToTree, Tree};

use super::client::TokenClient;
use super::with_consent;
use crate::address::BaseUrl;
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;
use crate::token::WalletToken;
use crate::wallet::{
    Capabilities, Card, SaveRequest, SavedCardId, SavedWallet, WalletApi, WalletError,
    WalletFuture, WalletIntent,
};

const CARDS: &str = "/credit_cards";

/// The metadata with which the next card is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCardMetadata {
    /// The name of the cardholder.
    pub name: String,
    /// The name that the person gives the card.
    pub label: Option<Label>,
    /// The id of an address of the client.
    pub address_id: Id,
    /// The id of a phone number of the client.
    pub phone_number_id: Id,
}

/// The wallet of one client.
#[derive(Debug)]
pub struct TicketEvolution {
    client: TokenClient,
    metadata: RefCell<NewCardMetadata>,
}

impl TicketEvolution {
    /// A wallet behind the site's signing server, such as `https://tickets.example/ticket_evolution`.
    ///
    /// ```no_run
    /// use card_entry_companion::address::BaseUrl;
    /// use card_entry_companion::wallet_api::ticket_evolution::{NewCardMetadata, TicketEvolution};
    /// use card_entry_protocol::dialect::ticket_evolution::Id;
    ///
    /// let proxy = BaseUrl::parse("https://tickets.example/ticket_evolution").unwrap();
    /// let metadata = NewCardMetadata {
    ///     name: "Ann Smith".to_owned(),
    ///     label: None,
    ///     address_id: Id::new(11).unwrap(),
    ///     phone_number_id: Id::new(12).unwrap(),
    /// };
    /// let api = TicketEvolution::new(&proxy, Id::new(7).unwrap(), metadata);
    /// ```
    #[must_use]
    pub fn new(proxy: &BaseUrl, client: Id, metadata: NewCardMetadata) -> Self {
        let base = format!("/v9/clients/{client}");
        Self {
            client: TokenClient::new(proxy, &base, "Bearer ", |body| {
                DisplayMessage::parse(&error_sentence(body)?)
            }),
            metadata: RefCell::new(metadata),
        }
    }

    /// Sets the metadata with which the next card is saved.
    pub fn set_new_card_metadata(&self, metadata: NewCardMetadata) {
        self.metadata.replace(metadata);
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let response = self.client.call("GET", CARDS, None, None).await?;
        let rows = CardRow::all(&response.json).ok_or(WalletError::Indeterminate)?;
        Ok(rows.into_iter().map(card).collect())
    }

    /// Changes a card and returns all cards.
    ///
    /// # Errors
    /// The error of the status; [`WalletError::Indeterminate`] if the response cannot be read.
    pub async fn update(
        &self,
        id: &SavedCardId,
        change: &UpdateCard,
    ) -> Result<Vec<Card>, WalletError> {
        let path = [CARDS, "/", &id.0].concat();
        self.client
            .call("PUT", &path, None, Some(change.to_tree()))
            .await?;
        self.read().await
    }

    /// The body of a save; `None` if the id is not a nonce of Braintree.
    fn body(&self, request: &SaveRequest) -> Option<Tree> {
        let metadata = self.metadata.borrow();
        let (month, year) = (request.card.exp_month, request.card.exp_year);
        let card = NonceCard {
            label: metadata.label.clone(),
            name: metadata.name.clone(),
            nonce: Nonce::parse(request.id.as_str())?,
            expiration_month: Month(month),
            expiration_year: LongYear(year),
            address_id: metadata.address_id,
            phone_number_id: metadata.phone_number_id,
        };
        let credit_cards = vec![card];
        Some(with_consent(NonceCards { credit_cards }.to_tree(), request))
    }
}

impl WalletApi for TicketEvolution {
    fn capabilities(&self) -> Capabilities {
        Capabilities::MULTIPLE_CARDS
    }

    /// Returns the client token with which Braintree's fields start.
    fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent> {
        Box::pin(async move {
            let path = "/braintree_client_token";
            let response = self.client.call("POST", path, None, None).await?;
            let token = ClientToken::from_tree(&response.json);
            token
                .and_then(|token| ClientSecret::parse(&token.client_token))
                .map(|token| WalletIntent::ClientSecret(token, None))
                .ok_or(WalletError::Indeterminate)
        })
    }

    /// The same nonce is the same request and gets the same answer, so no idempotency key is sent.
    fn save<'a>(&'a self, request: &'a SaveRequest) -> WalletFuture<'a, SavedWallet> {
        Box::pin(async move {
            let body = self.body(request).ok_or(WalletError::Refused(None))?;
            self.client.call("POST", CARDS, None, Some(body)).await?;
            Ok(SavedWallet {
                cards: self.read().await?,
                already_saved: false,
            })
        })
    }

    fn list(&self) -> WalletFuture<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, ()> {
        Box::pin(async move {
            let path = [CARDS, "/", &id.0].concat();
            self.client
                .call("DELETE", &path, None, None)
                .await
                .map(drop)
        })
    }

    fn set_default<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, Vec<Card>> {
        Box::pin(async move {
            let change = UpdateCard {
                primary: Some(true),
                ..UpdateCard::default()
            };
            self.update(id, &change).await
        })
    }

    fn set_token(&self, token: Option<WalletToken>) {
        self.client.set_token(token);
    }

    fn set_locale(&self, locale: Locale) {
        self.client.set_locale(locale);
    }
}

fn card(row: CardRow) -> Card {
    Card {
        id: SavedCardId(row.id.to_string()),
        brand: row.brand,
        last4: row.last4,
        exp_month: row.exp_month,
        exp_year: row.exp_year,
        name: row.name,
        label: row.label,
        address: row.address.as_ref().map(address_line),
        is_default: row.primary,
        expires_before_appointment: false,
    }
}

/// An address in one line: street, locality, region and postal code.
#[must_use]
pub fn address_line(address: &Address) -> String {
    let parts = [
        &address.street_address,
        &address.locality,
        &address.region,
        &address.postal_code,
    ];
    let parts = parts.into_iter().flatten().map(String::as_str);
    parts.collect::<Vec<_>>().join(", ")
}
