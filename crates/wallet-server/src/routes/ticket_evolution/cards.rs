//! `…/credit_cards`: lists cards, shows one, updates one, deletes one.
//!
//! It must never show or change a card of another client.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use card_entry_protocol::dialect::fields::FieldErrors;
use card_entry_protocol::dialect::ticket_evolution::{
    CardChange, CardList, CreditCard, InvalidModel, PageQuery, UpdateCard,
};

use super::card_errors;
use super::clients::{PathClient, page_of, parse_body, parse_row_id};
use super::replay_protection::{ALREADY_DONE, EarlierResponse};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::QueryParams;
use crate::gateway::GatewayError;
use crate::gateway::braintree::VaultCardUpdate;
use crate::routes::json_response::JsonResponse;
use crate::wallet::{self, CardUpdate, OwnerWallet, VaultError};
use wallet_store::cards::CardRowId;

const CARD_NOT_FOUND: ApiError = ApiError::NotFound("This card is not in the client’s wallet.");

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
    client: PathClient,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<JsonResponse, ApiError> {
    let (rows, total) = page_of(client.records.cards(&app).await?, query.window());
    let list = CardList::new(rows, total, query.window());
    JsonResponse::new(StatusCode::OK, &list)
}

async fn find(app: &App, client: &PathClient, id: &str) -> Result<CreditCard, ApiError> {
    let wanted = parse_row_id(id).and_then(|id| u64::try_from(id).ok());
    let mut all = client.records.cards(app).await?.into_iter();
    all.find(|card| Some(card.id.get()) == wanted)
        .ok_or(CARD_NOT_FOUND)
}

async fn show(
    State(app): State<App>,
    client: PathClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<JsonResponse, ApiError> {
    JsonResponse::new(StatusCode::OK, &find(&app, &client, &id).await?)
}

async fn update(
    State(app): State<App>,
    client: PathClient,
    Path((_, id)): Path<(String, String)>,
    earlier: Option<Extension<EarlierResponse>>,
    body: Bytes,
) -> Result<JsonResponse, ApiError> {
    let card = find(&app, &client, &id).await?;
    if let Some(Extension(EarlierResponse(earlier))) = earlier {
        let now = JsonResponse::new(StatusCode::OK, &card)?;
        return if now.body == earlier {
            Ok(now)
        } else {
            Err(ALREADY_DONE)
        };
    }
    let change = match parse_body::<UpdateCard>(&body)?.check() {
        Ok(change) => change,
        Err(errors) => return invalid(card, errors),
    };
    let change = match wallet_update(&card, &change, &client) {
        Ok(change) => change,
        Err(errors) => return invalid(card, errors),
    };
    let row = CardRowId(parse_row_id(&id).ok_or(CARD_NOT_FOUND)?);
    let wallet = OwnerWallet::new(&app, &client.caller.account, &client.owner);
    match wallet.update_card(row, change).await {
        Ok(()) => {}
        Err(VaultError::Card(_, why)) => return invalid(card, card_errors::field_errors(why)),
        Err(VaultError::Other(error)) => return Err(error),
        Err(VaultError::CustomerNotFound) => return Err(GatewayError::CustomerNotFound.into()),
    }
    JsonResponse::new(StatusCode::OK, &find(&app, &client, &id).await?)
}

fn invalid(model: CreditCard, errors: FieldErrors) -> Result<JsonResponse, ApiError> {
    let body = InvalidModel { model, errors };
    JsonResponse::new(StatusCode::UNPROCESSABLE_ENTITY, &body)
}

/// Turns the vendor's update into one of the wallet.
///
/// # Errors
/// The fields that cannot be changed like this.
fn wallet_update(
    card: &CreditCard,
    requested: &CardChange,
    client: &PathClient,
) -> Result<CardUpdate, FieldErrors> {
    let mut errors = FieldErrors::default();
    let address = requested.address_id.map(|id| client.records.address(id));
    if address.is_some_and(|found| found.is_none()) {
        errors.add("address_id", "is not this client’s");
    }
    let address = address.flatten();
    // One card of a wallet is always primary.
    if requested.primary == Some(false) && card.primary {
        errors.add("primary", "can't be taken off; make another card primary");
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let changes_expiry = requested.exp_month.is_some() || requested.exp_year.is_some();
    let month = requested.exp_month.unwrap_or(card.expiration_month.0);
    let year = requested.exp_year.unwrap_or(card.expiration_year.0);
    Ok(CardUpdate {
        vault: VaultCardUpdate {
            expiry: changes_expiry.then(|| (u16::from(month), u16::from(year))),
            name: requested.name.clone(),
            billing: address.map(wallet::billing_address),
        },
        label: requested
            .label
            .as_ref()
            .map(|label| label.as_ref().map(|label| label.as_str().to_owned())),
        address_id: address.map(|address| address.id),
        make_default: requested.primary == Some(true),
    })
}

async fn remove(
    State(app): State<App>,
    client: PathClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let id = parse_row_id(&id).ok_or(CARD_NOT_FOUND)?.to_string();
    OwnerWallet::new(&app, &client.caller.account, &client.owner)
        .delete_card(&id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
