//! Calls of the site's own API.

use card_entry_protocol::encoding::percent_encode;
use gloo_net::http::{Method, Response};
use serde::de::DeserializeOwned;

use super::{ApiRequest, NoResponse, read};
use crate::api::{
    Appointment, Day, NewAppointment, Service, SiteConfig, SiteErrorBody, SiteErrorCode,
};
use crate::messages::PageMessages;
use crate::session::SessionToken;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteCallError {
    Response(SiteErrorBody),
    NoResponse,
}

impl From<NoResponse> for SiteCallError {
    fn from(_: NoResponse) -> Self {
        Self::NoResponse
    }
}

impl SiteCallError {
    pub fn code(&self) -> Option<SiteErrorCode> {
        match self {
            Self::Response(body) => Some(body.code),
            Self::NoResponse => None,
        }
    }

    pub fn message(&self, messages: &PageMessages) -> String {
        match self {
            Self::Response(body) => messages
                .error(body.code)
                .map_or_else(|| body.message.clone(), str::to_owned),
            Self::NoResponse => messages.site_away.to_owned(),
        }
    }
}

/// # Errors
/// The body of an error response.
async fn check(response: Response) -> Result<Response, SiteCallError> {
    if response.ok() {
        Ok(response)
    } else {
        Err(SiteCallError::Response(read(response).await?))
    }
}

async fn get<T: DeserializeOwned>(
    path: &str,
    token: Option<&SessionToken>,
) -> Result<T, SiteCallError> {
    let response = check(ApiRequest::new(Method::GET, path, token).send().await?).await?;
    Ok(read(response).await?)
}

pub async fn config() -> Result<SiteConfig, SiteCallError> {
    get("/api/config", None).await
}

pub async fn services() -> Result<Vec<Service>, SiteCallError> {
    get("/api/services", None).await
}

pub async fn times(service: &str) -> Result<Vec<Day>, SiteCallError> {
    get(
        &format!("/api/times?service={}", percent_encode(service)),
        None,
    )
    .await
}

pub async fn appointments(token: &SessionToken) -> Result<Vec<Appointment>, SiteCallError> {
    get("/api/appointments", Some(token)).await
}

pub async fn book(
    token: &SessionToken,
    new: &NewAppointment,
) -> Result<Appointment, SiteCallError> {
    let request = ApiRequest::new(Method::POST, "/api/appointments", Some(token));
    let response = check(request.send_json(new).await?).await?;
    Ok(read(response).await?)
}

/// Cancels an appointment; returns whether the card is unblocked already.
pub async fn cancel(token: &SessionToken, id: &str) -> Result<bool, SiteCallError> {
    let path = format!("/api/appointments/{}", percent_encode(id));
    let response = check(
        ApiRequest::new(Method::DELETE, &path, Some(token))
            .send()
            .await?,
    )
    .await?;
    Ok(response.status() == 204)
}
