//! The site's own API.

use card_entry_protocol::encoding::percent_encode;
use gloo_net::http::{Method, Response};
use serde::de::DeserializeOwned;

use super::{Ask, NoAnswer, read};
use crate::api::{Appointment, Day, NewAppointment, Refusal, RefusalCode, Service, SiteConfig};
use crate::session::Token;
use crate::words::Words;

/// Why the site did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteError {
    Refused(Refusal),
    NoAnswer,
}

impl From<NoAnswer> for SiteError {
    fn from(_: NoAnswer) -> Self {
        Self::NoAnswer
    }
}

impl SiteError {
    /// The machine's reason, if there is one.
    pub fn code(&self) -> Option<RefusalCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::NoAnswer => None,
        }
    }

    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Refused(refusal) => words
                .refusal(refusal.code)
                .map_or_else(|| refusal.message.clone(), str::to_owned),
            Self::NoAnswer => words.site_away.to_owned(),
        }
    }
}

/// The response, when it is one of success.
async fn check(response: Response) -> Result<Response, SiteError> {
    if response.ok() {
        Ok(response)
    } else {
        Err(SiteError::Refused(read(response).await?))
    }
}

async fn get<T: DeserializeOwned>(path: &str, token: Option<&Token>) -> Result<T, SiteError> {
    let response = check(Ask::new(Method::GET, path, token).send().await?).await?;
    Ok(read(response).await?)
}

pub async fn config() -> Result<SiteConfig, SiteError> {
    get("/api/config", None).await
}

pub async fn services() -> Result<Vec<Service>, SiteError> {
    get("/api/services", None).await
}

pub async fn times(service: &str) -> Result<Vec<Day>, SiteError> {
    get(
        &format!("/api/times?service={}", percent_encode(service)),
        None,
    )
    .await
}

pub async fn appointments(token: &Token) -> Result<Vec<Appointment>, SiteError> {
    get("/api/appointments", Some(token)).await
}

pub async fn book(token: &Token, new: &NewAppointment) -> Result<Appointment, SiteError> {
    let ask = Ask::new(Method::POST, "/api/appointments", Some(token));
    let response = check(ask.send_json(new).await?).await?;
    Ok(read(response).await?)
}

/// Cancels a visit; whether the card is free already.
pub async fn cancel(token: &Token, id: &str) -> Result<bool, SiteError> {
    let path = format!("/api/appointments/{}", percent_encode(id));
    let response = check(Ask::new(Method::DELETE, &path, Some(token)).send().await?).await?;
    Ok(response.status() == 204)
}
