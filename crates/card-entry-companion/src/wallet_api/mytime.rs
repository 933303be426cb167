//! MyTime's marketplace API: a wallet of one card.
//!
//! Made by the page with its company and, after sign-in, the person's token. The token is held in memory only: never in
//! a URL, an attribute or a log.

use card_entry_protocol::card::Brand;
use card_entry_protocol::dialect::mytime::{BASE, SaveCard};
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::text::contains;
use card_entry_protocol::tree::{ToTree, Tree};

use super::client::Client;
use super::http::Reply;
use super::with_consent;
use crate::address::Place;
use crate::sentence::Sentence;
use crate::token::Token;
use crate::wallet::{
    Answer, Capabilities, Card, CardId, Intent, Kept, SaveRequest, WalletApi, WalletError,
};
use crate::words::Locale;

/// A company's wallet, for whoever holds the token.
#[derive(Debug)]
pub struct MyTime {
    client: Client,
    company_id: u64,
    location_id: Option<u64>,
    add_to_client: bool,
}

impl MyTime {
    /// The wallet of a company at an address such as `https://www.mytime.com`.
    #[must_use]
    pub fn new(wallet: &Place, company_id: u64) -> Self {
        Self {
            client: Client::new(wallet, BASE, "", sentence),
            company_id,
            location_id: None,
            add_to_client: true,
        }
    }

    /// Books at this location.
    #[must_use]
    pub fn at(mut self, location_id: u64) -> Self {
        self.location_id = Some(location_id);
        self
    }

    /// On a checkout page, what the person chose; elsewhere it stays true.
    #[must_use]
    pub fn add_to_client(mut self, chosen: bool) -> Self {
        self.add_to_client = chosen;
        self
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let path = format!("/user?company_id={}", self.company_id);
        cards(&self.client.call("GET", &path, None, None).await?)
    }

    async fn save_once(&self, request: &SaveRequest) -> Result<Kept, WalletError> {
        let body = SaveCard::new(
            self.company_id,
            self.location_id,
            &request.id,
            &request.card,
            self.add_to_client,
        );
        let reply = self
            .client
            .call(
                "POST",
                "/user/credit_cards",
                Some(&request.key.0),
                Some(with_consent(written(&body), request)),
            )
            .await?;
        let again = reply.status == 200;
        let cards = cards(&reply)?;
        if self.holds(&cards, request) {
            Ok(Kept { cards, again })
        } else {
            Err(WalletError::Unclear)
        }
    }
}

impl WalletApi for MyTime {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ONE
    }

    fn begin(&self) -> Answer<'_, Intent> {
        Box::pin(async move {
            let mut path = format!(
                "/user/payment_methods/session?company_id={}&payment_type=card&add_to_client={}",
                self.company_id, self.add_to_client
            );
            if let Some(location) = self.location_id {
                path.push_str(&format!("&location_id={location}"));
            }
            let reply = self.client.call("GET", &path, None, None).await?;
            let secret: Option<ClientSecret> = reply.json.read("client_secret");
            secret
                .map(|secret| Intent::Secret(secret, None))
                .ok_or(WalletError::Unclear)
        })
    }

    fn save<'a>(&'a self, request: &'a SaveRequest) -> Answer<'a, Kept> {
        Box::pin(self.save_once(request))
    }

    fn list(&self) -> Answer<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a CardId) -> Answer<'a, ()> {
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

    fn set_token(&self, token: Option<Token>) {
        self.client.set_token(token);
    }

    fn set_locale(&self, locale: Locale) {
        self.client.set_locale(locale);
    }

    /// A MyTime id names the payment method it was saved from; a second copy of a card keeps the first id.
    fn holds(&self, cards: &[Card], request: &SaveRequest) -> bool {
        cards
            .iter()
            .any(|card| contains(&card.id.0, request.id.as_str()) || card.is(&request.card))
    }
}

/// The body of a save, in the order of the how-to.
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

/// The wallet of a `{user}`; rows that cannot be read are left out.
fn cards(reply: &Reply) -> Result<Vec<Card>, WalletError> {
    match reply.json.get("user").get("credit_cards") {
        Tree::List(rows) => Ok(rows.iter().filter_map(card).collect()),
        _ => Err(WalletError::Unclear),
    }
}

/// A card of the list; `None` for a row nothing sensible can be shown of.
fn card(row: &Tree) -> Option<Card> {
    Some(Card {
        id: CardId(row.read("id")?),
        brand: row.read("brand").unwrap_or(Brand::Unknown),
        last4: row.read("last4")?,
        exp_month: row.read("exp_month")?,
        exp_year: row.read("exp_year")?,
        name: row.get("name").as_text().map(str::to_owned),
        label: None,
        address: None,
        is_default: false,
        expires_before_hold_ends: row.read("expires_before_hold_ends").unwrap_or(false),
    })
}

/// The sentence of a refusal, in the order MyTime means them: `message`, `error`, the first of `errors{field:[…]}`.
fn sentence(body: &Tree) -> Option<Sentence> {
    let said = |key| body.get(key).as_text();
    let of_fields = || first(body.get("errors")).or_else(|| first(body.get("user").get("errors")));
    let said = said("message").or_else(|| said("error"));
    Sentence::parse(said.or_else(of_fields)?)
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
