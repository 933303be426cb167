//! The sign-in call of the ticket shop.

use gloo_net::http::Method;

use super::{ApiRequest, NoResponse, read};
use crate::ticket_evolution::{TicketShopSession, TicketShopSignIn};

pub async fn sign_in(sign_in: &TicketShopSignIn) -> Result<TicketShopSession, NoResponse> {
    let request = ApiRequest::new(Method::POST, "/api/ticket_evolution/sign-in", None);
    let response = request.send_json(sign_in).await?;
    if !response.ok() {
        return Err(NoResponse);
    }
    read(response).await
}
