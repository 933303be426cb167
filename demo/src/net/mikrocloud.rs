//! The sign-in call of the MikroCloud panel.

use gloo_net::http::Method;

use super::{ApiRequest, NoResponse, read};
use crate::mikrocloud::{MikroCloudSession, MikroCloudSignIn};

pub async fn sign_in(sign_in: &MikroCloudSignIn) -> Result<MikroCloudSession, NoResponse> {
    let request = ApiRequest::new(Method::POST, "/api/mikrocloud/sign-in", None);
    let response = request.send_json(sign_in).await?;
    if !response.ok() {
        return Err(NoResponse);
    }
    read(response).await
}
