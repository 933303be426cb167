//! `POST …/credit_cards`: saves all cards of a request or none. Each card comes as a nonce or, while the operator allows
//! it, as a raw card number.
//!
//! A raw number is parsed into a type that does not print it. It must never go anywhere but to the vault.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use card_entry_protocol::dialect::fields::FieldErrors;
use card_entry_protocol::dialect::ticket_evolution::CardBatch;
use card_entry_protocol::dialect::ticket_evolution::create::{
    CardSource, CreateCards, InvalidCards, VaultCardRequest,
};
use card_entry_protocol::message::ConsentProof;

use super::card_errors;
use super::clients::PathClient;
use super::presenter::ClientRecords;
use crate::app::App;
use crate::clock::now;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::routes::json_response::JsonResponse;
use crate::wallet::{self, NewVaultCard, OwnerWallet, VaultError};

pub(super) fn router() -> Router<App> {
    Router::new().route("/clients/{client_id}/credit_cards", post(create))
}

async fn create(
    State(app): State<App>,
    client: PathClient,
    body: Bytes,
) -> Result<Response, ApiError> {
    let cards = match CreateCards::read(&body) {
        Ok(cards) => cards,
        Err(errors) => {
            return Ok(JsonResponse::new(StatusCode::BAD_REQUEST, &errors)?.into_response());
        }
    };
    let consent = cards.consent.clone();
    let requests = match cards.check() {
        Ok(requests) => requests,
        Err(errors) => return invalid(&errors),
    };
    let raw_numbers = match client.caller.raw_numbers_end() {
        Some(end) if now() < end => RawNumbers::Accepted,
        _ => RawNumbers::Refused,
    };
    match check(&requests, &client.records, raw_numbers) {
        Err(errors) => invalid(&errors),
        Ok(()) => save(&app, &client, &requests, consent.as_ref()).await,
    }
}

fn invalid(errors: &InvalidCards) -> Result<Response, ApiError> {
    Ok(JsonResponse::new(StatusCode::UNPROCESSABLE_ENTITY, errors)?.into_response())
}

/// Whether the account accepts raw card numbers now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RawNumbers {
    Accepted,
    Refused,
}

/// Refuses raw numbers where they are not allowed, and addresses and telephone numbers of other clients.
fn check(
    requests: &[VaultCardRequest],
    records: &ClientRecords,
    raw_numbers: RawNumbers,
) -> Result<(), InvalidCards> {
    let errors = requests.iter().map(|request| {
        let mut errors = FieldErrors::default();
        if matches!(request.source, CardSource::Number(_)) && raw_numbers == RawNumbers::Refused {
            errors.add("number", "is not taken any more; please send a nonce");
        }
        if records.address(request.address_id).is_none() {
            errors.add("address_id", "is not this client’s");
        }
        if records.phone(request.phone_number_id).is_none() {
            errors.add("phone_number_id", "is not this client’s");
        }
        errors
    });
    let errors: Vec<_> = errors.collect();
    if errors.iter().all(FieldErrors::is_empty) {
        return Ok(());
    }
    let rows = requests.iter().zip(errors);
    Err(InvalidCards {
        credit_cards: rows
            .map(|(request, errors)| request.refused(errors))
            .collect(),
    })
}

async fn save(
    app: &App,
    client: &PathClient,
    requests: &[VaultCardRequest],
    consent: Option<&ConsentProof>,
) -> Result<Response, ApiError> {
    let records = &client.records;
    let new = requests
        .iter()
        .map(|request| new_card(request, records, consent));
    let new: Option<Vec<_>> = new.collect();
    let new = new.ok_or_else(|| {
        ApiError::Internal("an address that was checked was not found".to_owned())
    })?;
    let wallet = OwnerWallet::new(app, &client.caller.account, &client.owner);
    let saved = match wallet.vault_cards(&new).await {
        Ok(saved) => saved,
        Err(VaultError::Other(error)) => return Err(error),
        Err(VaultError::CustomerNotFound) => return Err(GatewayError::CustomerNotFound.into()),
        Err(VaultError::Card(at, why)) => {
            let rows = requests.iter().enumerate().map(|(row, request)| {
                request.refused(if row == at {
                    card_errors::field_errors(why.clone())
                } else {
                    FieldErrors::default()
                })
            });
            let credit_cards = rows.collect();
            return invalid(&InvalidCards { credit_cards });
        }
    };
    let all = records.cards(app).await?;
    let shown = saved.iter().filter_map(|card| {
        let mut all = all.iter();
        all.find(|shown| u64::try_from(card.id.0) == Ok(shown.id.get()))
    });
    let credit_cards = shown.cloned().collect();
    Ok(JsonResponse::new(StatusCode::CREATED, &CardBatch { credit_cards })?.into_response())
}

fn new_card<'a>(
    request: &'a VaultCardRequest,
    records: &'a ClientRecords,
    consent: Option<&'a ConsentProof>,
) -> Option<NewVaultCard<'a>> {
    let address = records.address(request.address_id)?;
    Some(NewVaultCard {
        source: &request.source,
        name: &request.name,
        label: request.label.as_ref().map(|label| label.as_str()),
        address_id: address.id,
        billing: wallet::billing_address(address),
        phone_number_id: records.phone(request.phone_number_id)?.id,
        ip_address: request.ip_address,
        consent,
    })
}
