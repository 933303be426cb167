//! `POST /user/credit_cards` saves, `DELETE …/{id}` deletes; the newer `DELETE /user/payment_methods/{id}` is the same.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, post};
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::SaveCard;
use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::once::{Key, once};
use super::caller::Caller;
use super::user::OfCompany;
use super::{shape, view};
use crate::app::App;
use crate::error::ApiError;
use crate::limiter::Place;
use crate::read::{self, Params};
use crate::store::saves::Outcome;
use crate::wallet;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/user/credit_cards", post(save))
        .route("/user/credit_cards/{id}", delete(remove))
        .route("/user/payment_methods/{id}", delete(remove))
}

async fn save(
    State(app): State<App>,
    caller: Caller,
    key: Key,
    place: Place,
    read::Json(body): read::Json<SaveCard>,
) -> Result<Answer, ApiError> {
    caller.check_company(Some(body.company_id))?;
    if body.token2 != body.stripe_credit_card_token {
        return Err(ApiError::Refused(
            "This card can’t be saved. Please enter it again.".to_owned(),
        ));
    }
    let request = serde_json::to_string(&body).map_err(|e| ApiError::Broken(e.to_string()))?;
    let work = save_now(&app, &caller, key, &place, &body);
    once(&app, caller.owner.id, key, &request, shape, work).await
}

async fn save_now(
    app: &App,
    caller: &Caller,
    key: Key,
    place: &Place,
    body: &SaveCard,
) -> Result<Answer, ApiError> {
    let id = body.stripe_credit_card_token.clone().into();
    let consent = body.consent.as_ref();
    let (account, owner) = (&caller.account, &caller.owner);
    let saved = wallet::save(app, account, owner, &id, key.0, Some(place), consent).await?;
    let claimed = (
        body.token_data.last4.as_str(),
        body.token_data.month,
        body.token_data.year,
    );
    if claimed
        != (
            saved.card.last4.as_str(),
            saved.card.exp_month,
            saved.card.exp_year,
        )
    {
        tracing::warn!(
            owner = caller.owner.id.0,
            "the page's card facts are not the gateway's; the gateway's are kept"
        );
    }
    let status = match saved.outcome {
        Outcome::Added | Outcome::Replaced => StatusCode::CREATED,
        Outcome::Same => StatusCode::OK,
    };
    Answer::new(status, &view::user(app, &caller.owner, None).await?)
}

async fn remove(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Params(query): Params<OfCompany>,
) -> Result<Json<Value>, ApiError> {
    caller.check_company(query.company_id)?;
    // Damaged encoding names no card; a sound one was decoded once.
    let Path(id) = id.map_err(|_| ApiError::NotFound("This card is not in your wallet."))?;
    wallet::delete(&app, &caller.account, &caller.owner, &id).await?;
    Ok(Json(json!({})))
}
