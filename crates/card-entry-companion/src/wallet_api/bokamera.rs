//! BokaMera's checkout, through the site's own server.
//!
//! The vendor's API takes a key that opens every payment of the company: it is a server's, and never in a browser. The
//! site therefore answers the two calls at an address of its own, adds `x-api-key`, and passes them on.

use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutRequest, CheckoutResponse, ErrorResponse, StatusRequest, StatusResponse,
};
use card_entry_protocol::tree::{FromTree, ToTree, Tree};

use super::http::{Call, Reply, send};
use crate::address::Place;
use crate::sentence::Sentence;
use crate::wallet::WalletError;
use crate::words::Locale;

/// The site's address for the two calls.
#[derive(Debug, Clone)]
pub struct BokaMera {
    base: String,
    locale: Locale,
}

impl BokaMera {
    /// At an address of the site's own server, such as `https://book.example/bokamera`.
    #[must_use]
    pub fn new(site: &Place) -> Self {
        let path = site.path().trim_end_matches('/');
        Self {
            base: format!("{}{path}", site.origin()),
            locale: Locale::default(),
        }
    }

    /// The same, asked for sentences in a language.
    #[must_use]
    pub fn in_language(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }

    /// Opens a checkout; older ones of the same reference end.
    ///
    /// # Errors
    /// What the status means; [`WalletError::Unclear`] when the answer has not what the mode needs.
    pub async fn open(&self, order: &CheckoutRequest) -> Result<Checkout, WalletError> {
        let reply = self.post("/checkout", order.body().to_tree()).await?;
        let answer = CheckoutResponse::from_tree(&reply);
        answer
            .and_then(|answer| answer.checkout(&order.mode.ui_mode()))
            .ok_or(WalletError::Unclear)
    }

    /// How far a checkout is.
    ///
    /// # Errors
    /// What the status means.
    pub async fn status(&self, order: &StatusRequest) -> Result<StatusResponse, WalletError> {
        let reply = self
            .post("/checkout/status", order.body().to_tree())
            .await?;
        StatusResponse::from_tree(&reply).ok_or(WalletError::Unclear)
    }

    async fn post(&self, path: &str, body: Tree) -> Result<Tree, WalletError> {
        let url = format!("{}{path}", self.base);
        let reply = send(Call {
            method: "POST",
            url: &url,
            locale: self.locale,
            headers: &[],
            body: Some(body),
        })
        .await?;
        if (200..300).contains(&reply.status) {
            Ok(reply.json)
        } else {
            Err(refusal(&reply))
        }
    }
}

/// With 400, 403 and 424 the API writes a sentence; with no other status is one believed.
fn refusal(reply: &Reply) -> WalletError {
    let sentence = || {
        let body = ErrorResponse::from_tree(&reply.json)?;
        let said = Sentence::parse(&body.response_status.message)?;
        Some(said.in_language(reply.language))
    };
    if let Some(pause) = reply.pause() {
        return pause;
    }
    match reply.status {
        400 | 403 | 424 => WalletError::Refused(sentence()),
        404 => WalletError::NotFound,
        401..=499 => WalletError::Refused(None),
        _ => WalletError::Unclear,
    }
}
