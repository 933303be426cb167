//! Verifies CAPTCHA tokens with the CAPTCHA's provider.
//!
//! Called by MyTime's sign-up, guests and sign-in, whose requests have a field for the token, and by the wallet before a
//! card is tried while most cards of the account are declined. It is off unless it is configured. Request and response have the format that reCAPTCHA, hCaptcha and Turnstile share. It must never send a
//! card number to the provider.

use std::time::Duration;

use card_entry_protocol::number::id_contains_card_number;
use reqwest::Client;
use serde::Deserialize;

use crate::app::App;
use crate::client_network::ClientNetwork;
use crate::clock::{HOUR, now};
use crate::config::{self, ChallengePolicy};
use crate::error::{ApiError, ErrorsByField};
use crate::gateway::{GatewayError, http_client, read_body};
use wallet_store::issuer_responses;

/// The provider must respond in this time, because a person is waiting.
const SITEVERIFY_TIMEOUT: Duration = Duration::from_secs(5);

/// The maximum length of a token; reCAPTCHA's have about 2,000 characters.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The number of failures after which [`ChallengePolicy::AfterTwoFailures`] requires a token.
const FAILURES_BEFORE_CHALLENGE: u32 = 2;

/// The client of the CAPTCHA's provider.
#[derive(Debug)]
pub struct Challenge {
    http: Client,
    config: config::Challenge,
}

#[derive(Debug, Deserialize)]
struct SiteverifyResponse {
    success: bool,
}

impl Challenge {
    /// Prepares the client. It sends nothing yet.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(config: config::Challenge) -> Result<Self, GatewayError> {
        let http = http_client(&config.url, SITEVERIFY_TIMEOUT)?;
        Ok(Self { http, config })
    }

    async fn is_passed(&self, token: &str) -> Result<bool, GatewayError> {
        let form = [("secret", self.config.secret.reveal()), ("response", token)];
        let unclear = |e: reqwest::Error| GatewayError::Indeterminate(e.without_url().to_string());
        let request = self.http.post(&self.config.url).form(&form);
        let answer = request.send().await.map_err(unclear)?;
        if !answer.status().is_success() {
            return Err(GatewayError::Indeterminate(format!(
                "status {}",
                answer.status()
            )));
        }
        let body = read_body(answer).await?;
        let verified: SiteverifyResponse = serde_json::from_slice(&body).map_err(|_| {
            GatewayError::MalformedResponse("a siteverify response without success".to_owned())
        })?;
        Ok(verified.success)
    }
}

/// The rate limiter's key of failed sign-ins from a network.
#[must_use]
pub fn failed_sign_ins_key(network: &ClientNetwork) -> String {
    format!("sign-in {network}")
}

/// Requires a valid CAPTCHA token where the policy asks for one.
///
/// # Errors
/// 422 at `recaptcha_token` when the token is missing or invalid; 503 when the provider does not respond.
pub async fn require(
    app: &App,
    network: &ClientNetwork,
    token: Option<&str>,
) -> Result<(), ApiError> {
    let Some(challenge) = &app.challenge else {
        return Ok(());
    };
    if challenge.config.when == ChallengePolicy::AfterTwoFailures {
        let own = network.fingerprint(app.store.instance());
        let cards =
            issuer_responses::declines_of_network(app.store.pool(), own.as_bytes(), now() - HOUR)
                .await?;
        let sign_ins = app.limiter.attempts(&failed_sign_ins_key(network));
        if cards.saturating_add(sign_ins) < FAILURES_BEFORE_CHALLENGE {
            return Ok(());
        }
    }
    check_token(challenge, token).await
}

/// Whether pages can send a CAPTCHA token with a card.
pub(crate) fn covers_card_entry(app: &App) -> bool {
    let challenge = app.challenge.as_ref();
    challenge.is_some_and(|challenge| challenge.config.card_entry)
}

/// Requires a valid CAPTCHA token with a card, whatever the policy says, because most cards of the account are declined.
///
/// # Errors
/// As [`require`].
pub(crate) async fn require_with_card(app: &App, token: Option<&str>) -> Result<(), ApiError> {
    match &app.challenge {
        Some(challenge) => check_token(challenge, token).await,
        None => Ok(()),
    }
}

async fn check_token(challenge: &Challenge, token: Option<&str>) -> Result<(), ApiError> {
    // A token that may contain a card number is not sent to the provider.
    let token = token.filter(|token| {
        (1..=MAX_TOKEN_BYTES).contains(&token.len()) && !id_contains_card_number(token)
    });
    let passed = match token {
        None => false,
        Some(token) => challenge.is_passed(token).await.map_err(|error| {
            tracing::warn!(%error, "CAPTCHA token not verified: its provider does not respond");
            ApiError::TimedOut
        })?,
    };
    if passed {
        return Ok(());
    }
    let sentence = "Please confirm that you’re a person, and try again.".to_owned();
    Err(ApiError::InvalidFields(ErrorsByField::from([(
        "recaptcha_token".to_owned(),
        vec![sentence],
    )])))
}
