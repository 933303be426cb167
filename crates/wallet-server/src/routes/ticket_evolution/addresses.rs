//! `/clients/{id}/addresses`: lists and creates billing addresses of a client.
//!
//! It must never store a card number in a field, or answer with one.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use card_entry_protocol::dialect::ticket_evolution::{
    AddressBatch, AddressList, InvalidModel, NewAddresses, PageQuery,
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

/// The maximum number of addresses of one client.
const MAX_ADDRESSES: usize = 50;

pub(super) fn router() -> Router<App> {
    Router::new().route("/clients/{client_id}/addresses", get(list).post(create))
}

async fn list(
    State(app): State<App>,
    client: PathClient,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<JsonResponse, ApiError> {
    let all = clients::addresses(app.store.pool(), client.owner.id).await?;
    let (rows, total) = page_of(all, query.window());
    let rows = skip_unreadable(rows.iter().map(presenter::address));
    let list = AddressList::new(rows, total, query.window());
    JsonResponse::new(StatusCode::OK, &list)
}

async fn create(
    State(app): State<App>,
    client: PathClient,
    body: Bytes,
) -> Result<JsonResponse, ApiError> {
    let new: NewAddresses = parse_body(&body)?;
    check_batch_size(new.addresses.len())?;
    let errors: Vec<_> = new.addresses.iter().map(|row| row.errors()).collect();
    if errors.iter().any(|errors| !errors.is_empty()) {
        let rows = new.addresses.into_iter().zip(errors);
        let rows: Vec<_> = rows
            .map(|(mut model, errors)| {
                model.clear_card_numbers();
                InvalidModel { model, errors }
            })
            .collect();
        return JsonResponse::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"addresses": rows}),
        );
    }
    let mut tx = app.store.write().await?;
    let existing = clients::addresses(&mut *tx, client.owner.id).await?.len();
    if existing + new.addresses.len() > MAX_ADDRESSES {
        let sentence = format!("A client has {MAX_ADDRESSES} addresses at most.");
        return Err(ApiError::Unprocessable(sentence));
    }
    let mut addresses = Vec::new();
    for row in &new.addresses {
        let created = clients::add_address(&mut tx, client.owner.id, row).await?;
        addresses.push(presenter::address(&created)?);
    }
    tx.commit().await?;
    JsonResponse::new(StatusCode::CREATED, &AddressBatch { addresses })
}
