//! `/clients/{id}/addresses`: where a card's bills go.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use card_entry_protocol::dialect::ticket_evolution::{
    AddressBatch, AddressList, InvalidModel, NewAddresses, PageQuery,
};
use serde_json::json;

use super::super::answer::Answer;
use super::super::rows::readable;
use super::clients::{Client, check_count, cut, read};
use super::view;
use crate::app::App;
use crate::error::ApiError;
use crate::read::Params;
use crate::store::clients;

/// Addresses of one client; more are a mistake.
const MOST: usize = 50;

pub(super) fn router() -> Router<App> {
    Router::new().route("/clients/{client_id}/addresses", get(list).post(create))
}

async fn list(
    State(app): State<App>,
    client: Client,
    Params(query): Params<PageQuery>,
) -> Result<Answer, ApiError> {
    let all = clients::addresses(app.store.pool(), client.owner.id).await?;
    let (rows, total) = cut(all, query.window());
    let rows = readable(rows.iter().map(view::address));
    let list = AddressList::new(rows, total, query.window());
    Answer::new(StatusCode::OK, &list)
}

async fn create(State(app): State<App>, client: Client, body: Bytes) -> Result<Answer, ApiError> {
    let new: NewAddresses = read(&body)?;
    check_count(new.addresses.len())?;
    let refused: Vec<_> = new.addresses.iter().map(|row| row.errors()).collect();
    if refused.iter().any(|errors| !errors.is_empty()) {
        let rows = new.addresses.into_iter().zip(refused);
        let rows: Vec<_> = rows
            .map(|(mut model, errors)| {
                model.clear_card_numbers();
                InvalidModel { model, errors }
            })
            .collect();
        return Answer::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"addresses": rows}),
        );
    }
    let mut tx = app.store.write().await?;
    let there = clients::addresses(&mut *tx, client.owner.id).await?.len();
    if there + new.addresses.len() > MOST {
        let words = format!("A client has {MOST} addresses at most.");
        return Err(ApiError::Refused(words));
    }
    let mut addresses = Vec::new();
    for row in &new.addresses {
        let made = clients::add_address(&mut tx, client.owner.id, row).await?;
        addresses.push(view::address(&made)?);
    }
    tx.commit().await?;
    Answer::new(StatusCode::CREATED, &AddressBatch { addresses })
}
