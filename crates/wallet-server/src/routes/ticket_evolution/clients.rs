//! `/clients`: the least that is needed for somebody to have cards; and the client that a path names.

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

use super::super::answer::Answer;
use super::super::rows::readable;
use super::seal::Signer;
use super::view::Belongings;
use crate::app::App;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::read::Params;
use crate::store::clients;
use crate::store::owners::{self, Owner, OwnerId, OwnerKind};
use crate::wallet;

/// Rows of one request; more at once are an import.
pub(super) const MOST: usize = 10;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/clients", get(list).post(create))
        .route("/clients/{client_id}", get(show))
        .route("/clients/{client_id}/braintree_client_token", post(token))
}

/// The client of the path, who is the signer's.
#[derive(Debug)]
pub(super) struct Client {
    /// Who signed.
    pub signer: Signer,
    /// Whose wallet.
    pub owner: Owner,
    /// What is theirs.
    pub belongings: Belongings,
}

impl FromRequestParts<App> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        const NOT_HERE: ApiError = ApiError::NotFound("There is no such client.");
        let signer = Signer::from_request_parts(parts, app).await?;
        // Every path of a client begins with its number.
        let path: Result<Path<Vec<(String, String)>>, _> =
            Path::from_request_parts(parts, app).await;
        let mut named = path.map_err(|_| NOT_HERE)?.0.into_iter();
        let number = named.find_map(|(name, text)| (name == "client_id").then(|| number(&text)));
        let id = OwnerId(number.flatten().ok_or(NOT_HERE)?);
        let pool = app.store.pool();
        let client = clients::find(pool, signer.account.id, id).await?;
        let belongings = Belongings::of(app, client.ok_or(NOT_HERE)?).await?;
        let owner = owners::find(pool, signer.account.id, id).await?;
        Ok(Self {
            owner: owner.ok_or(NOT_HERE)?,
            signer,
            belongings,
        })
    }
}

/// A row's number out of a path: digits only.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// Reads a body of a known shape. The content type is not looked at: what lets a caller in is the signature.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    Ok(read_json(body)?)
}

/// The rows of a window.
pub(super) fn cut<T>(rows: Vec<T>, window: PageBounds) -> (Vec<T>, u64) {
    let total = rows.len() as u64;
    let skip = usize::try_from(window.offset()).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(skip).take(window.per_page as usize);
    (rows.collect(), total)
}

/// Refuses a create of nothing, or of too much.
pub(super) fn check_count(rows: usize) -> Result<(), ApiError> {
    match rows {
        1..=MOST => Ok(()),
        _ => Err(ApiError::Refused(format!("One request makes 1 to {MOST}."))),
    }
}

async fn list(
    State(app): State<App>,
    signer: Signer,
    Params(query): Params<PageQuery>,
) -> Result<Answer, ApiError> {
    let all = clients::of_account(app.store.pool(), signer.account.id).await?;
    let (rows, total) = cut(all, query.window());
    let mut shown = Vec::new();
    for client in rows {
        shown.push(Belongings::of(&app, client).await?.client());
    }
    let list = ClientList::new(readable(shown), total, query.window());
    Answer::new(StatusCode::OK, &list)
}

async fn show(client: Client) -> Result<Answer, ApiError> {
    Answer::new(StatusCode::OK, &client.belongings.client()?)
}

async fn create(State(app): State<App>, signer: Signer, body: Bytes) -> Result<Answer, ApiError> {
    let new: NewClients = read(&body)?;
    check_count(new.clients.len())?;
    let refused: Vec<_> = new.clients.iter().map(|client| client.errors()).collect();
    if refused.iter().any(|errors| !errors.is_empty()) {
        let rows = new.clients.into_iter().zip(refused);
        let rows: Vec<_> = rows
            .map(|(mut model, errors)| {
                model.clear_card_numbers();
                InvalidModel { model, errors }
            })
            .collect();
        return Answer::new(StatusCode::UNPROCESSABLE_ENTITY, &json!({"clients": rows}));
    }
    let account = signer.account.id;
    for _ in &new.clients {
        let what = format!("clients {account}");
        app.limiter.take(&what, signer.clients_per_hour(), HOUR)?;
    }
    let mut tx = app.store.write().await?;
    let mut made = Vec::new();
    for client in &new.clients {
        let owner = owners::insert(&mut *tx, account, OwnerKind::Known).await?;
        made.push(clients::insert(&mut *tx, owner.id, client.name.trim()).await?);
    }
    tx.commit().await?;
    let mut batch = ClientBatch {
        clients: Vec::new(),
    };
    for client in made {
        batch
            .clients
            .push(Belongings::of(&app, client).await?.client()?);
    }
    Answer::new(StatusCode::CREATED, &batch)
}

async fn token(State(app): State<App>, client: Client) -> Result<Answer, ApiError> {
    let account = &client.signer.account;
    let client_token = wallet::client_token(&app, account, &client.owner).await?;
    Answer::new(StatusCode::CREATED, &ClientToken { client_token })
}
