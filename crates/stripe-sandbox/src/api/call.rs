//! One call to the API, read once. Made by `answer.rs` from the request's parts.

use crate::error::ApiError;
use crate::form::Params;
use crate::key::ApiKey;
use crate::version::Version;
use axum::http::HeaderMap;

const KEY_MAX: usize = 255;

#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub path: String,
    pub params: Params,
    pub key: ApiKey,
    /// `Stripe-Version`; the account's own, once the account is known.
    pub version: Option<Version>,
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
    /// 401 without a usable test key; 400 for an unknown version, 403 for what is no account.
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
        let version = match header("stripe-version").or(params.text("_stripe_version")) {
            None => None,
            Some(text) => Some(Version::parse(text).ok_or_else(|| {
                ApiError::invalid(&format!("Invalid Stripe API version: {text}"))
            })?),
        };
        let idempotency_key = header("idempotency-key").filter(|_| method == "POST");
        if idempotency_key.is_some_and(|key| key.len() > KEY_MAX) {
            return Err(ApiError::invalid(&format!(
                "Idempotency keys can be at most {KEY_MAX} characters long."
            )));
        }
        let connected = header("stripe-account").or(params.text("_stripe_account"));
        if let Some(odd) = connected.filter(|id| !id.starts_with("acct_")) {
            return Err(ApiError::no_access(odd));
        }
        Ok(Self {
            method: method.to_owned(),
            path: path.to_owned(),
            version,
            connected: connected.map(str::to_owned),
            idempotency_key: idempotency_key.map(str::to_owned),
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
