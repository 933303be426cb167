//! One call to the API, read once. Made by `answer.rs` from the request's parts.

use crate::error::ApiError;
use crate::form::Params;
use crate::key::ApiKey;
use crate::world::DEFAULT_VERSION;
use axum::http::HeaderMap;

/// Who asks for what.
#[derive(Clone, Debug)]
pub struct Call {
    /// HTTP method.
    pub method: String,
    /// Path.
    pub path: String,
    /// Query and body.
    pub params: Params,
    /// Whose call.
    pub key: ApiKey,
    /// `Stripe-Version`, echoed.
    pub version: String,
    /// `Stripe-Account`.
    pub connected: Option<String>,
    /// `Idempotency-Key`; only ever set on a POST.
    pub idempotency_key: Option<String>,
    /// `req_…`; none when it is not a request but a person's doing that is carried out.
    pub request_id: Option<String>,
}

impl Call {
    /// Reads a call.
    ///
    /// # Errors
    /// 401 without a usable test key; 400 for a version or an account of the wrong form.
    pub fn read(
        method: &str,
        path: &str,
        query: &str,
        headers: &HeaderMap,
        body: &str,
    ) -> Result<Self, ApiError> {
        let params = Params::read(query, body);
        let header = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .filter(|v| !v.is_empty())
        };
        let key = match (header("authorization"), params.text("key")) {
            (Some(authorization), _) => ApiKey::from_authorization(authorization)?,
            (None, Some(key)) => ApiKey::parse(key)?,
            (None, None) => {
                return Err(ApiError::unauthorized(
                    "You did not provide an API key. You need to provide your API key in the Authorization header, \
                     using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
                ));
            }
        };
        let version = header("stripe-version")
            .or(params.text("_stripe_version"))
            .unwrap_or(DEFAULT_VERSION);
        if !is_version(version) {
            return Err(ApiError::invalid(&format!(
                "Invalid Stripe API version: {version}"
            )));
        }
        let connected = header("stripe-account").or(params.text("_stripe_account"));
        if connected.is_some_and(|id| !id.starts_with("acct_")) {
            return Err(ApiError::invalid(
                "The Stripe-Account header must be the id of an account.",
            )
            .code("account_invalid"));
        }
        Ok(Self {
            method: method.to_owned(),
            path: path.to_owned(),
            version: version.to_owned(),
            connected: connected.map(str::to_owned),
            idempotency_key: header("idempotency-key")
                .filter(|_| method == "POST")
                .map(str::to_owned),
            request_id: None,
            key,
            params,
        })
    }

    /// The name of the books the call works on: a connected account has its own.
    #[must_use]
    pub fn books_name(&self) -> String {
        match &self.connected {
            Some(connected) => format!("{}/{connected}", self.key.account),
            None => self.key.account.clone(),
        }
    }

    /// What an idempotency key stands for.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{} {}?{}", self.method, self.path, self.params.canonical())
    }
}

/// `2025-09-30.clover`, or a bare date from before the trains.
fn is_version(text: &str) -> bool {
    let (date, train) = text.split_once('.').unwrap_or((text, ""));
    let shape = |(place, c): (usize, char)| {
        if matches!(place, 4 | 7) {
            c == '-'
        } else {
            c.is_ascii_digit()
        }
    };
    date.len() == 10
        && date.chars().enumerate().all(shape)
        && train.chars().all(|c| c.is_ascii_lowercase())
}
