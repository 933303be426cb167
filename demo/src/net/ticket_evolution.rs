//! The ticket shop's sign-in.

use gloo_net::http::Method;

use super::{Ask, NoAnswer, read};
use crate::ticket_evolution::{SignIn, SignedIn};

/// Signs in under a name.
pub async fn sign_in(wanted: &SignIn) -> Result<SignedIn, NoAnswer> {
    let ask = Ask::new(Method::POST, "/api/ticket_evolution/sign-in", None);
    let response = ask.send_json(wanted).await?;
    if !response.ok() {
        return Err(NoAnswer);
    }
    read(response).await
}
