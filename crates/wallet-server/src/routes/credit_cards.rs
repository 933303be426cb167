//! `POST /user/credit_cards` saves, `DELETE …/{id}` deletes; the newer `DELETE /user/payment_methods/{id}` is the same.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, post};
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::SaveCard;
use serde_json::{Value, json};

use super::user::OfCompany;
use super::view;
use crate::app::App;
use crate::caller::Caller;
use crate::error::ApiError;
use crate::read::{self, Params};
use crate::secret::Fingerprint;
use crate::store::answers;
use crate::store::saves::Outcome;
use crate::wallet;

/// The longest idempotency key, Stripe's own limit: <https://docs.stripe.com/api/idempotent_requests>.
const LONGEST_KEY: usize = 255;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/user/credit_cards", post(save))
        .route("/user/credit_cards/{id}", delete(remove))
        .route("/user/payment_methods/{id}", delete(remove))
}

/// A finished answer: what is sent, and what is kept for the same key.
struct Answer {
    status: StatusCode,
    body: String,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (
            self.status,
            [(header::CONTENT_TYPE, "application/json")],
            self.body,
        )
            .into_response()
    }
}

async fn save(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    read::Json(body): read::Json<SaveCard>,
) -> Result<Answer, ApiError> {
    caller.check_company(Some(body.company_id))?;
    if body.token2 != body.stripe_credit_card_token {
        return Err(ApiError::Refused(
            "This card can’t be saved. Please enter it again.".to_owned(),
        ));
    }
    let key = read_key(&headers)?;
    let request = Fingerprint::of(&written(&body)?);

    let _turn = app.turns.take(caller.owner.id).await;
    if let Some(key) = key
        && let Some(known) = answers::find(app.store.pool(), caller.owner.id, key).await?
    {
        return replay(known, request);
    }
    let answer = match save_now(&app, &caller, &body).await {
        Err(refusal) if refusal.is_final() => Answer {
            status: refusal.status(),
            body: written(&refusal.body())?,
        },
        other => other?,
    };
    if let Some(key) = key {
        let status = answer.status.as_u16();
        answers::insert(
            app.store.pool(),
            caller.owner.id,
            key,
            request,
            status,
            &answer.body,
        )
        .await?;
    }
    Ok(answer)
}

async fn save_now(app: &App, caller: &Caller, body: &SaveCard) -> Result<Answer, ApiError> {
    let id = &body.stripe_credit_card_token;
    let saved = wallet::save(app, &caller.account, &caller.owner, id).await?;
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
    Ok(Answer {
        status,
        body: written(&view::user(app, &caller.owner, None).await?)?,
    })
}

fn replay(known: answers::Answer, request: Fingerprint) -> Result<Answer, ApiError> {
    if known.request_hash != request.as_bytes() {
        return Err(ApiError::Refused(
            "This key was already used for another request.".to_owned(),
        ));
    }
    let status = StatusCode::from_u16(known.status).map_err(|e| ApiError::Broken(e.to_string()))?;
    Ok(Answer {
        status,
        body: known.body,
    })
}

fn read_key(headers: &HeaderMap) -> Result<Option<Fingerprint>, ApiError> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(key) if (1..=LONGEST_KEY).contains(&key.len()) => Ok(Some(Fingerprint::of(key))),
        _ => Err(ApiError::Refused(
            "The idempotency key must have 1 to 255 plain characters.".to_owned(),
        )),
    }
}

fn written(value: &impl serde::Serialize) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|e| ApiError::Broken(e.to_string()))
}

async fn remove(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
    Params(query): Params<OfCompany>,
) -> Result<Json<Value>, ApiError> {
    caller.check_company(query.company_id)?;
    // Damaged encoding names no card; a sound one was decoded once.
    let Path(id) = id.map_err(|_| ApiError::NotFound("This card is not in your wallet."))?;
    wallet::delete(&app, &caller.account, &caller.owner, &id).await?;
    Ok(Json(json!({})))
}
