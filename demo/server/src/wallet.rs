//! The client of the wallet server: the user of a token, and deletion blocks on cards (the public `/holds`).
//!
//! Called by booking and by the sweep. The visitor's token and the holds key must never go to another host, so redirects are not
//! followed. Of a user only the number is read: this site must never see a card.

use core::str::FromStr;
use std::time::Duration;

use booking_page::studio_time::StudioTime;
use card_entry_protocol::dialect::mytime::BASE;
use card_entry_protocol::origin::Origin;
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde::{Deserialize, Serialize};

use crate::wallet_token::WalletToken;

/// Short enough for the page to show an error before a visitor gives up.
const CALL_TIMEOUT: Duration = Duration::from_secs(8);

/// A user with a full wallet has less than 2 kB.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The key of the holds API. `Debug` prints `***`.
#[derive(Clone)]
pub struct HoldsKey(String);

impl core::fmt::Debug for HoldsKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for HoldsKey {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = (16..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        valid
            .then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// A user's number at the wallet server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(pub i64);

#[derive(Debug, thiserror::Error)]
pub enum WalletClientError {
    #[error("invalid token")]
    Unauthenticated,
    #[error("no card")]
    NoCard,
    /// Refused, and nothing was done.
    #[error("refused with {0}")]
    Refused(StatusCode),
    /// No response, or one that does not say whether the call took effect.
    #[error("indeterminate: {0}")]
    Indeterminate(String),
}

impl From<reqwest::Error> for WalletClientError {
    fn from(error: reqwest::Error) -> Self {
        Self::Indeterminate(error.without_url().to_string())
    }
}

/// The body of `POST /holds`.
#[derive(Debug, Serialize)]
struct NewDeletionBlock<'a> {
    company_id: u64,
    user_id: i64,
    reference: &'a str,
    reason: &'a str,
    until: &'a str,
}

#[derive(Deserialize)]
struct UserResponse {
    user: UserNumber,
}

#[derive(Deserialize)]
struct UserNumber {
    id: i64,
}

/// Calls one wallet server.
#[derive(Debug, Clone)]
pub struct WalletClient {
    http: Client,
    base: Origin,
    company_id: u64,
    key: HoldsKey,
}

impl WalletClient {
    /// # Errors
    /// When TLS is not available.
    pub fn new(base: Origin, company_id: u64, key: HoldsKey) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(CALL_TIMEOUT)
            .build()?;
        Ok(Self {
            http,
            base,
            company_id,
            key,
        })
    }

    /// `GET /user` with the token; returns the user's number.
    ///
    /// # Errors
    /// [`WalletClientError::Unauthenticated`] or [`WalletClientError::Indeterminate`].
    pub async fn user_of_token(&self, token: &WalletToken) -> Result<UserId, WalletClientError> {
        let url = format!("{}{BASE}/user?company_id={}", self.base, self.company_id);
        let response = self
            .http
            .get(url)
            .header("authorization", token.reveal())
            .send()
            .await?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(WalletClientError::Unauthenticated);
            }
            other => return Err(WalletClientError::Indeterminate(format!("status {other}"))),
        }
        let body = read(response).await?;
        let body: UserResponse = serde_json::from_slice(&body)
            .map_err(|_| WalletClientError::Indeterminate("the response is no user".to_owned()))?;
        Ok(UserId(body.user.id))
    }

    /// `POST /holds`: blocks the deletion of the person's card. Repeating it with the same reference places one block.
    ///
    /// # Errors
    /// Only after [`WalletClientError::Indeterminate`] it is unknown whether the block exists.
    pub async fn block_card_deletion(
        &self,
        user: UserId,
        reference: &str,
        reason: &str,
        until: &StudioTime,
    ) -> Result<(), WalletClientError> {
        let block = NewDeletionBlock {
            company_id: self.company_id,
            user_id: user.0,
            reference,
            reason,
            until: until.as_str(),
        };
        let request = self.http.post(format!("{}/holds", self.base)).json(&block);
        match self.send(request).await? {
            StatusCode::OK | StatusCode::CREATED => Ok(()),
            StatusCode::NOT_FOUND => Err(WalletClientError::NoCard),
            status if status.is_client_error() => Err(WalletClientError::Refused(status)),
            status => Err(WalletClientError::Indeterminate(format!("status {status}"))),
        }
    }

    /// `DELETE /holds/{reference}`. A block that does not exist counts as removed.
    ///
    /// # Errors
    /// When it is unknown whether the block is removed.
    pub async fn remove_deletion_block(&self, reference: &str) -> Result<(), WalletClientError> {
        let url = format!(
            "{}/holds/{reference}?company_id={}",
            self.base, self.company_id
        );
        match self.send(self.http.delete(url)).await? {
            StatusCode::OK | StatusCode::NO_CONTENT | StatusCode::NOT_FOUND => Ok(()),
            status => Err(WalletClientError::Indeterminate(format!("status {status}"))),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<StatusCode, WalletClientError> {
        Ok(request.bearer_auth(&self.key.0).send().await?.status())
    }
}

/// Reads a body of at most [`MAX_RESPONSE_BYTES`].
async fn read(mut response: Response) -> Result<Vec<u8>, WalletClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len().saturating_add(chunk.len()) > MAX_RESPONSE_BYTES {
            return Err(WalletClientError::Indeterminate(
                "the response is too large".to_owned(),
            ));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
