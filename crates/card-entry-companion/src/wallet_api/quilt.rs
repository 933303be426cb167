//! Quilt's payment API: payments at a reader and the cards that come of them.
//!
//! The account key charges people's cards and must never be in a page: this adapter calls the **site's own server**,
//! with the session's token, and that server hands the call on with the key.

use std::cell::{Cell, RefCell};

use card_entry_protocol::dialect::quilt::{
    BASE, CancelBody, CancelResponse, CaptureBody, CaptureResponse, Card as Row, CardBody,
    CardList, CardQuery, ConnectionTokenBody, ConnectionTokenResponse, DeletedCard, IntentBody,
    IntentResponse, QuiltError, QuiltErrorCode, QuiltResult,
};
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::tree::{FromTree, ToTree, Tree};
use gloo_timers::future::TimeoutFuture;
use js_sys::Math;

use super::http::{Call, send};
use crate::address::Place;
use crate::frame::random_bytes;
use crate::patience::{TRIES, backoff};
use crate::sentence::Sentence;
use crate::token::Token;
use crate::wallet::{
    Answer, Capabilities, Card, CardId, Intent, Kept, SaveRequest, WalletApi, WalletError,
};
use crate::words::Locale;

/// One customer's cards and payments, for whoever holds the token.
#[derive(Debug)]
pub struct Quilt {
    base: String,
    whose: CardQuery,
    token: RefCell<Option<Token>>,
    locale: Cell<Locale>,
}

impl Quilt {
    /// The API as the site's own server hands it on, such as `https://till.example/quilt`.
    #[must_use]
    pub fn new(site: &Place, whose: CardQuery) -> Self {
        let path = site.path().trim_end_matches('/');
        Self {
            base: format!("{}{path}{BASE}", site.origin()),
            whose,
            token: RefCell::new(None),
            locale: Cell::default(),
        }
    }

    /// A token that connects to a reader, once.
    pub async fn reader_token(&self) -> QuiltResult<ConnectionTokenResponse> {
        let body = ConnectionTokenBody {
            external_account_id: self.whose.external_account_id.clone(),
        };
        self.post("/terminal/connection_token", &body, None).await
    }

    /// Begins a payment, or charges a stored card. The same key is the same payment.
    pub async fn pay(&self, body: &IntentBody, key: &str) -> QuiltResult<IntentResponse> {
        self.post("/payment/intent", body, Some(key)).await
    }

    /// Takes the money of an authorized payment; again changes nothing.
    pub async fn capture(&self, body: &CaptureBody) -> QuiltResult<CaptureResponse> {
        self.post("/payment/capture", body, None).await
    }

    /// Gives a payment up; again changes nothing.
    pub async fn cancel(&self, body: &CancelBody) -> QuiltResult<CancelResponse> {
        self.post("/payment/cancel", body, None).await
    }

    /// Keeps the card of a captured payment; again gives the same card.
    pub async fn keep(&self, body: &CardBody) -> QuiltResult<Row> {
        self.post("/customer/card", body, None).await
    }

    async fn post<T: FromTree>(
        &self,
        path: &str,
        body: &impl ToTree,
        key: Option<&str>,
    ) -> QuiltResult<T> {
        self.ask("POST", path, key, Some(body.to_tree())).await
    }

    /// Asks up to [`TRIES`] times while the outcome is unclear: every call here can be repeated.
    async fn ask<T: FromTree>(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Tree>,
    ) -> QuiltResult<T> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.ask_once(method, path, key, body.clone()).await {
                QuiltResult::Indeterminate if tries < TRIES => {
                    TimeoutFuture::new(backoff(tries, Math::random())).await;
                }
                other => return other,
            }
        }
    }

    async fn ask_once<T: FromTree>(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Tree>,
    ) -> QuiltResult<T> {
        let token = self.token.borrow().clone();
        let Some(token) = token.map(|token| format!("Bearer {}", token.as_str())) else {
            return QuiltResult::Failed(QuiltError {
                code: QuiltErrorCode::Unauthorized,
                message: None,
            });
        };
        let url = format!("{}{path}", self.base);
        let mut headers = vec![("authorization", token.as_str())];
        if let Some(key) = key {
            headers.push(("idempotency-key", key));
        }
        let call = Call {
            method,
            url: &url,
            locale: self.locale.get(),
            headers: &headers,
            body,
        };
        match send(call).await {
            Ok(reply) => QuiltResult::read(reply.status, &reply.json),
            Err(_) => QuiltResult::Indeterminate,
        }
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let path = format!("/customer/card?{}", self.whose.to_query());
        let list: CardList = settle(self.ask("GET", &path, None, None).await)?;
        Ok(list.cards.into_iter().map(card).collect())
    }
}

impl WalletApi for Quilt {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            choose: false,
            card_present: true,
            ..Capabilities::MANY
        }
    }

    /// Cards come in at the reader only.
    fn begin(&self) -> Answer<'_, Intent> {
        Box::pin(async { Err(WalletError::Refused(None)) })
    }

    fn save<'a>(&'a self, _: &'a SaveRequest) -> Answer<'a, Kept> {
        Box::pin(async { Err(WalletError::Refused(None)) })
    }

    fn list(&self) -> Answer<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a CardId) -> Answer<'a, ()> {
        Box::pin(async move {
            let path = format!(
                "/customer/card/{}?{}",
                percent_encode(&id.0),
                self.whose.to_query()
            );
            settle::<DeletedCard>(self.ask_once("DELETE", &path, None, None).await).map(drop)
        })
    }

    fn set_token(&self, token: Option<Token>) {
        *self.token.borrow_mut() = token;
    }

    fn set_locale(&self, locale: Locale) {
        self.locale.set(locale);
    }
}

/// A key for a payment that was never asked for; none: the browser has no randomness to give.
#[must_use]
pub fn fresh_key() -> Option<String> {
    let bytes = random_bytes(&web_sys::window()?)?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// An outcome as the wallet on screen knows them.
fn settle<T>(outcome: QuiltResult<T>) -> Result<T, WalletError> {
    let failure = match outcome {
        QuiltResult::Done(value) => return Ok(value),
        QuiltResult::Indeterminate => return Err(WalletError::Unclear),
        QuiltResult::Failed(failure) => failure,
    };
    Err(match failure.code {
        QuiltErrorCode::Unauthorized => WalletError::SignIn,
        QuiltErrorCode::NotFound => WalletError::NotFound,
        _ => WalletError::Refused(failure.message.as_deref().and_then(Sentence::parse)),
    })
}

fn card(row: Row) -> Card {
    Card {
        id: CardId(row.payment_method_id.as_str().to_owned()),
        brand: row.brand,
        last4: row.last4,
        exp_month: row.exp_month,
        exp_year: row.exp_year,
        name: None,
        label: None,
        address: None,
        is_default: false,
        expires_before_hold_ends: false,
    }
}
