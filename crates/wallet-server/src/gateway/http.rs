//! One call to Stripe over HTTP: form-encoded, with an idempotency key and a pinned version, limited in time and size,
//! retried.
//!
//! Called by the typed calls only. A retry must never run a call twice: it repeats the idempotency key. See
//! <https://docs.stripe.com/api/idempotent_requests>, <https://docs.stripe.com/error-low-level>.

use std::time::{Duration, Instant};

use card_entry_protocol::origin::Origin;
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde::de::DeserializeOwned;

use super::GatewayError;
use super::error::StripeErrorBody;
use super::metrics::{GatewayMetrics, stripe_operation};
use crate::config::{Account, Provider};

/// The version this server was written for, so that the account's default version does not change its behaviour. The
/// next version, endive, no longer accepts `payment_method_types`.
pub(crate) const API_VERSION: &str = "2026-03-25.dahlia";

pub(crate) const MAX_ATTEMPTS: u32 = 3;

/// The delay before the second attempt. It doubles for the third.
const FIRST_RETRY_DELAY: Duration = Duration::from_millis(250);

/// How often a call waits while its own earlier attempt is still in progress at the gateway, and how long each time: a
/// slow gateway gets four more seconds.
const MAX_CONFLICT_RETRIES: u32 = 8;
const CONFLICT_RETRY_DELAY: Duration = Duration::from_millis(500);

/// The longest `Retry-After` that is respected, because the person is waiting.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(2);

/// Far above the size of any object that is read here.
const MAX_RESPONSE_BYTES: usize = 256 * 1024;

#[derive(Debug, Clone)]
pub(super) struct StripeHttp {
    http: Client,
    base: Origin,
    pub(super) metrics: GatewayMetrics,
}

/// Why an attempt failed, and whether another one can succeed.
enum CallError {
    /// An earlier attempt with this idempotency key is still in progress.
    KeyInUse,
    /// Another attempt can succeed, at the earliest after this time.
    Retryable(GatewayError, Option<Duration>),
    Final(GatewayError),
}

/// Creates an HTTP client for calls to `url`.
pub(crate) fn build_client(url: &str, timeout: Duration) -> Result<Client, GatewayError> {
    let builder = Client::builder()
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(4)))
        .redirect(redirect::Policy::none())
        .user_agent(concat!("card-entry-wallet/", env!("CARGO_PKG_VERSION")));
    // A proxy for the internet must not see calls to this machine.
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
            metrics: GatewayMetrics::new("stripe"),
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

    /// Deletes an object. A repeat is harmless, so there is no key.
    pub(super) async fn delete<T: DeserializeOwned>(
        &self,
        account: &Account,
        path: &str,
    ) -> Result<T, GatewayError> {
        self.call(account, Method::DELETE, path, |request| request)
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
        let (started, operation) = (Instant::now(), stripe_operation(method.as_str(), path));
        let result = self.call_with_retries(account, method, path, finish).await;
        self.metrics.count(&operation, &result, started.elapsed());
        result
    }

    async fn call_with_retries<T: DeserializeOwned>(
        &self,
        account: &Account,
        method: Method,
        path: &str,
        finish: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, GatewayError> {
        if account.provider != Provider::Stripe {
            return Err(GatewayError::Internal(
                "the account stores its cards at Braintree".to_owned(),
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
                Ok(object) => return Ok(object),
                Err(CallError::KeyInUse) if conflicts < MAX_CONFLICT_RETRIES => {
                    (attempts, conflicts) = (attempts - 1, conflicts + 1);
                    tokio::time::sleep(CONFLICT_RETRY_DELAY).await;
                }
                Err(CallError::KeyInUse) => {
                    return Err(GatewayError::Indeterminate(
                        "an earlier attempt is still in progress".to_owned(),
                    ));
                }
                Err(CallError::Retryable(error, retry_after)) if attempts < MAX_ATTEMPTS => {
                    tracing::debug!(%error, attempts, "call to the gateway failed, retrying");
                    tokio::time::sleep(retry_delay(attempts, retry_after)).await;
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
        let response = request.send().await.map_err(unclear)?;
        let status = response.status().as_u16();
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let should_retry = response
            .headers()
            .get("stripe-should-retry")
            .map(|value| value == "true");
        let replayed = response
            .headers()
            .get("idempotent-replayed")
            .is_some_and(|value| value == "true");
        let bytes = read_bounded(response).await?;
        if (200..300).contains(&status) {
            return serde_json::from_slice(&bytes).map_err(|e| {
                // The category and column only: serde's message may quote the value.
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
        if should_retry.unwrap_or(matches!(status, 429 | 500..)) {
            let error = GatewayError::Indeterminate(format!("status {status}"));
            return Err(CallError::Retryable(
                error,
                retry_after.map(Duration::from_secs),
            ));
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

async fn read_bounded(response: Response) -> Result<Vec<u8>, CallError> {
    read_body(response).await.map_err(|error| match error {
        GatewayError::Indeterminate(_) => CallError::Retryable(error, None),
        other => CallError::Final(other),
    })
}

/// Reads the body of a response, up to a limit.
pub(crate) async fn read_body(mut response: Response) -> Result<Vec<u8>, GatewayError> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
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

/// The delay before the next attempt: between half and all of the doubled delay, so that many callers do not return at
/// the same moment, and at least the gateway's `Retry-After`.
fn retry_delay(attempts: u32, retry_after: Option<Duration>) -> Duration {
    let whole = FIRST_RETRY_DELAY.saturating_mul(1 << attempts.saturating_sub(1).min(4));
    let mut byte = [128u8; 1];
    // Without randomness the delay is the middle one.
    let _ = getrandom::fill(&mut byte);
    let share = byte.first().map_or(0.75, |b| 0.5 + f64::from(*b) / 512.0);
    whole
        .mul_f64(share)
        .max(retry_after.unwrap_or_default().min(MAX_RETRY_AFTER))
}
