//! What adapters with a token have in common: base URL, token header, and the error of each status.
//!
//! Held by the adapters. The token is in memory only: it must never be in a URL, an attribute or a log line.

use std::cell::{Cell, RefCell};

use card_entry_protocol::tree::Tree;

use super::http::{HttpRequest, HttpResponse, send};
use crate::address::BaseUrl;
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;
use crate::token::WalletToken;
use crate::wallet::WalletError;

/// An HTTP client for a wallet API that authenticates with a token.
#[derive(Debug)]
pub(super) struct TokenClient {
    base: String,
    /// The prefix of the token in its header, such as `Bearer `.
    scheme: &'static str,
    /// Reads the message for the person from the body of a refusal.
    read_message: fn(&Tree) -> Option<DisplayMessage>,
    token: RefCell<Option<WalletToken>>,
    locale: Cell<Locale>,
}

impl TokenClient {
    /// A client for the API at the path `base` below the wallet's address.
    pub fn new(
        wallet: &BaseUrl,
        base: &str,
        scheme: &'static str,
        read_message: fn(&Tree) -> Option<DisplayMessage>,
    ) -> Self {
        let path = wallet.path().trim_end_matches('/');
        Self {
            base: format!("{}{path}{base}", wallet.origin()),
            scheme,
            read_message,
            token: RefCell::new(None),
            locale: Cell::default(),
        }
    }

    /// Sets the language in which messages are requested.
    pub fn set_locale(&self, locale: Locale) {
        self.locale.set(locale);
    }

    /// Sets the token of the session, or removes it.
    pub fn set_token(&self, token: Option<WalletToken>) {
        *self.token.borrow_mut() = token;
    }

    /// Sends a request and returns the response if its status is 2xx.
    ///
    /// # Errors
    /// [`WalletError::SignInRequired`] without a token, else the error of the status.
    pub async fn call(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Tree>,
    ) -> Result<HttpResponse, WalletError> {
        // Copied before the first await: a sign-in may change it while the request is in progress.
        let token = self
            .token
            .borrow()
            .clone()
            .ok_or(WalletError::SignInRequired)?;
        let url = format!("{}{path}", self.base);
        let token = format!("{}{}", self.scheme, token.as_str());
        let mut headers = vec![("authorization", token.as_str())];
        if let Some(key) = key {
            headers.push(("idempotency-key", key));
        }
        let response = send(HttpRequest {
            method,
            url: &url,
            locale: self.locale.get(),
            headers: &headers,
            body,
        })
        .await?;
        if (200..300).contains(&response.status) {
            Ok(response)
        } else {
            Err(self.error_of(&response))
        }
    }

    /// The APIs send a message with 402, 403, 409, 422 and 424; messages of other statuses are not shown.
    fn error_of(&self, response: &HttpResponse) -> WalletError {
        let message = || {
            let text = (self.read_message)(&response.json)?;
            Some(text.with_language(response.language))
        };
        if let Some(error) = response.retry_error() {
            return error;
        }
        match response.status {
            401 => WalletError::SignInRequired,
            402 => WalletError::NotVerified(message()),
            403 | 409 | 422 | 424 => WalletError::Refused(message()),
            404 | 410 => WalletError::NotFound,
            400..=499 => WalletError::Refused(None),
            _ => WalletError::Indeterminate,
        }
    }
}
