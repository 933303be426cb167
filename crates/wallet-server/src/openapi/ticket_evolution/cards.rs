//! The calls about the cards of a client.
//!
//! It must never describe a raw card number as the usual way to save a card.

use card_entry_protocol::dialect::ticket_evolution::create::{CreateCards, InvalidCards};
use card_entry_protocol::dialect::ticket_evolution::{
    CardBatch, CardList, ClientToken, CreditCard, InvalidModel, PageQuery, UpdateCard,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::operation::ApiOperation;
use super::client_call;

const CARD_ID: &str = "The number of the card.";
const NOT_FOUND: &str = "There is no such client, or the card is not in the client's wallet.";
const ALREADY_DONE: &str = "A request with this signature is in progress, or was done before.";

/// A body that makes the signature of the request different from the last one's.
#[derive(JsonSchema, Deserialize)]
#[allow(
    dead_code,
    reason = "the route does not read it; the signature covers it"
)]
struct ClientTokenRequest {
    /// Any text that was not sent before.
    request_id: String,
}

/// A call of one card.
fn card_call(method: &'static str, id: &'static str, summary: &'static str) -> ApiOperation {
    let path = "/clients/{client_id}/credit_cards/{card_id}";
    super::call(method, path, id, summary)
        .in_path("client_id", super::CLIENT_ID)
        .in_path("card_id", CARD_ID)
        .error(404, NOT_FOUND)
}

pub(super) fn operations() -> Vec<ApiOperation> {
    let cards = "/clients/{client_id}/credit_cards";
    vec![
        client_call(
            "post",
            "/clients/{client_id}/braintree_client_token",
            "createTicketEvolutionClientToken",
            "Creates the token with which Braintree's fields start in a page.",
        )
        .with_gateway()
        .optional_body::<ClientTokenRequest>()
        .answer::<ClientToken>(201, "The token.")
        .error(409, ALREADY_DONE),
        client_call(
            "get",
            cards,
            "listTicketEvolutionCards",
            "Lists the cards of a client: the primary card first, then the newest.",
        )
        .query::<PageQuery>()
        .answer::<CardList>(200, "A page of cards.")
        .error(422, "A parameter is not a whole number."),
        client_call(
            "post",
            cards,
            "createTicketEvolutionCards",
            "Saves cards, 1 to 10, all or none.",
        )
        .notes(
            "Each card is verified with a $1 authorization that is voided immediately. A response to a raw card number has \
             the headers `deprecation` and `sunset`.",
        )
        .with_gateway()
        .body::<CreateCards>()
        .answer::<CardBatch>(201, "The cards.")
        .error(409, ALREADY_DONE)
        .answer::<InvalidCards>(
            422,
            "Nothing was saved: the cards with their `errors`, or an `error` of the whole request.",
        )
        .error(422, ""),
        card_call(
            "get",
            "showTicketEvolutionCard",
            "Shows a card.",
        )
        .answer::<CreditCard>(200, "The card."),
        card_call(
            "put",
            "updateTicketEvolutionCard",
            "Changes a card. Members that are left out stay as they are.",
        )
        .with_gateway()
        .body::<UpdateCard>()
        .answer::<CreditCard>(200, "The card.")
        .error(409, ALREADY_DONE)
        .answer::<InvalidModel<CreditCard>>(
            422,
            "Nothing was changed: the card with its `errors`, or an `error` of the whole request.",
        )
        .error(422, ""),
        card_call(
            "delete",
            "deleteTicketEvolutionCard",
            "Deletes a card, unless an appointment needs it.",
        )
        .with_gateway()
        .empty(204, "The card is deleted.")
        .error(409, ALREADY_DONE)
        .error(
            422,
            "An appointment needs the card; `error` says which one, and until when.",
        ),
    ]
}
