//! The MikroCloud panel's sign-in.

use gloo_net::http::Method;

use super::{Ask, NoAnswer, read};
use crate::mikrocloud::{SignIn, SignedIn};

/// Signs in as whoever was chosen.
pub async fn sign_in(wanted: &SignIn) -> Result<SignedIn, NoAnswer> {
    let ask = Ask::new(Method::POST, "/api/mikrocloud/sign-in", None);
    let response = ask.send_json(wanted).await?;
    if !response.ok() {
        return Err(NoAnswer);
    }
    read(response).await
}
