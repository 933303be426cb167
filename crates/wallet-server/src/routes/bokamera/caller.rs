//! Who calls: the account whose key is in `x-api-key`.
//!
//! Extracted by every BokaMera route. A bearer token beside it is the vendor's word for who pays; a checkout is the
//! company's whoever pays, so it is not looked at, and never stands in for the key.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use card_entry_protocol::dialect::bokamera::Guid;

use crate::app::App;
use crate::config::{Account, BokaMera, Kind, System};
use crate::cors::check_page;
use crate::error::ApiError;

#[derive(Debug)]
pub(super) struct Caller {
    /// Its account.
    pub account: Arc<Account>,
}

fn own(account: &Account) -> Option<&BokaMera> {
    match &account.system {
        System::BokaMera(own) => Some(own),
        _ => None,
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let key = parts.headers.get("x-api-key");
        let key = key
            .and_then(|value| value.to_str().ok())
            .ok_or(ApiError::NotSignedIn)?;
        let mut accounts = app.config.accounts.of(Kind::BokaMera);
        let account = accounts
            .find(|account| own(account).is_some_and(|own| own.key.matches(key)))
            .ok_or(ApiError::NotSignedIn)?;
        check_page(&parts.headers, account)?;
        Ok(Self {
            account: Arc::clone(account),
        })
    }
}

impl Caller {
    /// Its company's settings, if that is the company the request names.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`].
    pub fn company(&self, named: Guid) -> Result<&BokaMera, ApiError> {
        own(&self.account)
            .filter(|own| own.company == named)
            .ok_or(ApiError::Forbidden("This key is not that company’s."))
    }
}
