//! MikroCloud's account API: a wallet of several cards, one of them the default.
//!
//! Made by the page with, after sign-in, the person's signed token.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::mikrocloud::BASE;
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::tree::Tree;

use super::client::Client;
use super::with_consent;
use crate::address::Place;
use crate::sentence::Sentence;
use crate::token::Token;
use crate::wallet::{
    Answer, Capabilities, Card, CardId, Intent, Kept, SaveRequest, WalletApi, WalletError,
};
use crate::words::Locale;

const METHODS: &str = "/payment-methods";

/// An account's wallet, for whoever holds the token.
#[derive(Debug)]
pub struct MikroCloud {
    client: Client,
}

impl MikroCloud {
    /// The wallet at an address such as `https://api.mikrocloud.com`.
    #[must_use]
    pub fn new(wallet: &Place) -> Self {
        Self {
            client: Client::new(wallet, BASE, "Bearer ", sentence),
        }
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let reply = self.client.call("GET", METHODS, None, None).await?;
        let Tree::List(rows) = &reply.json else {
            return Err(WalletError::Unclear);
        };
        let mut cards: Vec<Card> = rows.iter().filter_map(card).collect();
        // The vendor's cards do not say which is the default; its list begins with it.
        if let Some(first) = cards.first_mut() {
            first.is_default = true;
        }
        Ok(cards)
    }

    /// Sends an id; the id of the card it is kept as.
    async fn send(&self, body: Tree, key: Option<&str>) -> Result<String, WalletError> {
        let reply = self.client.call("POST", METHODS, key, Some(body)).await?;
        reply.json.read("id").ok_or(WalletError::Unclear)
    }
}

impl WalletApi for MikroCloud {
    fn capabilities(&self) -> Capabilities {
        Capabilities::MANY
    }

    fn begin(&self) -> Answer<'_, Intent> {
        Box::pin(async move {
            let reply = self
                .client
                .call("POST", "/setup-intent", None, None)
                .await?;
            let secret: Option<ClientSecret> = reply.json.read("client_secret");
            secret
                .map(|secret| Intent::Secret(secret, None))
                .ok_or(WalletError::Unclear)
        })
    }

    fn save<'a>(&'a self, request: &'a SaveRequest) -> Answer<'a, Kept> {
        Box::pin(async move {
            let body = with_consent(body(request.id.as_str()), request);
            let id = self.send(body, Some(&request.key.0)).await?;
            // Kept under another id, it is a card the wallet had.
            let again = id != request.id.as_str();
            let cards = self.read().await?;
            if cards.iter().any(|card| card.id.0 == id) {
                Ok(Kept { cards, again })
            } else {
                Err(WalletError::Unclear)
            }
        })
    }

    fn list(&self) -> Answer<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a CardId) -> Answer<'a, ()> {
        Box::pin(async move {
            let path = format!("{METHODS}/{}", percent_encode(&id.0));
            self.client
                .call("DELETE", &path, None, None)
                .await
                .map(drop)
        })
    }

    /// Saving an id that is saved makes it the default.
    fn make_default<'a>(&'a self, id: &'a CardId) -> Answer<'a, Vec<Card>> {
        Box::pin(async move {
            self.send(body(&id.0), None).await?;
            self.read().await
        })
    }

    fn set_token(&self, token: Option<Token>) {
        self.client.set_token(token);
    }

    fn set_locale(&self, locale: Locale) {
        self.client.set_locale(locale);
    }

    fn holds(&self, cards: &[Card], request: &SaveRequest) -> bool {
        cards
            .iter()
            .any(|card| card.id.0 == request.id.as_str() || card.is(&request.card))
    }
}

/// The body that saves an id, or makes it the default.
fn body(id: &str) -> Tree {
    Tree::map(&mut [("id", Tree::text(id))])
}

/// A card of the list; `None` for a row nothing sensible can be shown of.
fn card(row: &Tree) -> Option<Card> {
    Some(Card {
        id: CardId(row.read("id")?),
        brand: row.read("brand").unwrap_or(Brand::Unknown),
        last4: row.read("last4")?,
        exp_month: row.read("exp_month")?,
        exp_year: row.read("exp_year")?,
        name: None,
        label: None,
        address: None,
        is_default: false,
        expires_before_hold_ends: false,
    })
}

fn sentence(body: &Tree) -> Option<Sentence> {
    Sentence::parse(body.get("message").as_text()?)
}
