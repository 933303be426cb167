//! `…/credit_cards`: the list, one card, its changes, its end.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use card_entry_protocol::dialect::fields::FieldErrors;
use card_entry_protocol::dialect::ticket_evolution::{
    CardChange, CardList, CreditCard, InvalidModel, PageQuery, UpdateCard,
};

use super::super::answer::Answer;
use super::clients::{Client, cut, number, read};
use super::refusal;
use super::replay::{DONE, Earlier};
use crate::app::App;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::Update;
use crate::read::Params;
use crate::store::cards::CardId;
use crate::wallet::{self, Change, NotKept};

const NOT_HERE: ApiError = ApiError::NotFound("This card is not in the client’s wallet.");

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/clients/{client_id}/credit_cards", get(list))
        .route(
            "/clients/{client_id}/credit_cards/{card_id}",
            get(show).put(update).delete(remove),
        )
}

async fn list(
    State(app): State<App>,
    client: Client,
    Params(query): Params<PageQuery>,
) -> Result<Answer, ApiError> {
    let (rows, total) = cut(client.belongings.cards(&app).await?, query.window());
    let list = CardList::new(rows, total, query.window());
    Answer::new(StatusCode::OK, &list)
}

async fn find(app: &App, client: &Client, id: &str) -> Result<CreditCard, ApiError> {
    let wanted = number(id).and_then(|id| u64::try_from(id).ok());
    let mut all = client.belongings.cards(app).await?.into_iter();
    all.find(|card| Some(card.id.get()) == wanted)
        .ok_or(NOT_HERE)
}

async fn show(
    State(app): State<App>,
    client: Client,
    Path((_, id)): Path<(String, String)>,
) -> Result<Answer, ApiError> {
    Answer::new(StatusCode::OK, &find(&app, &client, &id).await?)
}

async fn update(
    State(app): State<App>,
    client: Client,
    Path((_, id)): Path<(String, String)>,
    earlier: Option<Extension<Earlier>>,
    body: Bytes,
) -> Result<Answer, ApiError> {
    let card = find(&app, &client, &id).await?;
    if let Some(Extension(Earlier(earlier))) = earlier {
        let now = Answer::new(StatusCode::OK, &card)?;
        return if now.body == earlier {
            Ok(now)
        } else {
            Err(DONE)
        };
    }
    let change = match read::<UpdateCard>(&body)?.check() {
        Ok(change) => change,
        Err(errors) => return refuse(card, errors),
    };
    let change = match plan(&card, &change, &client) {
        Ok(change) => change,
        Err(errors) => return refuse(card, errors),
    };
    let row = CardId(number(&id).ok_or(NOT_HERE)?);
    let account = &client.signer.account;
    match wallet::change(&app, account, &client.owner, row, change).await {
        Ok(()) => {}
        Err(NotKept::Card(_, why)) => return refuse(card, refusal::errors(why)),
        Err(NotKept::Other(error)) => return Err(error),
        Err(NotKept::CustomerMissing) => return Err(GatewayError::CustomerMissing.into()),
    }
    Answer::new(StatusCode::OK, &find(&app, &client, &id).await?)
}

fn refuse(model: CreditCard, errors: FieldErrors) -> Result<Answer, ApiError> {
    let refused = InvalidModel { model, errors };
    Answer::new(StatusCode::UNPROCESSABLE_ENTITY, &refused)
}

/// What is to be done, or why it cannot be.
fn plan(card: &CreditCard, asked: &CardChange, client: &Client) -> Result<Change, FieldErrors> {
    let mut errors = FieldErrors::default();
    let address = asked.address_id.map(|id| client.belongings.address(id));
    if address.is_some_and(|found| found.is_none()) {
        errors.add("address_id", "is not this client’s");
    }
    let address = address.flatten();
    // As long as there are cards, one of them is primary.
    if asked.primary == Some(false) && card.primary {
        errors.add("primary", "can't be taken off; make another card primary");
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let dated = asked.exp_month.is_some() || asked.exp_year.is_some();
    let month = asked.exp_month.unwrap_or(card.expiration_month.0);
    let year = asked.exp_year.unwrap_or(card.expiration_year.0);
    Ok(Change {
        vault: Update {
            expiry: dated.then(|| (u16::from(month), u16::from(year))),
            name: asked.name.clone(),
            billing: address.map(wallet::billing),
        },
        label: asked
            .label
            .as_ref()
            .map(|label| label.as_ref().map(|label| label.as_str().to_owned())),
        address_id: address.map(|address| address.id),
        make_default: asked.primary == Some(true),
    })
}

async fn remove(
    State(app): State<App>,
    client: Client,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let id = number(&id).ok_or(NOT_HERE)?.to_string();
    wallet::delete(&app, &client.signer.account, &client.owner, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
