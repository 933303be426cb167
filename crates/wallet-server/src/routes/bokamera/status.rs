//! `POST /checkout/status`: how far a payment is.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use card_entry_protocol::dialect::bokamera::{CheckoutStatus, StatusBody, StatusResponse};

use super::super::answer::Answer;
use super::caller::Caller;
use super::no::No;
use crate::app::App;
use crate::error::ApiError;
use crate::read::Json;
use crate::wallet;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/checkout/status", post(show))
        .route("/checkout/status.json", post(show))
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<StatusBody>,
) -> Result<Answer, No> {
    let order = body.check()?;
    caller.company(order.company)?;
    let session = wallet::read_checkout(&app, &caller.account, order.session.as_str()).await?;
    let status = CheckoutStatus::parse(&session.status)
        .ok_or_else(|| ApiError::Broken("the gateway's status is no word".to_owned()))?;
    let answer = StatusResponse {
        customer_email: session.customer_details.and_then(|buyer| buyer.email),
        status,
    };
    Ok(Answer::new(StatusCode::OK, &answer)?)
}
