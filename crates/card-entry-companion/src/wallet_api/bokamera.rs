//! BokaMera's checkout API, through the site's own server.
//!
//! The vendor's API key opens every payment of the company, so it must never be in a browser. The site's server answers
//! the two calls, adds `x-api-key` and forwards them.

use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutRequest, CheckoutResponse, ErrorResponse, StatusRequest, StatusResponse,
};
use card_entry_protocol::tree::{FromTree, ToTree, Tree};

use super::http::{HttpRequest, HttpResponse, send};
use crate::address::BaseUrl;
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;
use crate::wallet::WalletError;

/// The client of the two checkout calls.
#[derive(Debug, Clone)]
pub struct BokaMera {
    base: String,
    locale: Locale,
}

impl BokaMera {
    /// A client for an address of the site's own server, such as `https://book.example/bokamera`.
    ///
    /// ```no_run
    /// use card_entry_companion::address::BaseUrl;
    /// use card_entry_companion::wallet_api::bokamera::BokaMera;
    ///
    /// let api = BokaMera::new(&BaseUrl::parse("https://book.example/bokamera").unwrap());
    /// ```
    #[must_use]
    pub fn new(site: &BaseUrl) -> Self {
        let path = site.path().trim_end_matches('/');
        Self {
            base: format!("{}{path}", site.origin()),
            locale: Locale::default(),
        }
    }

    /// The same client, which requests messages in a language.
    #[must_use]
    pub fn with_language(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }

    /// Creates a checkout session. Open sessions with the same reference expire.
    ///
    /// # Errors
    /// The error of the status; [`WalletError::Indeterminate`] if the response lacks what the mode needs.
    pub async fn open(&self, order: &CheckoutRequest) -> Result<Checkout, WalletError> {
        let response = self.post("/checkout", order.body().to_tree()).await?;
        let answer = CheckoutResponse::from_tree(&response);
        answer
            .and_then(|answer| answer.checkout(&order.mode.ui_mode()))
            .ok_or(WalletError::Indeterminate)
    }

    /// Reads the status of a checkout session.
    ///
    /// # Errors
    /// The error of the status; [`WalletError::Indeterminate`] if the response cannot be read.
    pub async fn status(&self, order: &StatusRequest) -> Result<StatusResponse, WalletError> {
        let response = self
            .post("/checkout/status", order.body().to_tree())
            .await?;
        StatusResponse::from_tree(&response).ok_or(WalletError::Indeterminate)
    }

    async fn post(&self, path: &str, body: Tree) -> Result<Tree, WalletError> {
        let url = format!("{}{path}", self.base);
        let response = send(HttpRequest {
            method: "POST",
            url: &url,
            locale: self.locale,
            headers: &[],
            body: Some(body),
        })
        .await?;
        if (200..300).contains(&response.status) {
            Ok(response.json)
        } else {
            Err(error_of(&response))
        }
    }
}

/// The API sends a message with 400, 403 and 424; messages of other statuses are not shown.
fn error_of(response: &HttpResponse) -> WalletError {
    let message = || {
        let body = ErrorResponse::from_tree(&response.json)?;
        let text = DisplayMessage::parse(&body.response_status.message)?;
        Some(text.with_language(response.language))
    };
    if let Some(error) = response.retry_error() {
        return error;
    }
    match response.status {
        400 | 403 | 424 => WalletError::Refused(message()),
        404 => WalletError::NotFound,
        401..=499 => WalletError::Refused(None),
        _ => WalletError::Indeterminate,
    }
}
