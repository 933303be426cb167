//! Accounts at the wallet server, as MyTime's how-to has them: sign up, sign in, sign out, who am I, which company.

use card_entry_protocol::dialect::mytime::{
    BASE, Company, CompanyBody, ErrorBody, NewSession, NewUser, User, UserBody,
};
use gloo_net::http::{Method, Response};
use serde::Serialize;

use super::{Ask, NoAnswer, read};
use crate::account::{Fault, faults_of};
use crate::api::SiteConfig;
use crate::session::{Token, Visitor};
use crate::words::Words;

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountError {
    Fields(Vec<Fault>),
    /// 401: e-mail and password do not go together, or the token is dead.
    Unknown,
    TooMany,
    /// No answer, or none that helps.
    NoAnswer,
}

impl From<NoAnswer> for AccountError {
    fn from(_: NoAnswer) -> Self {
        Self::NoAnswer
    }
}

impl AccountError {
    /// The visitor's sentence for the form as a whole; none when each field has its own.
    pub fn sentence(&self, words: &Words) -> Option<&'static str> {
        match self {
            Self::Fields(_) => None,
            Self::Unknown => Some(words.wrong_sign_in),
            Self::TooMany => Some(words.too_many_tries),
            Self::NoAnswer => Some(words.site_away),
        }
    }
}

fn url(config: &SiteConfig, path: &str) -> String {
    format!("{}{BASE}{path}", config.wallet)
}

async fn user_of(response: Response) -> Result<User, AccountError> {
    match response.status() {
        200 | 201 => Ok(read::<UserBody>(response).await?.user),
        401 | 403 => Err(AccountError::Unknown),
        422 => {
            let faults = faults_of(&read::<ErrorBody>(response).await?);
            Err(if faults.is_empty() {
                AccountError::NoAnswer
            } else {
                AccountError::Fields(faults)
            })
        }
        429 => Err(AccountError::TooMany),
        _ => Err(AccountError::NoAnswer),
    }
}

async fn open(
    config: &SiteConfig,
    path: &str,
    body: &impl Serialize,
) -> Result<(Visitor, Token), AccountError> {
    let user = user_of(
        Ask::new(Method::POST, &url(config, path), None)
            .send_json(body)
            .await?,
    )
    .await?;
    let token = user
        .authentication_token
        .as_deref()
        .and_then(Token::parse)
        .ok_or(AccountError::NoAnswer)?;
    Ok((Visitor::from(&user), token))
}

/// Creates an account and signs in.
pub async fn sign_up(
    config: &SiteConfig,
    user: &NewUser,
) -> Result<(Visitor, Token), AccountError> {
    open(config, "/users", user).await
}

pub async fn sign_in(
    config: &SiteConfig,
    session: &NewSession,
) -> Result<(Visitor, Token), AccountError> {
    open(config, "/sessions", session).await
}

pub async fn who(config: &SiteConfig, token: &Token) -> Result<Visitor, AccountError> {
    let url = format!("{}?company_id={}", url(config, "/user"), config.company_id);
    let user = user_of(Ask::new(Method::GET, &url, Some(token)).send().await?).await?;
    Ok(Visitor::from(&user))
}

/// Ends the session at the server; the page forgets the token in any case.
pub async fn sign_out(config: &SiteConfig, token: &Token) {
    let _ = Ask::new(Method::DELETE, &url(config, "/sessions"), Some(token))
        .send()
        .await;
}

/// The company, with its publishable key.
pub async fn company(config: &SiteConfig) -> Result<Company, NoAnswer> {
    let url = url(config, &format!("/companies/{}", config.company_id));
    let response = Ask::new(Method::GET, &url, None).send().await?;
    if !response.ok() {
        return Err(NoAnswer);
    }
    Ok(read::<CompanyBody>(response).await?.company)
}
