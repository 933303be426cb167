//! Account calls of MyTime's API at the wallet server: sign-up, sign-in, sign-out, user, company.

use card_entry_protocol::dialect::mytime::{
    BASE, Company, CompanyBody, ErrorBody, NewSession, NewUser, User, UserBody,
};
use gloo_net::http::{Method, Response};
use serde::Serialize;

use super::{ApiRequest, NoResponse, read};
use crate::account::{AccountFieldError, field_errors_of};
use crate::api::SiteConfig;
use crate::messages::PageMessages;
use crate::session::{SessionToken, Visitor};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountError {
    Fields(Vec<AccountFieldError>),
    /// 401: wrong e-mail or password, or an invalid token.
    InvalidCredentials,
    TooMany,
    NoResponse,
}

impl From<NoResponse> for AccountError {
    fn from(_: NoResponse) -> Self {
        Self::NoResponse
    }
}

impl AccountError {
    /// The message of the whole form; `None` when the fields have their own.
    pub fn message(&self, messages: &PageMessages) -> Option<&'static str> {
        match self {
            Self::Fields(_) => None,
            Self::InvalidCredentials => Some(messages.wrong_sign_in),
            Self::TooMany => Some(messages.too_many_tries),
            Self::NoResponse => Some(messages.site_away),
        }
    }
}

fn url(config: &SiteConfig, path: &str) -> String {
    format!("{}{BASE}{path}", config.wallet)
}

async fn user_of(response: Response) -> Result<User, AccountError> {
    match response.status() {
        200 | 201 => Ok(read::<UserBody>(response).await?.user),
        401 | 403 => Err(AccountError::InvalidCredentials),
        422 => {
            let errors = field_errors_of(&read::<ErrorBody>(response).await?);
            Err(if errors.is_empty() {
                AccountError::NoResponse
            } else {
                AccountError::Fields(errors)
            })
        }
        429 => Err(AccountError::TooMany),
        _ => Err(AccountError::NoResponse),
    }
}

async fn start_session(
    config: &SiteConfig,
    path: &str,
    body: &impl Serialize,
) -> Result<(Visitor, SessionToken), AccountError> {
    let user = user_of(
        ApiRequest::new(Method::POST, &url(config, path), None)
            .send_json(body)
            .await?,
    )
    .await?;
    let token = user
        .authentication_token
        .as_deref()
        .and_then(SessionToken::parse)
        .ok_or(AccountError::NoResponse)?;
    Ok((Visitor::from(&user), token))
}

/// Creates an account and signs in.
pub async fn sign_up(
    config: &SiteConfig,
    user: &NewUser,
) -> Result<(Visitor, SessionToken), AccountError> {
    start_session(config, "/users", user).await
}

pub async fn sign_in(
    config: &SiteConfig,
    session: &NewSession,
) -> Result<(Visitor, SessionToken), AccountError> {
    start_session(config, "/sessions", session).await
}

pub async fn current_user(
    config: &SiteConfig,
    token: &SessionToken,
) -> Result<Visitor, AccountError> {
    let url = format!("{}?company_id={}", url(config, "/user"), config.company_id);
    let user = user_of(
        ApiRequest::new(Method::GET, &url, Some(token))
            .send()
            .await?,
    )
    .await?;
    Ok(Visitor::from(&user))
}

/// Ends the session at the server. The page drops the token whatever the result.
pub async fn sign_out(config: &SiteConfig, token: &SessionToken) {
    let _ = ApiRequest::new(Method::DELETE, &url(config, "/sessions"), Some(token))
        .send()
        .await;
}

/// The company, with its publishable key.
pub async fn company(config: &SiteConfig) -> Result<Company, NoResponse> {
    let url = url(config, &format!("/companies/{}", config.company_id));
    let response = ApiRequest::new(Method::GET, &url, None).send().await?;
    if !response.ok() {
        return Err(NoResponse);
    }
    Ok(read::<CompanyBody>(response).await?.company)
}
