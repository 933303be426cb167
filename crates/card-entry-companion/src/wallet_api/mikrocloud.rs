//! MikroCloud's account API: a wallet of several cards, one of them the default.
//!
//! Created by the page; after sign-in it gets the signed token of the person. The token must never leave memory.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::mikrocloud::BASE;
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::tree::Tree;

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

const METHODS: &str = "/payment-methods";

/// The wallet of the account that the token belongs to.
#[derive(Debug)]
pub struct MikroCloud {
    client: TokenClient,
}

impl MikroCloud {
    /// A wallet at an address such as `https://api.mikrocloud.com`.
    ///
    /// ```no_run
    /// use card_entry_companion::address::BaseUrl;
    /// use card_entry_companion::wallet_api::mikrocloud::MikroCloud;
    ///
    /// let api = MikroCloud::new(&BaseUrl::parse("https://api.mikrocloud.com").unwrap());
    /// ```
    #[must_use]
    pub fn new(wallet: &BaseUrl) -> Self {
        Self {
            client: TokenClient::new(wallet, BASE, "Bearer ", message),
        }
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let response = self.client.call("GET", METHODS, None, None).await?;
        let Tree::List(rows) = &response.json else {
            return Err(WalletError::Indeterminate);
        };
        let mut cards: Vec<Card> = rows.iter().filter_map(card).collect();
        // The API does not mark the default card; it is the first of the list.
        if let Some(first) = cards.first_mut() {
            first.is_default = true;
        }
        Ok(cards)
    }

    /// Posts the id of a payment method; returns the id of the saved card.
    async fn send(&self, body: Tree, key: Option<&str>) -> Result<String, WalletError> {
        let response = self.client.call("POST", METHODS, key, Some(body)).await?;
        response.json.read("id").ok_or(WalletError::Indeterminate)
    }
}

impl WalletApi for MikroCloud {
    fn capabilities(&self) -> Capabilities {
        Capabilities::MULTIPLE_CARDS
    }

    fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent> {
        Box::pin(async move {
            let response = self
                .client
                .call("POST", "/setup-intent", None, None)
                .await?;
            let secret: Option<ClientSecret> = response.json.read("client_secret");
            secret
                .map(|secret| WalletIntent::ClientSecret(secret, None))
                .ok_or(WalletError::Indeterminate)
        })
    }

    fn save<'a>(&'a self, request: &'a SaveRequest) -> WalletFuture<'a, SavedWallet> {
        Box::pin(async move {
            let body = with_consent(body(request.id.as_str()), request);
            let id = self.send(body, Some(&request.key.0)).await?;
            // Another id means that the wallet had this card before.
            let already_saved = id != request.id.as_str();
            let cards = self.read().await?;
            if cards.iter().any(|card| card.id.0 == id) {
                Ok(SavedWallet {
                    cards,
                    already_saved,
                })
            } else {
                Err(WalletError::Indeterminate)
            }
        })
    }

    fn list(&self) -> WalletFuture<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, ()> {
        Box::pin(async move {
            let path = format!("{METHODS}/{}", percent_encode(&id.0));
            self.client
                .call("DELETE", &path, None, None)
                .await
                .map(drop)
        })
    }

    /// Saving an id that is saved already makes it the default.
    fn set_default<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, Vec<Card>> {
        Box::pin(async move {
            self.send(body(&id.0), None).await?;
            self.read().await
        })
    }

    fn set_token(&self, token: Option<WalletToken>) {
        self.client.set_token(token);
    }

    fn set_locale(&self, locale: Locale) {
        self.client.set_locale(locale);
    }

    fn is_saved(&self, cards: &[Card], request: &SaveRequest) -> bool {
        cards
            .iter()
            .any(|card| card.id.0 == request.id.as_str() || card.matches(&request.card))
    }
}

/// The body that saves an id or makes it the default.
fn body(id: &str) -> Tree {
    Tree::map(&mut [("id", Tree::text(id))])
}

/// A card of the list; `None` for a row that lacks required members.
fn card(row: &Tree) -> Option<Card> {
    Some(Card {
        id: SavedCardId(row.read("id")?),
        brand: row.read("brand").unwrap_or(Brand::Unknown),
        last4: row.read("last4")?,
        exp_month: row.read("exp_month")?,
        exp_year: row.read("exp_year")?,
        name: None,
        label: None,
        address: None,
        is_default: false,
        expires_before_appointment: false,
    })
}

fn message(body: &Tree) -> Option<DisplayMessage> {
    DisplayMessage::parse(body.get("message").as_text()?)
}
