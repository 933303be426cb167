//! MyTime's marketplace API: a wallet of one card.
//!
//! Created by the page with its company; after sign-in it gets the token of the person. The token is in memory only: it
//! must never be in a URL, an attribute or a log line.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::mytime::{BASE, SaveCard};
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::text::contains;
use card_entry_protocol::tree::{ToTree, Tree};

use super::client::TokenClient;
use super::http::HttpResponse;
use super::with_consent;
use crate::address::BaseUrl;
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;
use crate::token::WalletToken;
use crate::wallet::{
    Capabilities, Card, SaveRequest, SavedCardId, SavedWallet, WalletApi, WalletError,
    WalletFuture, WalletIntent,
};

/// The wallet at one company of the person that the token belongs to.
#[derive(Debug)]
pub struct MyTime {
    client: TokenClient,
    company_id: u64,
    location_id: Option<u64>,
    add_to_client: bool,
}

impl MyTime {
    /// The wallet of a company at an address such as `https://www.mytime.com`.
    ///
    /// ```no_run
    /// use card_entry_companion::address::BaseUrl;
    /// use card_entry_companion::token::WalletToken;
    /// use card_entry_companion::wallet::WalletApi;
    /// use card_entry_companion::wallet_api::mytime::MyTime;
    ///
    /// let api = MyTime::new(&BaseUrl::parse("https://www.mytime.com").unwrap(), 40426);
    /// api.set_token(WalletToken::parse("zizwspX5X1Nby4bTp7kC"));
    /// ```
    #[must_use]
    pub fn new(wallet: &BaseUrl, company_id: u64) -> Self {
        Self {
            client: TokenClient::new(wallet, BASE, "", message),
            company_id,
            location_id: None,
            add_to_client: true,
        }
    }

    /// Sends this location with every save.
    #[must_use]
    pub fn at_location(mut self, location_id: u64) -> Self {
        self.location_id = Some(location_id);
        self
    }

    /// Whether MyTime adds the card to the client's profile; `true` unless a checkout page lets the person decide.
    #[must_use]
    pub fn add_to_client(mut self, chosen: bool) -> Self {
        self.add_to_client = chosen;
        self
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let path = format!("/user?company_id={}", self.company_id);
        cards(&self.client.call("GET", &path, None, None).await?)
    }

    async fn save_once(&self, request: &SaveRequest) -> Result<SavedWallet, WalletError> {
        let body = SaveCard::new(
            self.company_id,
            self.location_id,
            &request.id,
            &request.card,
            self.add_to_client,
        );
        let response = self
            .client
            .call(
                "POST",
                "/user/credit_cards",
                Some(&request.key.0),
                Some(with_consent(written(&body), request)),
            )
            .await?;
        let already_saved = response.status == 200;
        let cards = cards(&response)?;
        if self.is_saved(&cards, request) {
            Ok(SavedWallet {
                cards,
                already_saved,
            })
        } else {
            Err(WalletError::Indeterminate)
        }
    }
}

impl WalletApi for MyTime {
    fn capabilities(&self) -> Capabilities {
        Capabilities::SINGLE_CARD
    }

    fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent> {
        Box::pin(async move {
            let mut path = format!(
                "/user/payment_methods/session?company_id={}&payment_type=card&add_to_client={}",
                self.company_id, self.add_to_client
            );
            if let Some(location) = self.location_id {
                path.push_str(&format!("&location_id={location}"));
            }
            let response = self.client.call("GET", &path, None, None).await?;
            let secret: Option<ClientSecret> = response.json.read("client_secret");
            secret
                .map(|secret| WalletIntent::ClientSecret(secret, None))
                .ok_or(WalletError::Indeterminate)
        })
    }

    fn save<'a>(&'a self, request: &'a SaveRequest) -> WalletFuture<'a, SavedWallet> {
        Box::pin(self.save_once(request))
    }

    fn list(&self) -> WalletFuture<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, ()> {
        Box::pin(async move {
            let path = format!(
                "/user/credit_cards/{}?company_id={}",
                percent_encode(&id.0),
                self.company_id
            );
            self.client
                .call("DELETE", &path, None, None)
                .await
                .map(|_| ())
        })
    }

    fn set_token(&self, token: Option<WalletToken>) {
        self.client.set_token(token);
    }

    fn set_locale(&self, locale: Locale) {
        self.client.set_locale(locale);
    }

    /// A MyTime id contains the id of the payment method it was saved from. A second copy of a card keeps the first id.
    fn is_saved(&self, cards: &[Card], request: &SaveRequest) -> bool {
        cards
            .iter()
            .any(|card| contains(&card.id.0, request.id.as_str()) || card.matches(&request.card))
    }
}

/// The body of a save, with its members in the order of MyTime's how-to.
fn written(body: &SaveCard) -> Tree {
    #[allow(clippy::cast_precision_loss)] // ids are far below 2^53
    let number = |number: u64| Tree::Number(number as f64);
    let data = &body.token_data;
    let data = [
        ("funding", data.funding.to_tree()),
        ("brand", data.brand.to_tree()),
        ("last4", data.last4.to_tree()),
        ("month", u32::from(data.month).to_tree()),
        ("year", u32::from(data.year).to_tree()),
    ];
    let fields = [
        ("company_id", number(body.company_id)),
        ("location_id", body.location_id.map_or(Tree::Null, number)),
        (
            "stripe_credit_card_token",
            body.stripe_credit_card_token.to_tree(),
        ),
        ("token_data", map(data)),
        ("token2", body.token2.to_tree()),
        ("address_country", body.address_country.to_tree()),
        ("add_to_client", body.add_to_client.to_tree()),
    ];
    map(fields)
}

fn map<const N: usize>(fields: [(&str, Tree); N]) -> Tree {
    Tree::Map(fields.map(|(name, tree)| (name.to_owned(), tree)).into())
}

/// The cards of a `user` object; rows that cannot be read are left out.
fn cards(response: &HttpResponse) -> Result<Vec<Card>, WalletError> {
    match response.json.get("user").get("credit_cards") {
        Tree::List(rows) => Ok(rows.iter().filter_map(card).collect()),
        _ => Err(WalletError::Indeterminate),
    }
}

/// A card of the list; `None` for a row that lacks required members.
fn card(row: &Tree) -> Option<Card> {
    Some(Card {
        id: SavedCardId(row.read("id")?),
        brand: row.read("brand").unwrap_or(Brand::Unknown),
        last4: row.read("last4")?,
        exp_month: row.read("exp_month")?,
        exp_year: row.read("exp_year")?,
        name: row.get("name").as_text().map(str::to_owned),
        label: None,
        address: None,
        is_default: false,
        expires_before_appointment: row.read("expires_before_hold_ends").unwrap_or(false),
    })
}

/// The message of a refusal, in MyTime's order: `message`, `error`, the first entry of `errors`.
fn message(body: &Tree) -> Option<DisplayMessage> {
    let text = |key| body.get(key).as_text();
    let of_fields = || first(body.get("errors")).or_else(|| first(body.get("user").get("errors")));
    let own = text("message").or_else(|| text("error"));
    DisplayMessage::parse(own.or_else(of_fields)?)
}

fn first(fields: &Tree) -> Option<&str> {
    let Tree::Map(fields) = fields else {
        return None;
    };
    fields.iter().find_map(|(_, list)| match list {
        Tree::List(sentences) => sentences.first()?.as_text(),
        _ => None,
    })
}
