//! `/clients/{id}/phone_numbers`: whom to call about a card.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use card_entry_protocol::dialect::ticket_evolution::{
    InvalidModel, NewPhones, PageQuery, PhoneBatch, PhoneList,
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

/// Telephone numbers of one client; more are a mistake.
const MOST: usize = 50;

pub(super) fn router() -> Router<App> {
    let path = "/clients/{client_id}/phone_numbers";
    Router::new().route(path, get(list).post(create))
}

async fn list(
    State(app): State<App>,
    client: Client,
    Params(query): Params<PageQuery>,
) -> Result<Answer, ApiError> {
    let all = clients::phones(app.store.pool(), client.owner.id).await?;
    let (rows, total) = cut(all, query.window());
    let rows = readable(rows.iter().map(view::phone));
    let list = PhoneList::new(rows, total, query.window());
    Answer::new(StatusCode::OK, &list)
}

async fn create(State(app): State<App>, client: Client, body: Bytes) -> Result<Answer, ApiError> {
    let new: NewPhones = read(&body)?;
    check_count(new.phone_numbers.len())?;
    let refused: Vec<_> = new.phone_numbers.iter().map(|row| row.errors()).collect();
    if refused.iter().any(|errors| !errors.is_empty()) {
        let rows = new.phone_numbers.into_iter().zip(refused);
        let rows: Vec<_> = rows
            .map(|(mut model, errors)| {
                model.clear_card_numbers();
                InvalidModel { model, errors }
            })
            .collect();
        let body = json!({"phone_numbers": rows});
        return Answer::new(StatusCode::UNPROCESSABLE_ENTITY, &body);
    }
    let mut tx = app.store.write().await?;
    let there = clients::phones(&mut *tx, client.owner.id).await?.len();
    if there + new.phone_numbers.len() > MOST {
        let words = format!("A client has {MOST} telephone numbers at most.");
        return Err(ApiError::Refused(words));
    }
    let mut phone_numbers = Vec::new();
    for row in &new.phone_numbers {
        let made = clients::add_phone(&mut tx, client.owner.id, row).await?;
        phone_numbers.push(view::phone(&made)?);
    }
    tx.commit().await?;
    Answer::new(StatusCode::CREATED, &PhoneBatch { phone_numbers })
}
