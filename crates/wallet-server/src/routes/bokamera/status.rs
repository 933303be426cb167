//! `POST /checkout/status`: the status of a checkout session.
//!
//! It must never show the session of another company.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use card_entry_protocol::dialect::bokamera::{CheckoutStatus, StatusBody, StatusResponse};

use super::caller::BokaMeraCaller;
use super::error::BokaMeraError;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::Json;
use crate::routes::json_response::JsonResponse;
use crate::wallet;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/checkout/status", post(show))
        .route("/checkout/status.json", post(show))
}

async fn show(
    State(app): State<App>,
    caller: BokaMeraCaller,
    Json(body): Json<StatusBody>,
) -> Result<JsonResponse, BokaMeraError> {
    let request = body.check()?;
    caller.company(request.company)?;
    let session =
        wallet::retrieve_checkout(&app, &caller.account, request.session.as_str()).await?;
    let status = CheckoutStatus::parse(&session.status).ok_or_else(|| {
        ApiError::Internal("the gateway's session has an unknown status".to_owned())
    })?;
    let response = StatusResponse {
        customer_email: session.customer_details.and_then(|customer| customer.email),
        status,
    };
    Ok(JsonResponse::new(StatusCode::OK, &response)?)
}
