//! `POST /user/credit_cards` saves a card, `DELETE …/{id}` deletes one, as does the newer
//! `DELETE /user/payment_methods/{id}`.
//!
//! It must never trust the card details that the page claims.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, post};
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::SaveCard;
use serde_json::{Value, json};

use super::caller::MyTimeCaller;
use super::user::CompanyQuery;
use super::{presenter, render_error};
use crate::app::App;
use crate::browser_client::BrowserClient;
use crate::error::ApiError;
use crate::extract::{self, QueryParams};
use crate::routes::idempotency::{IdempotencyKey, IdempotentWrite};
use crate::routes::json_response::JsonResponse;
use crate::wallet::{OwnerWallet, SaveRequest};
use wallet_store::saves::SaveEffect;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/user/credit_cards", post(save))
        .route("/user/credit_cards/{id}", delete(remove))
        .route("/user/payment_methods/{id}", delete(remove))
}

async fn save(
    State(app): State<App>,
    caller: MyTimeCaller,
    key: IdempotencyKey,
    client: BrowserClient,
    extract::Json(body): extract::Json<SaveCard>,
) -> Result<JsonResponse, ApiError> {
    caller.check_company(Some(body.company_id))?;
    if body.token2 != body.stripe_credit_card_token {
        return Err(ApiError::Unprocessable(
            "This card can’t be saved. Please enter it again.".to_owned(),
        ));
    }
    let request = serde_json::to_string(&body).map_err(|e| ApiError::Internal(e.to_string()))?;
    let work = save_now(&app, &caller, key, &client, &body);
    let request = IdempotentWrite {
        owner: caller.owner.id,
        key,
        content: &request,
        render_error,
    };
    request.run(&app, Box::pin(work)).await
}

async fn save_now(
    app: &App,
    caller: &MyTimeCaller,
    key: IdempotencyKey,
    client: &BrowserClient,
    body: &SaveCard,
) -> Result<JsonResponse, ApiError> {
    let id = body.stripe_credit_card_token.clone().into();
    let consent = body.consent.as_ref();
    let (account, owner) = (&caller.account, &caller.owner);
    let request = SaveRequest {
        payment_method: &id,
        key: key.fingerprint,
        client: Some(client),
        consent,
    };
    let saved = OwnerWallet::new(app, account, owner).save(request).await?;
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
            "card details of the page differ from the gateway's; saved those of the gateway"
        );
    }
    let status = match saved.effect {
        SaveEffect::Added | SaveEffect::Replaced => StatusCode::CREATED,
        SaveEffect::Unchanged => StatusCode::OK,
    };
    JsonResponse::new(status, &presenter::user(app, &caller.owner, None).await?)
}

async fn remove(
    State(app): State<App>,
    caller: MyTimeCaller,
    id: Result<Path<String>, PathRejection>,
    QueryParams(query): QueryParams<CompanyQuery>,
) -> Result<Json<Value>, ApiError> {
    caller.check_company(query.company_id)?;
    // A path with invalid percent-encoding names no card.
    let Path(id) = id.map_err(|_| ApiError::NotFound("This card is not in your wallet."))?;
    OwnerWallet::new(&app, &caller.account, &caller.owner)
        .delete_card(&id)
        .await?;
    Ok(Json(json!({})))
}
