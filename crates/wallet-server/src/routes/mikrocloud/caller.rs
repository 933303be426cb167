//! Authenticates a MikroCloud caller by a signed token: the account of the key, and the owner of the subject.
//!
//! Extracted by every MikroCloud route, with the scope that the route needs. All invalid tokens get the same response; a
//! valid token without the scope gets 403. It must never accept a token that two accounts would accept.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use card_entry_protocol::dialect::mikrocloud::Scope;
use jiff::tz::TimeZone;

use super::presenter::UserTimeZone;
use crate::app::App;
use crate::audit;
use crate::clock::now;
use crate::config::{Account, SystemConfig, WalletSystem};
use crate::cors::check_origin;
use crate::error::ApiError;
use crate::extract::bearer_token;
use crate::jwt::{Claims, UnverifiedToken};
use crate::log;
use wallet_store::owners::{self, Owner};

/// The owner of the request's token.
#[derive(Debug)]
pub(super) struct MikroCloudCaller {
    /// The owner of the wallet.
    pub owner: Owner,
    /// The account whose key signed the token.
    pub account: Arc<Account>,
    pub zone: UserTimeZone,
}

/// A caller whose token allows reading.
#[derive(Debug)]
pub(super) struct ReadCaller(pub MikroCloudCaller);

/// A caller whose token allows writing.
#[derive(Debug)]
pub(super) struct WriteCaller(pub MikroCloudCaller);

impl FromRequestParts<App> for ReadCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        MikroCloudCaller::authenticate(parts, app, Scope::Read)
            .await
            .map(Self)
    }
}

impl FromRequestParts<App> for WriteCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        MikroCloudCaller::authenticate(parts, app, Scope::Write)
            .await
            .map(Self)
    }
}

impl MikroCloudCaller {
    async fn authenticate(parts: &Parts, app: &App, scope: Scope) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION);
        let token = header.and_then(|value| bearer_token(value.to_str().ok()?));
        let (account, claims) = token
            .and_then(|text| verify_token(app, text))
            .ok_or(ApiError::NotSignedIn)?;
        log::record_account(account.id);
        check_origin(&parts.headers, &account)?;
        if !claims.has_scope(scope.as_str()) {
            return Err(ApiError::Forbidden(match scope {
                Scope::Read => "This sign-in may not look at the cards.",
                Scope::Write => "This sign-in may not change the cards.",
            }));
        }
        let subject = claims.subject().ok_or(ApiError::NotSignedIn)?;
        let owner = owners::find_or_insert_external(app.store.pool(), account.id, &subject).await?;
        audit::record_owner(owner.id);
        let named = claims.timezone.as_deref();
        let zone = named.and_then(|name| TimeZone::get(name).ok());
        Ok(Self {
            owner,
            account,
            zone: UserTimeZone(zone.unwrap_or(TimeZone::UTC)),
        })
    }
}

/// The account whose key signed the token, and the claims, if they are valid now. A token that two accounts accept,
/// because they have the same secret, is refused.
fn verify_token(app: &App, text: &str) -> Option<(Arc<Account>, Claims)> {
    let token = UnverifiedToken::read(text)?;
    let mut signers = app
        .config
        .accounts
        .of_system(WalletSystem::MikroCloud)
        .filter_map(|account| {
            let SystemConfig::MikroCloud(own) = &account.system else {
                return None;
            };
            if own.issuer != token.claimed_issuer() {
                return None;
            }
            let claims = own.keys.iter().find_map(|key| token.verify(key))?;
            let valid = claims.are_valid(&own.issuer, own.audience.as_deref(), now());
            valid.then(|| (Arc::clone(&account), claims))
        });
    let signer = signers.next()?;
    signers.next().is_none().then_some(signer)
}
