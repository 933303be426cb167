//! Whether a caller is a person: the token of a challenge that the page showed is checked where the challenge came from.
//!
//! Called by MyTime's sign-up, guests and sign-in, whose requests have a place for the token. Off unless configured. The
//! form it sends and the answer it reads are those of reCAPTCHA, hCaptcha and Turnstile alike.

use std::time::Duration;

use card_entry_protocol::number::id_contains_card_number;
use reqwest::Client;
use serde::Deserialize;

use crate::app::App;
use crate::clock::{HOUR, now};
use crate::config::{self, When};
use crate::error::{ApiError, Fields};
use crate::gateway::{GatewayError, http_client, read_body};
use crate::limiter::Place;
use crate::store::verdicts;

/// The longest the check may take: the person is waiting.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest token looked at: reCAPTCHA's have about 2,000 characters.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Failures from a place that are anybody's bad luck.
const FAILURES: u32 = 2;

/// Asks whether tokens are good.
#[derive(Debug)]
pub struct Challenge {
    http: Client,
    config: config::Challenge,
}

#[derive(Debug, Deserialize)]
struct Verdict {
    success: bool,
}

impl Challenge {
    /// Prepares a client; nothing is sent yet.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: config::Challenge) -> Result<Self, GatewayError> {
        let http = http_client(&config.url, TIMEOUT)?;
        Ok(Self { http, config })
    }

    async fn is_passed(&self, token: &str) -> Result<bool, GatewayError> {
        let form = [("secret", self.config.secret.reveal()), ("response", token)];
        let unclear = |e: reqwest::Error| GatewayError::Unclear(e.without_url().to_string());
        let request = self.http.post(&self.config.url).form(&form);
        let answer = request.send().await.map_err(unclear)?;
        if !answer.status().is_success() {
            return Err(GatewayError::Unclear(format!("status {}", answer.status())));
        }
        let body = read_body(answer).await?;
        let verdict: Verdict = serde_json::from_slice(&body)
            .map_err(|_| GatewayError::Unreadable("no verdict".to_owned()))?;
        Ok(verdict.success)
    }
}

/// What failed sign-ins of a place are counted under.
#[must_use]
pub fn failed_sign_ins(place: &Place) -> String {
    format!("sign-in {place}")
}

/// Lets people through.
///
/// # Errors
/// 422 at `recaptcha_token` when the token is missing or not good; 503 when it cannot be checked.
pub async fn ask(app: &App, place: &Place, token: Option<&str>) -> Result<(), ApiError> {
    let Some(challenge) = &app.challenge else {
        return Ok(());
    };
    if challenge.config.when == When::AfterTwoFailures {
        let own = place.fingerprint(app.store.instance());
        let cards = verdicts::refusals_of_place(app.store.pool(), own, now() - HOUR).await?;
        let sign_ins = app.limiter.count(&failed_sign_ins(place));
        if cards.saturating_add(sign_ins) < FAILURES {
            return Ok(());
        }
    }
    // It is sent on: what may be a card number is not.
    let token = token.filter(|token| {
        (1..=LONGEST_TOKEN).contains(&token.len()) && !id_contains_card_number(token)
    });
    let passed = match token {
        None => false,
        Some(token) => challenge.is_passed(token).await.map_err(|error| {
            tracing::warn!(%error, "a challenge could not be checked");
            ApiError::TimedOut
        })?,
    };
    if passed {
        return Ok(());
    }
    let words = "Please confirm that you’re a person, and try again.".to_owned();
    Err(ApiError::Fields(Fields::from([(
        "recaptcha_token".to_owned(),
        vec![words],
    )])))
}
