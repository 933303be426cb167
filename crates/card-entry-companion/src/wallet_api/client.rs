//! What adapters with a token have in common: the address, the token's header, and what a status means.
//!
//! Held by the adapters. The token is in memory only: never in a URL, an attribute or a log.

use std::cell::{Cell, RefCell};

use card_entry_protocol::tree::Tree;

use super::http::{Call, Reply, send};
use crate::address::Place;
use crate::sentence::Sentence;
use crate::token::Token;
use crate::wallet::WalletError;
use crate::words::Locale;

/// A wallet API at an address, for whoever holds the token.
#[derive(Debug)]
pub(super) struct Client {
    base: String,
    /// What stands before the token in its header.
    scheme: &'static str,
    /// Where a refusal has its sentence for the person.
    sentence: fn(&Tree) -> Option<Sentence>,
    token: RefCell<Option<Token>>,
    locale: Cell<Locale>,
}

impl Client {
    /// The API that begins at `base` beneath the wallet's own address.
    pub fn new(
        wallet: &Place,
        base: &str,
        scheme: &'static str,
        sentence: fn(&Tree) -> Option<Sentence>,
    ) -> Self {
        let path = wallet.path().trim_end_matches('/');
        Self {
            base: format!("{}{path}{base}", wallet.origin()),
            scheme,
            sentence,
            token: RefCell::new(None),
            locale: Cell::default(),
        }
    }

    /// The language sentences are asked for in.
    pub fn set_locale(&self, locale: Locale) {
        self.locale.set(locale);
    }

    /// Takes a sign-in's token, or none.
    pub fn set_token(&self, token: Option<Token>) {
        *self.token.borrow_mut() = token;
    }

    /// Sends, and reads an answer of success.
    ///
    /// # Errors
    /// What the status means.
    pub async fn call(
        &self,
        method: &'static str,
        path: &str,
        key: Option<&str>,
        body: Option<Tree>,
    ) -> Result<Reply, WalletError> {
        // Taken out before the first await: a sign-in may change it while the request is on its way.
        let token = self.token.borrow().clone().ok_or(WalletError::SignIn)?;
        let url = format!("{}{path}", self.base);
        let token = format!("{}{}", self.scheme, token.as_str());
        let mut headers = vec![("authorization", token.as_str())];
        if let Some(key) = key {
            headers.push(("idempotency-key", key));
        }
        let reply = send(Call {
            method,
            url: &url,
            locale: self.locale.get(),
            headers: &headers,
            body,
        })
        .await?;
        if (200..300).contains(&reply.status) {
            Ok(reply)
        } else {
            Err(self.refusal(&reply))
        }
    }

    /// With 402, 403, 409, 422 and 424 the APIs write a sentence for the person; with no other status is one believed.
    fn refusal(&self, reply: &Reply) -> WalletError {
        let sentence = || {
            let said = (self.sentence)(&reply.json)?;
            Some(said.in_language(reply.language))
        };
        if let Some(pause) = reply.pause() {
            return pause;
        }
        match reply.status {
            401 => WalletError::SignIn,
            402 => WalletError::Challenge(sentence()),
            403 | 409 | 422 | 424 => WalletError::Refused(sentence()),
            404 | 410 => WalletError::NotFound,
            400..=499 => WalletError::Refused(None),
            _ => WalletError::Unclear,
        }
    }
}
