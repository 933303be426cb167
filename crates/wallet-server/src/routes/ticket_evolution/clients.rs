//! `/clients`: lists and creates clients, the owners of cards. Also the extractor of the client in a path.
//!
//! It must never return a client of another account.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::routing::{get, post};
use card_entry_protocol::dialect::ticket_evolution::{
    ClientBatch, ClientList, ClientToken, InvalidModel, NewClients, PageBounds, PageQuery,
};
use card_entry_protocol::member::read_json;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::presenter::ClientRecords;
use super::request_signature::SignedCaller;
use crate::app::App;
use crate::audit;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::extract::QueryParams;
use crate::routes::json_response::JsonResponse;
use crate::routes::lenient_list::skip_unreadable;
use crate::wallet::OwnerWallet;
use wallet_store::clients;
use wallet_store::owners::{self, Owner, OwnerId, OwnerKind};

/// The maximum number of rows that one request creates.
pub(super) const MAX_BATCH_SIZE: usize = 10;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/clients", get(list).post(create))
        .route("/clients/{client_id}", get(show))
        .route(
            "/clients/{client_id}/braintree_client_token",
            post(create_client_token),
        )
}

/// The client in the path, which belongs to the signing account.
#[derive(Debug)]
pub(super) struct PathClient {
    /// The account that signed the request.
    pub caller: SignedCaller,
    /// The client as the owner of a wallet.
    pub owner: Owner,
    pub records: ClientRecords,
}

impl FromRequestParts<App> for PathClient {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        const CLIENT_NOT_FOUND: ApiError = ApiError::NotFound("There is no such client.");
        let caller = SignedCaller::from_request_parts(parts, app).await?;
        // Every path of a client has its number as `client_id`.
        let path: Result<Path<Vec<(String, String)>>, _> =
            Path::from_request_parts(parts, app).await;
        let mut named = path.map_err(|_| CLIENT_NOT_FOUND)?.0.into_iter();
        let number =
            named.find_map(|(name, text)| (name == "client_id").then(|| parse_row_id(&text)));
        let id = OwnerId(number.flatten().ok_or(CLIENT_NOT_FOUND)?);
        let pool = app.store.pool();
        let client = clients::find(pool, caller.account.id, id).await?;
        let records = ClientRecords::of(app, client.ok_or(CLIENT_NOT_FOUND)?).await?;
        let owner = owners::find(pool, caller.account.id, id).await?;
        audit::record_owner(id);
        Ok(Self {
            owner: owner.ok_or(CLIENT_NOT_FOUND)?,
            caller,
            records,
        })
    }
}

/// Parses the number of a row in a path: digits only.
pub(super) fn parse_row_id(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// Parses a JSON body. The content type is ignored, because the signature authenticates the caller.
pub(super) fn parse_body<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    Ok(read_json(body)?)
}

/// The rows of one page, and the number of all rows.
pub(super) fn page_of<T>(rows: Vec<T>, page: PageBounds) -> (Vec<T>, u64) {
    let total = rows.len() as u64;
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(skip).take(page.per_page as usize);
    (rows.collect(), total)
}

/// Refuses a batch without rows, or with too many.
pub(super) fn check_batch_size(rows: usize) -> Result<(), ApiError> {
    match rows {
        1..=MAX_BATCH_SIZE => Ok(()),
        _ => Err(ApiError::Unprocessable(format!(
            "One request makes 1 to {MAX_BATCH_SIZE}."
        ))),
    }
}

async fn list(
    State(app): State<App>,
    caller: SignedCaller,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<JsonResponse, ApiError> {
    let all = clients::of_account(app.store.pool(), caller.account.id).await?;
    let (rows, total) = page_of(all, query.window());
    let mut shown = Vec::new();
    for client in rows {
        shown.push(ClientRecords::of(&app, client).await?.client());
    }
    let list = ClientList::new(skip_unreadable(shown), total, query.window());
    JsonResponse::new(StatusCode::OK, &list)
}

async fn show(client: PathClient) -> Result<JsonResponse, ApiError> {
    JsonResponse::new(StatusCode::OK, &client.records.client()?)
}

async fn create(
    State(app): State<App>,
    caller: SignedCaller,
    body: Bytes,
) -> Result<JsonResponse, ApiError> {
    let new: NewClients = parse_body(&body)?;
    check_batch_size(new.clients.len())?;
    let errors: Vec<_> = new.clients.iter().map(|client| client.errors()).collect();
    if errors.iter().any(|errors| !errors.is_empty()) {
        let rows = new.clients.into_iter().zip(errors);
        let rows: Vec<_> = rows
            .map(|(mut model, errors)| {
                model.clear_card_numbers();
                InvalidModel { model, errors }
            })
            .collect();
        return JsonResponse::new(StatusCode::UNPROCESSABLE_ENTITY, &json!({"clients": rows}));
    }
    let account = caller.account.id;
    for _ in &new.clients {
        let key = format!("clients {account}");
        app.limiter
            .count_attempt(&key, caller.clients_per_hour(), HOUR)?;
    }
    let mut tx = app.store.write().await?;
    let mut created = Vec::new();
    for client in &new.clients {
        let owner = owners::insert(&mut *tx, account, OwnerKind::External).await?;
        created.push(clients::insert(&mut *tx, owner.id, client.name.trim()).await?);
    }
    tx.commit().await?;
    let mut batch = ClientBatch {
        clients: Vec::new(),
    };
    for client in created {
        batch
            .clients
            .push(ClientRecords::of(&app, client).await?.client()?);
    }
    JsonResponse::new(StatusCode::CREATED, &batch)
}

async fn create_client_token(
    State(app): State<App>,
    client: PathClient,
) -> Result<JsonResponse, ApiError> {
    let account = &client.caller.account;
    let client_token = OwnerWallet::new(&app, account, &client.owner)
        .create_client_token()
        .await?;
    JsonResponse::new(StatusCode::CREATED, &ClientToken { client_token })
}
