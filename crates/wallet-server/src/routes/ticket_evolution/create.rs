//! `POST …/credit_cards`: all cards or none, each by a nonce; by a number only while the operator still takes them.
//!
//! A number is in a type that never prints itself from the first moment, goes to the vault, and nowhere else.

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

use super::super::answer::Answer;
use super::clients::Client;
use super::refusal;
use super::view::Belongings;
use crate::app::App;
use crate::clock::now;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::wallet::{self, NewCard, NotKept};

pub(super) fn router() -> Router<App> {
    Router::new().route("/clients/{client_id}/credit_cards", post(create))
}

async fn create(State(app): State<App>, client: Client, body: Bytes) -> Result<Response, ApiError> {
    let cards = match CreateCards::read(&body) {
        Ok(cards) => cards,
        Err(refused) => {
            return Ok(Answer::new(StatusCode::BAD_REQUEST, &refused)?.into_response());
        }
    };
    let consent = cards.consent.clone();
    let orders = match cards.check() {
        Ok(orders) => orders,
        Err(refused) => return refuse(&refused),
    };
    let open = client.signer.numbers_end().is_some_and(|end| now() < end);
    match check(&orders, &client.belongings, open) {
        Err(refused) => refuse(&refused),
        Ok(()) => keep(&app, &client, &orders, consent.as_ref()).await,
    }
}

fn refuse(refused: &InvalidCards) -> Result<Response, ApiError> {
    Ok(Answer::new(StatusCode::UNPROCESSABLE_ENTITY, refused)?.into_response())
}

/// Refuses numbers where none are taken, and addresses and telephone numbers that are not the client's.
fn check(orders: &[VaultCardRequest], of: &Belongings, open: bool) -> Result<(), InvalidCards> {
    let errors = orders.iter().map(|order| {
        let mut errors = FieldErrors::default();
        if matches!(order.source, CardSource::Number(_)) && !open {
            errors.add("number", "is not taken any more; please send a nonce");
        }
        if of.address(order.address_id).is_none() {
            errors.add("address_id", "is not this client’s");
        }
        if of.phone(order.phone_number_id).is_none() {
            errors.add("phone_number_id", "is not this client’s");
        }
        errors
    });
    let errors: Vec<_> = errors.collect();
    if errors.iter().all(FieldErrors::is_empty) {
        return Ok(());
    }
    let rows = orders.iter().zip(errors);
    Err(InvalidCards {
        credit_cards: rows.map(|(order, errors)| order.refused(errors)).collect(),
    })
}

async fn keep(
    app: &App,
    client: &Client,
    orders: &[VaultCardRequest],
    consent: Option<&ConsentProof>,
) -> Result<Response, ApiError> {
    let of = &client.belongings;
    let new = orders.iter().map(|order| new_card(order, of, consent));
    let new: Option<Vec<_>> = new.collect();
    let new = new.ok_or_else(|| ApiError::Broken("an address was lost".to_owned()))?;
    let kept = match wallet::keep(app, &client.signer.account, &client.owner, &new).await {
        Ok(kept) => kept,
        Err(NotKept::Other(error)) => return Err(error),
        Err(NotKept::CustomerMissing) => return Err(GatewayError::CustomerMissing.into()),
        Err(NotKept::Card(at, why)) => {
            let rows = orders.iter().enumerate().map(|(row, order)| {
                let mine = row == at;
                order.refused(if mine {
                    refusal::errors(why.clone())
                } else {
                    FieldErrors::default()
                })
            });
            let credit_cards = rows.collect();
            return refuse(&InvalidCards { credit_cards });
        }
    };
    let all = of.cards(app).await?;
    let shown = kept.iter().filter_map(|card| {
        let mut all = all.iter();
        all.find(|shown| u64::try_from(card.id.0) == Ok(shown.id.get()))
    });
    let credit_cards = shown.cloned().collect();
    Ok(Answer::new(StatusCode::CREATED, &CardBatch { credit_cards })?.into_response())
}

fn new_card<'a>(
    order: &'a VaultCardRequest,
    of: &'a Belongings,
    consent: Option<&'a ConsentProof>,
) -> Option<NewCard<'a>> {
    let address = of.address(order.address_id)?;
    Some(NewCard {
        source: &order.source,
        name: &order.name,
        label: order.label.as_ref().map(|label| label.as_str()),
        address_id: address.id,
        billing: wallet::billing(address),
        phone_number_id: of.phone(order.phone_number_id)?.id,
        ip_address: order.ip_address,
        consent,
    })
}
