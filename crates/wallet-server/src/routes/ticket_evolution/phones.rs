//! `/clients/{id}/phone_numbers`: lists and creates telephone numbers of a client.
//!
//! It must never store a card number in a field, or answer with one.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use card_entry_protocol::dialect::ticket_evolution::{
    InvalidModel, NewPhones, PageQuery, PhoneBatch, PhoneList,
};
use serde_json::json;

use super::clients::{PathClient, check_batch_size, page_of, parse_body};
use super::presenter;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::QueryParams;
use crate::routes::json_response::JsonResponse;
use crate::routes::lenient_list::skip_unreadable;
use wallet_store::clients;

/// The maximum number of telephone numbers of one client.
const MAX_PHONE_NUMBERS: usize = 50;

pub(super) fn router() -> Router<App> {
    let path = "/clients/{client_id}/phone_numbers";
    Router::new().route(path, get(list).post(create))
}

async fn list(
    State(app): State<App>,
    client: PathClient,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<JsonResponse, ApiError> {
    let all = clients::phones(app.store.pool(), client.owner.id).await?;
    let (rows, total) = page_of(all, query.window());
    let rows = skip_unreadable(rows.iter().map(presenter::phone));
    let list = PhoneList::new(rows, total, query.window());
    JsonResponse::new(StatusCode::OK, &list)
}

async fn create(
    State(app): State<App>,
    client: PathClient,
    body: Bytes,
) -> Result<JsonResponse, ApiError> {
    let new: NewPhones = parse_body(&body)?;
    check_batch_size(new.phone_numbers.len())?;
    let errors: Vec<_> = new.phone_numbers.iter().map(|row| row.errors()).collect();
    if errors.iter().any(|errors| !errors.is_empty()) {
        let rows = new.phone_numbers.into_iter().zip(errors);
        let rows: Vec<_> = rows
            .map(|(mut model, errors)| {
                model.clear_card_numbers();
                InvalidModel { model, errors }
            })
            .collect();
        let body = json!({"phone_numbers": rows});
        return JsonResponse::new(StatusCode::UNPROCESSABLE_ENTITY, &body);
    }
    let mut tx = app.store.write().await?;
    let existing = clients::phones(&mut *tx, client.owner.id).await?.len();
    if existing + new.phone_numbers.len() > MAX_PHONE_NUMBERS {
        let sentence = format!("A client has {MAX_PHONE_NUMBERS} telephone numbers at most.");
        return Err(ApiError::Unprocessable(sentence));
    }
    let mut phone_numbers = Vec::new();
    for row in &new.phone_numbers {
        let created = clients::add_phone(&mut tx, client.owner.id, row).await?;
        phone_numbers.push(presenter::phone(&created)?);
    }
    tx.commit().await?;
    JsonResponse::new(StatusCode::CREATED, &PhoneBatch { phone_numbers })
}
