//! One call to the API, parsed from an HTTP request. Made by `dispatch.rs`. A live key must never be accepted.

use crate::error::ApiError;
use crate::form::Params;
use crate::key::ApiKey;
use crate::version::Version;
use axum::http::HeaderMap;

const MAX_IDEMPOTENCY_KEY_CHARS: usize = 255;

#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub path: String,
    pub params: Params,
    pub key: ApiKey,
    /// `Stripe-Version`; set to the account's version when the header is absent.
    pub version: Option<Version>,
    pub connected: Option<String>,
    /// `Idempotency-Key`; `None` for every method but POST.
    pub idempotency_key: Option<String>,
    /// `req_…`; `None` for a call that the sandbox makes for a person, such as on a checkout page.
    pub request_id: Option<String>,
}

impl Call {
    /// Parses a call from the parts of an HTTP request.
    ///
    /// # Errors
    /// 401 without a valid test key, 400 for an unknown version, 403 for a malformed account id.
    pub fn parse(
        method: &str,
        path: &str,
        query: &str,
        headers: &HeaderMap,
        body: &str,
    ) -> Result<Self, ApiError> {
        let params = Params::parse(query, body);
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
        if idempotency_key.is_some_and(|key| key.len() > MAX_IDEMPOTENCY_KEY_CHARS) {
            return Err(ApiError::invalid(&format!(
                "Idempotency keys can be at most {MAX_IDEMPOTENCY_KEY_CHARS} characters long."
            )));
        }
        let connected = header("stripe-account").or(params.text("_stripe_account"));
        if let Some(invalid) = connected.filter(|id| !id.starts_with("acct_")) {
            return Err(ApiError::account_invalid(invalid));
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

    /// The name of the account the call is for: `shop`, or `shop/acct_…` for a connected account.
    #[must_use]
    pub fn account_name(&self) -> String {
        match &self.connected {
            Some(connected) => format!("{}/{connected}", self.key.account),
            None => self.key.account.clone(),
        }
    }

    /// Method, path and parameters as one text. Calls with one idempotency key must have the same.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{} {}?{}", self.method, self.path, self.params.canonical())
    }
}
