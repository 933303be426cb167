//! The people API, `/people`: the booking site's server exports or deletes one person of its account.
//!
//! It is this project's own API, not a vendor's. The caller sends the account's holds key as a bearer token. It must never
//! be called from a browser, so it has no CORS. See `docs/people.md`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use schemars::JsonSchema;
use serde::Deserialize;

use super::holds::authorize;
use crate::app::App;
use crate::audit;
use crate::config::Account;
use crate::error::ApiError;
use crate::extract::QueryParams;
use crate::person_export::{self, PersonExport};
use crate::wallet::{self, NeededCards};
use wallet_store::owners::{Owner, OwnerId};
use wallet_store::people::{self, PersonKey};

pub(super) fn router() -> Router<App> {
    Router::new().route("/people", get(export).delete(remove))
}

/// The company, and one of its people.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PersonQuery {
    /// The number of the company's account.
    company_id: u64,
    /// The number of the person. Give this or `external_id`.
    #[serde(default)]
    user_id: Option<i64>,
    /// The site's own id of the person, as its tokens or requests name it.
    #[serde(default)]
    external_id: Option<String>,
    /// Whether to delete also a person whose card an appointment needs.
    #[serde(default)]
    force: bool,
}

async fn export(
    State(app): State<App>,
    headers: HeaderMap,
    QueryParams(query): QueryParams<PersonQuery>,
) -> Result<Json<PersonExport>, ApiError> {
    let account = authorize(&app, &headers, query.company_id)?;
    let person = find(&app, &account, &query).await?;
    Ok(Json(
        person_export::of_person(&app.store, account.id, person).await?,
    ))
}

async fn remove(
    State(app): State<App>,
    headers: HeaderMap,
    QueryParams(query): QueryParams<PersonQuery>,
) -> Result<StatusCode, ApiError> {
    let account = authorize(&app, &headers, query.company_id)?;
    let person = find(&app, &account, &query).await?;
    let needed = if query.force {
        NeededCards::Delete
    } else {
        NeededCards::Keep
    };
    let _lock = app.owner_locks.lock_for_request(person.id).await?;
    wallet::delete_person(&app.store, &account, &person, needed).await?;
    app.outbox.wake();
    Ok(StatusCode::NO_CONTENT)
}

async fn find(app: &App, account: &Account, query: &PersonQuery) -> Result<Owner, ApiError> {
    let key = match (query.user_id, &query.external_id) {
        (Some(number), None) => PersonKey::Number(OwnerId(number)),
        (None, Some(id)) => PersonKey::ExternalId(id),
        _ => {
            return Err(ApiError::Unprocessable(
                "Name the person by `user_id` or by `external_id`, not by both.".to_owned(),
            ));
        }
    };
    let found = people::find(app.store.pool(), account.id, key).await?;
    let person = found.ok_or(ApiError::NotFound("There is no such person."))?;
    audit::record_owner(person.id);
    Ok(person)
}
