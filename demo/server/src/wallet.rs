//! The wallet server, as this site needs it: who a visitor is, and the hold that keeps their card for a visit.
//!
//! Called by booking and by the sweep. The visitor's token and the holds key go to this one host only, and redirects
//! are not followed. Of the answer to "who", the user's number is read and nothing else: this site knows no card.

use core::str::FromStr;
use std::time::Duration;

use booking_page::studio_time::StudioTime;
use card_entry_protocol::dialect::mytime::BASE;
use card_entry_protocol::origin::Origin;
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde::{Deserialize, Serialize};

use crate::token::Token;

/// How long one call may take; the page says words long before a visitor gives up.
const LONGEST_CALL: Duration = Duration::from_secs(8);

/// The largest answer read, in bytes; a user with a full wallet has less than 2 kB.
const LARGEST_ANSWER: usize = 64 * 1024;

/// The key with which holds are placed. Its `Debug` is `***`.
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
        let fits = (16..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// The wallet's number of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(pub i64);

/// Why the wallet did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// It does not know the token.
    #[error("not signed in")]
    NotSignedIn,
    /// The person has no card in the wallet.
    #[error("no card")]
    NoCard,
    /// It said no, and has done nothing.
    #[error("refused with {0}")]
    Refused(StatusCode),
    /// It did not answer, or not in a way that says what it did.
    #[error("no clear answer: {0}")]
    Unclear(String),
}

impl From<reqwest::Error> for WalletError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unclear(error.without_url().to_string())
    }
}

/// The body of `POST /holds`.
#[derive(Debug, Serialize)]
struct NewHold<'a> {
    company_id: u64,
    user_id: i64,
    reference: &'a str,
    reason: &'a str,
    until: &'a str,
}

#[derive(Deserialize)]
struct Who {
    user: Numbered,
}

#[derive(Deserialize)]
struct Numbered {
    id: i64,
}

/// The client of one wallet server.
#[derive(Debug, Clone)]
pub struct Wallet {
    http: Client,
    base: Origin,
    company_id: u64,
    key: HoldsKey,
}

impl Wallet {
    /// A client for this server.
    ///
    /// # Errors
    /// When the machine offers no TLS.
    pub fn new(base: Origin, company_id: u64, key: HoldsKey) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(LONGEST_CALL)
            .build()?;
        Ok(Self {
            http,
            base,
            company_id,
            key,
        })
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// [`WalletError::NotSignedIn`], or no clear answer.
    pub async fn who(&self, token: &Token) -> Result<UserId, WalletError> {
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
                return Err(WalletError::NotSignedIn);
            }
            other => return Err(WalletError::Unclear(format!("status {other}"))),
        }
        let body = read(response).await?;
        let who: Who = serde_json::from_slice(&body)
            .map_err(|_| WalletError::Unclear("not a user".to_owned()))?;
        Ok(UserId(who.user.id))
    }

    /// Holds the person's card for a visit; asked twice with one reference, it is one hold.
    ///
    /// # Errors
    /// Only [`WalletError::Unclear`] leaves open whether there is a hold now.
    pub async fn hold(
        &self,
        user: UserId,
        reference: &str,
        reason: &str,
        until: &StudioTime,
    ) -> Result<(), WalletError> {
        let hold = NewHold {
            company_id: self.company_id,
            user_id: user.0,
            reference,
            reason,
            until: until.as_str(),
        };
        let request = self.http.post(format!("{}/holds", self.base)).json(&hold);
        match self.send(request).await? {
            StatusCode::OK | StatusCode::CREATED => Ok(()),
            StatusCode::NOT_FOUND => Err(WalletError::NoCard),
            status if status.is_client_error() => Err(WalletError::Refused(status)),
            status => Err(WalletError::Unclear(format!("status {status}"))),
        }
    }

    /// Lifts a hold; one that is not there is lifted.
    ///
    /// # Errors
    /// When it is not clear that nothing is held any more.
    pub async fn lift(&self, reference: &str) -> Result<(), WalletError> {
        let url = format!(
            "{}/holds/{reference}?company_id={}",
            self.base, self.company_id
        );
        match self.send(self.http.delete(url)).await? {
            StatusCode::OK | StatusCode::NO_CONTENT | StatusCode::NOT_FOUND => Ok(()),
            status => Err(WalletError::Unclear(format!("status {status}"))),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<StatusCode, WalletError> {
        Ok(request.bearer_auth(&self.key.0).send().await?.status())
    }
}

/// Reads a body up to the limit.
async fn read(mut response: Response) -> Result<Vec<u8>, WalletError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len().saturating_add(chunk.len()) > LARGEST_ANSWER {
            return Err(WalletError::Unclear("the answer is too large".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
