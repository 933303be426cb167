//! The sign-in call of the point of sale.

use gloo_net::http::Method;

use super::{ApiRequest, NoResponse, read};
use crate::quilt::QuiltSession;

pub async fn sign_in() -> Result<QuiltSession, NoResponse> {
    let request = ApiRequest::new(Method::POST, "/api/quilt/sign-in", None);
    let response = request.send().await?;
    if !response.ok() {
        return Err(NoResponse);
    }
    read(response).await
}
