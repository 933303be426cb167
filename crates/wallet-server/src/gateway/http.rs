//! One call over HTTP: form-encoded, keyed, pinned, bounded, retried.
//!
//! Called by the typed calls only. A retry repeats the idempotency key, so that an answer that was lost is never done
//! twice. See <https://docs.stripe.com/api/idempotent_requests>, <https://docs.stripe.com/error-low-level>.

use std::time::Duration;

use card_entry_protocol::origin::Origin;
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde::de::DeserializeOwned;

use super::GatewayError;
use super::error::StripeErrorBody;
use crate::config::{Account, Provider};

/// The version this server was written against; the account's own default must not change its behaviour. The next
/// train, endive, no longer takes `payment_method_types`.
const API_VERSION: &str = "2026-03-25.dahlia";

/// Tries per call: the first, and two more.
const MAX_ATTEMPTS: u32 = 3;

/// The pause before the second try; doubled for the third.
const FIRST_RETRY_DELAY: Duration = Duration::from_millis(250);

/// How often a call waits for its own earlier try, which the gateway is still working on, and how long each time: a
/// slow gateway gets four seconds more.
const MAX_CONFLICT_RETRIES: u32 = 8;
const CONFLICT_RETRY_DELAY: Duration = Duration::from_millis(500);

/// The longest pause a `Retry-After` may ask for: the person is waiting.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(2);

/// No object read here comes near it.
const MAX_RESPONSE_BYTES: usize = 256 * 1024;

/// The HTTP client and where it calls.
#[derive(Debug, Clone)]
pub(super) struct StripeHttp {
    http: Client,
    base: Origin,
}

/// Whether another try can help, and after how long at least.
enum CallError {
    KeyInUse,
    Retryable(GatewayError, Option<Duration>),
    Final(GatewayError),
}

/// A client for calls to `url`.
pub(crate) fn build_client(url: &str, timeout: Duration) -> Result<Client, GatewayError> {
    let builder = Client::builder()
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(4)))
        .redirect(redirect::Policy::none())
        .user_agent(concat!("card-entry-wallet/", env!("CARGO_PKG_VERSION")));
    // A proxy meant for the outside world must not see calls to this machine.
    let builder = if url.starts_with("http://") {
        builder.no_proxy()
    } else {
        builder
    };
    builder
        .build()
        .map_err(|e| GatewayError::Internal(e.to_string()))
}

impl StripeHttp {
    pub(super) fn new(base: &Origin, timeout: Duration) -> Result<Self, GatewayError> {
        Ok(Self {
            http: build_client(base.as_str(), timeout)?,
            base: base.clone(),
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        account: &Account,
        path: &str,
    ) -> Result<T, GatewayError> {
        self.call(account, Method::GET, path, |request| request)
            .await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        account: &Account,
        path: &str,
        form: &[(&str, &str)],
        key: &str,
    ) -> Result<T, GatewayError> {
        self.call(account, Method::POST, path, |request| {
            request.header("idempotency-key", key).form(form)
        })
        .await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        account: &Account,
        method: Method,
        path: &str,
        finish: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, GatewayError> {
        if account.provider != Provider::Stripe {
            return Err(GatewayError::Internal(
                "its cards are not Stripe's".to_owned(),
            ));
        }
        let (mut attempts, mut conflicts) = (0, 0);
        loop {
            let mut request = self
                .http
                .request(method.clone(), format!("{}{path}", self.base))
                .bearer_auth(account.secret_key.reveal())
                .header("stripe-version", API_VERSION);
            if let Some(connected) = &account.gateway_account {
                request = request.header("stripe-account", connected.as_str());
            }
            attempts += 1;
            match Self::send_once(finish(request)).await {
                Ok(answer) => return Ok(answer),
                Err(CallError::KeyInUse) if conflicts < MAX_CONFLICT_RETRIES => {
                    (attempts, conflicts) = (attempts - 1, conflicts + 1);
                    tokio::time::sleep(CONFLICT_RETRY_DELAY).await;
                }
                Err(CallError::KeyInUse) => {
                    return Err(GatewayError::Indeterminate("still under way".to_owned()));
                }
                Err(CallError::Retryable(error, wait)) if attempts < MAX_ATTEMPTS => {
                    tracing::debug!(%error, attempts, "the gateway is asked again");
                    tokio::time::sleep(retry_delay(attempts, wait)).await;
                }
                Err(CallError::Retryable(error, _) | CallError::Final(error)) => return Err(error),
            }
        }
    }

    async fn send_once<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, CallError> {
        let unclear = |e: reqwest::Error| {
            CallError::Retryable(
                GatewayError::Indeterminate(e.without_url().to_string()),
                None,
            )
        };
        let answer = request.send().await.map_err(unclear)?;
        let status = answer.status().as_u16();
        let wait = answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let again = answer
            .headers()
            .get("stripe-should-retry")
            .map(|value| value == "true");
        let replayed = answer
            .headers()
            .get("idempotent-replayed")
            .is_some_and(|value| value == "true");
        let bytes = read_bounded(answer).await?;
        if (200..300).contains(&status) {
            return serde_json::from_slice(&bytes).map_err(|e| {
                // Category and place only: serde's own sentence may quote the value it met.
                let place = format!("{:?} at column {}", e.classify(), e.column());
                CallError::Final(GatewayError::MalformedResponse(place))
            });
        }
        if status == 409 {
            return Err(CallError::KeyInUse);
        }
        if replayed && status >= 500 {
            return Err(CallError::Final(GatewayError::ReplayedFailure(status)));
        }
        // 5xx and 429: theirs to mend.
        if again.unwrap_or(matches!(status, 429 | 500..)) {
            let error = GatewayError::Indeterminate(format!("status {status}"));
            return Err(CallError::Retryable(error, wait.map(Duration::from_secs)));
        }
        if matches!(status, 429 | 500..) {
            return Err(CallError::Final(GatewayError::Indeterminate(format!(
                "status {status}"
            ))));
        }
        Err(CallError::Final(
            serde_json::from_slice::<StripeErrorBody>(&bytes)
                .unwrap_or_default()
                .into_gateway_error(status),
        ))
    }
}

async fn read_bounded(answer: Response) -> Result<Vec<u8>, CallError> {
    read_body(answer).await.map_err(|error| match error {
        GatewayError::Indeterminate(_) => CallError::Retryable(error, None),
        other => CallError::Final(other),
    })
}

/// Reads an answer's body, as far as any honest one goes.
pub(crate) async fn read_body(mut answer: Response) -> Result<Vec<u8>, GatewayError> {
    let mut bytes = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() <= MAX_RESPONSE_BYTES => {
                bytes.extend_from_slice(&chunk)
            }
            Ok(Some(_)) => {
                return Err(GatewayError::MalformedResponse("too large".to_owned()));
            }
            Ok(None) => return Ok(bytes),
            Err(e) => {
                return Err(GatewayError::Indeterminate(e.without_url().to_string()));
            }
        }
    }
}

/// Between half and all of the doubled pause, so that many callers do not come back together; never less than asked.
fn retry_delay(attempts: u32, asked: Option<Duration>) -> Duration {
    let whole = FIRST_RETRY_DELAY.saturating_mul(1 << attempts.saturating_sub(1).min(4));
    let mut byte = [128u8; 1];
    // Without randomness the pause is simply the middle one.
    let _ = getrandom::fill(&mut byte);
    let share = byte.first().map_or(0.75, |b| 0.5 + f64::from(*b) / 512.0);
    whole
        .mul_f64(share)
        .max(asked.unwrap_or_default().min(MAX_RETRY_AFTER))
}
