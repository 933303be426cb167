//! Quilt's payment API: payments at a card reader, and the cards saved from them.
//!
//! The account key can charge people's cards, so it must never be in a page. This adapter calls the site's own server
//! with the token of the session; that server forwards the call with the key.

use std::cell::{Cell, RefCell};

use card_entry_protocol::dialect::quilt::{
    BASE, CancelBody, CancelResponse, CaptureBody, CaptureResponse, Card as QuiltCard, CardBody,
    CardList, CardQuery, ConnectionTokenBody, ConnectionTokenResponse, DeletedCard, IntentBody,
    IntentResponse, QuiltError, QuiltErrorCode, QuiltResult,
};
use card_entry_protocol::encoding::percent_encode;
use card_entry_protocol::tree::{FromTree, ToTree, Tree};
use gloo_timers::future::TimeoutFuture;
use js_sys::Math;

use super::http::{HttpRequest, send};
use crate::address::BaseUrl;
use crate::display_message::DisplayMessage;
use crate::frame::random_bytes;
use crate::i18n::Locale;
use crate::retry::{REQUEST_ATTEMPTS, backoff_ms};
use crate::token::WalletToken;
use crate::wallet::{
    Capabilities, Card, SaveRequest, SavedCardId, SavedWallet, WalletApi, WalletError,
    WalletFuture, WalletIntent,
};

/// The cards and payments of one customer.
#[derive(Debug)]
pub struct Quilt {
    base: String,
    customer: CardQuery,
    token: RefCell<Option<WalletToken>>,
    locale: Cell<Locale>,
}

impl Quilt {
    /// A client for an address of the site's own server, such as `https://till.example/quilt`.
    ///
    /// ```no_run
    /// use card_entry_companion::address::BaseUrl;
    /// use card_entry_companion::wallet_api::quilt::Quilt;
    /// use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, ExternalCustomerId};
    ///
    /// let customer = CardQuery {
    ///     external_customer_id: ExternalCustomerId::parse("ann").unwrap(),
    ///     external_account_id: ExternalAccountId::parse("acme").unwrap(),
    /// };
    /// let api = Quilt::new(&BaseUrl::parse("https://till.example/quilt").unwrap(), customer);
    /// ```
    #[must_use]
    pub fn new(site: &BaseUrl, customer: CardQuery) -> Self {
        let path = site.path().trim_end_matches('/');
        Self {
            base: format!("{}{path}{BASE}", site.origin()),
            customer,
            token: RefCell::new(None),
            locale: Cell::default(),
        }
    }

    /// Creates a connection token for Stripe Terminal; it can be used once.
    pub async fn create_connection_token(&self) -> QuiltResult<ConnectionTokenResponse> {
        let body = ConnectionTokenBody {
            external_account_id: self.customer.external_account_id.clone(),
        };
        self.post("/terminal/connection_token", &body, None).await
    }

    /// Creates a payment, or charges a saved card. The same idempotency key is the same payment.
    pub async fn create_payment_intent(
        &self,
        body: &IntentBody,
        key: &str,
    ) -> QuiltResult<IntentResponse> {
        self.post("/payment/intent", body, Some(key)).await
    }

    /// Captures an authorized payment. A repeated call changes nothing.
    pub async fn capture(&self, body: &CaptureBody) -> QuiltResult<CaptureResponse> {
        self.post("/payment/capture", body, None).await
    }

    /// Cancels a payment. A repeated call changes nothing.
    pub async fn cancel(&self, body: &CancelBody) -> QuiltResult<CancelResponse> {
        self.post("/payment/cancel", body, None).await
    }

    /// Saves the card of a captured payment. A repeated call returns the same card.
    pub async fn save_card(&self, body: &CardBody) -> QuiltResult<QuiltCard> {
        self.post("/customer/card", body, None).await
    }

    async fn post<T: FromTree>(
        &self,
        path: &str,
        body: &impl ToTree,
        key: Option<&str>,
    ) -> QuiltResult<T> {
        let (result, _) = self.request("POST", path, key, Some(body.to_tree())).await;
        result
    }

    /// Repeats the call up to [`REQUEST_ATTEMPTS`] times while the result is unknown: every call here can be repeated.
    async fn request<T: FromTree>(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Tree>,
    ) -> (QuiltResult<T>, Option<Locale>) {
        let mut attempts_made = 0;
        loop {
            attempts_made += 1;
            match self.request_once(method, path, key, body.clone()).await {
                (QuiltResult::Indeterminate, _) if attempts_made < REQUEST_ATTEMPTS => {
                    TimeoutFuture::new(backoff_ms(attempts_made, Math::random())).await;
                }
                other => return other,
            }
        }
    }

    /// The result, and the language of its message.
    async fn request_once<T: FromTree>(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Tree>,
    ) -> (QuiltResult<T>, Option<Locale>) {
        let token = self.token.borrow().clone();
        let Some(token) = token.map(|token| format!("Bearer {}", token.as_str())) else {
            let failure = QuiltError {
                code: QuiltErrorCode::Unauthorized,
                message: None,
            };
            return (QuiltResult::Failed(failure), None);
        };
        let url = format!("{}{path}", self.base);
        let mut headers = vec![("authorization", token.as_str())];
        if let Some(key) = key {
            headers.push(("idempotency-key", key));
        }
        let call = HttpRequest {
            method,
            url: &url,
            locale: self.locale.get(),
            headers: &headers,
            body,
        };
        match send(call).await {
            Ok(response) => (
                QuiltResult::read(response.status, &response.json),
                response.language,
            ),
            Err(_) => (QuiltResult::Indeterminate, None),
        }
    }

    async fn read(&self) -> Result<Vec<Card>, WalletError> {
        let path = format!("/customer/card?{}", self.customer.to_query());
        let list: CardList = into_wallet_result(self.request("GET", &path, None, None).await)?;
        Ok(list.cards.into_iter().map(card).collect())
    }
}

impl WalletApi for Quilt {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            set_default: false,
            card_present: true,
            ..Capabilities::MULTIPLE_CARDS
        }
    }

    /// Refused: cards are taken at the reader only.
    fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent> {
        Box::pin(async { Err(WalletError::Refused(None)) })
    }

    fn save<'a>(&'a self, _: &'a SaveRequest) -> WalletFuture<'a, SavedWallet> {
        Box::pin(async { Err(WalletError::Refused(None)) })
    }

    fn list(&self) -> WalletFuture<'_, Vec<Card>> {
        Box::pin(self.read())
    }

    fn delete<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, ()> {
        Box::pin(async move {
            let path = format!(
                "/customer/card/{}?{}",
                percent_encode(&id.0),
                self.customer.to_query()
            );
            into_wallet_result::<DeletedCard>(self.request_once("DELETE", &path, None, None).await)
                .map(drop)
        })
    }

    fn set_token(&self, token: Option<WalletToken>) {
        *self.token.borrow_mut() = token;
    }

    fn set_locale(&self, locale: Locale) {
        self.locale.set(locale);
    }
}

/// A new random idempotency key, 32 hexadecimal digits; `None` in a browser without secure randomness.
#[must_use]
pub fn new_idempotency_key() -> Option<String> {
    let bytes = random_bytes(&web_sys::window()?)?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The result in the terms of the wallet on screen.
fn into_wallet_result<T>(
    (result, language): (QuiltResult<T>, Option<Locale>),
) -> Result<T, WalletError> {
    let failure = match result {
        QuiltResult::Done(value) => return Ok(value),
        QuiltResult::Indeterminate => return Err(WalletError::Indeterminate),
        QuiltResult::Failed(failure) => failure,
    };
    Err(match failure.code {
        QuiltErrorCode::Unauthorized => WalletError::SignInRequired,
        QuiltErrorCode::NotFound => WalletError::NotFound,
        _ => {
            let message = failure.message.as_deref().and_then(DisplayMessage::parse);
            WalletError::Refused(message.map(|message| message.with_language(language)))
        }
    })
}

fn card(row: QuiltCard) -> Card {
    Card {
        id: SavedCardId(row.payment_method_id.as_str().to_owned()),
        brand: row.brand,
        last4: row.last4,
        exp_month: row.exp_month,
        exp_year: row.exp_year,
        name: None,
        label: None,
        address: None,
        is_default: false,
        expires_before_appointment: false,
    }
}
