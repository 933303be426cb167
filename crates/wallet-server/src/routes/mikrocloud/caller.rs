//! Who calls: the account whose key signed the token, and the owner its subject names.
//!
//! Extracted by every MikroCloud route, with the scope it needs. All that is wrong with a token looks alike; who has a
//! good one without the scope is told so.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use card_entry_protocol::dialect::mikrocloud::Scope;
use jiff::tz::TimeZone;

use super::view::Zone;
use crate::app::App;
use crate::clock::now;
use crate::config::{Account, Kind, System};
use crate::cors::check_page;
use crate::error::ApiError;
use crate::jwt::{Claims, Token};
use crate::store::owners::{self, Owner};

/// Whoever holds the token of this request.
#[derive(Debug)]
pub(super) struct Caller {
    /// Whose wallet.
    pub owner: Owner,
    /// With which account.
    pub account: Arc<Account>,
    /// Where their clock stands.
    pub zone: Zone,
}

/// A caller who may look at cards.
#[derive(Debug)]
pub(super) struct Reader(pub Caller);

/// A caller who may change them.
#[derive(Debug)]
pub(super) struct Writer(pub Caller);

impl FromRequestParts<App> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Caller::of(parts, app, Scope::Read).await.map(Self)
    }
}

impl FromRequestParts<App> for Writer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Caller::of(parts, app, Scope::Write).await.map(Self)
    }
}

impl Caller {
    async fn of(parts: &Parts, app: &App, scope: Scope) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION);
        let token = header.and_then(|value| bearer(value.to_str().ok()?));
        let (account, claims) = token
            .and_then(|text| vouched(app, text))
            .ok_or(ApiError::NotSignedIn)?;
        check_page(&parts.headers, &account)?;
        if !claims.allow(scope.as_str()) {
            return Err(ApiError::Forbidden(match scope {
                Scope::Read => "This sign-in may not look at the cards.",
                Scope::Write => "This sign-in may not change the cards.",
            }));
        }
        let subject = claims.subject().ok_or(ApiError::NotSignedIn)?;
        let owner = owners::known(app.store.pool(), account.id, &subject).await?;
        let named = claims.timezone.as_deref();
        let zone = named.and_then(|name| TimeZone::get(name).ok());
        Ok(Self {
            owner,
            account,
            zone: Zone(zone.unwrap_or(TimeZone::UTC)),
        })
    }
}

/// The token after its scheme, which is of any case: RFC 9110, 11.1.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The account one of whose keys signed the token, and its claims, if they are good now. A token that two accounts
/// would believe, because they were given one secret, opens neither.
fn vouched(app: &App, text: &str) -> Option<(Arc<Account>, Claims)> {
    let token = Token::read(text)?;
    let mut signers = app
        .config
        .accounts
        .of(Kind::MikroCloud)
        .filter_map(|account| {
            let System::MikroCloud(own) = &account.system else {
                return None;
            };
            if own.issuer != token.claimed_issuer() {
                return None;
            }
            let claims = own.keys.iter().find_map(|key| token.signed_by(key))?;
            let good = claims.are_good(&own.issuer, own.audience.as_deref(), now());
            good.then(|| (Arc::clone(account), claims))
        });
    let signer = signers.next()?;
    signers.next().is_none().then_some(signer)
}
