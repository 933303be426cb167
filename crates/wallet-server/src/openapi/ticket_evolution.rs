//! Ticket Evolution's calls in the document.
//!
//! An invalid item is answered as Rails does: the item itself with `errors`. It must never show an example of a raw card
//! number.

mod cards;
mod clients;

use card_entry_protocol::dialect::ticket_evolution::BASE;

use super::api::{ApiDescription, SecurityScheme};
use super::error_bodies::TicketEvolutionError;
use super::operation::{ApiOperation, ErrorScope, SharedError};

const TAG: &str = "TicketEvolution";

const CLIENT_ID: &str = "The number of the client.";

const SCHEMES: [SecurityScheme; 2] = [
    SecurityScheme::Header {
        name: "ticketEvolutionToken",
        header: "x-token",
        description: "The account's token.",
    },
    SecurityScheme::Header {
        name: "ticketEvolutionSignature",
        header: "x-signature",
        description: "Base64 of the HMAC-SHA256, with the account's secret, of `METHOD host/path?` and the body, or \
            without a body the query. A signature is valid for one request.",
    },
];

const SHARED_ERRORS: [SharedError; 9] = [
    SharedError(
        400,
        ErrorScope::Every,
        "The body is not JSON, or the request has a body and a query.",
    ),
    SharedError(
        401,
        ErrorScope::Authenticated,
        "The token or the signature is missing or wrong.",
    ),
    SharedError(403, ErrorScope::Every, "The request comes from a page."),
    SharedError(406, ErrorScope::Every, "The `accept` header excludes JSON."),
    SharedError(413, ErrorScope::WithBody, "The body is larger than 64 KiB."),
    SharedError(415, ErrorScope::WithBody, "The body is compressed."),
    SharedError(
        424,
        ErrorScope::WithGateway,
        "Braintree refused the call, and a repeat does not help; `code` says why.",
    ),
    SharedError(500, ErrorScope::Every, "A defect of this server."),
    SharedError(
        503,
        ErrorScope::Every,
        "A rate limit is reached, or Braintree or the database does not answer in time.",
    ),
];

pub(super) fn api() -> ApiDescription {
    ApiDescription {
        name: "TicketEvolution",
        base: BASE,
        tags: &[(
            TAG,
            "Ticket Evolution: a seller's clients, their addresses and telephone numbers, and their cards in Braintree's \
             vault. For servers only.",
        )],
        schemes: &SCHEMES,
        security: &[&["ticketEvolutionToken", "ticketEvolutionSignature"]],
        error: |generator| generator.subschema_for::<TicketEvolutionError>(),
        shared_errors: &SHARED_ERRORS,
        operations: [clients::operations(), cards::operations()].concat(),
    }
}

fn call(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
) -> ApiOperation {
    ApiOperation::new((method, path), (TAG, id), summary)
}

/// A call of one client.
fn client_call(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
) -> ApiOperation {
    call(method, path, id, summary)
        .in_path("client_id", CLIENT_ID)
        .error(404, "There is no such client.")
}
