//! Quilt's calls in the document.
//!
//! A failed payment has status 200 in this API. It must never leave out the error among the bodies of a 200.

use card_entry_protocol::dialect::quilt::{
    BASE, CancelBody, CancelResponse, CaptureBody, CaptureResponse, Card, CardBody, CardList,
    CardQuery, ConnectionTokenBody, ConnectionTokenResponse, DeletedCard, IntentBody,
    IntentResponse,
};
use schemars::JsonSchema;

use super::api::{ApiDescription, SecurityScheme};
use super::error_bodies::QuiltFailure;
use super::operation::{ApiOperation, ErrorScope, SharedError};

const TAG: &str = "Quilt";

const SHARED_ERRORS: [SharedError; 9] = [
    SharedError(
        400,
        ErrorScope::Every,
        "A member or parameter is missing or invalid (`invalid_request`, `invalid_amount`), or the wallet is full.",
    ),
    SharedError(
        401,
        ErrorScope::Authenticated,
        "The account key is missing or wrong (`unauthorized`).",
    ),
    SharedError(
        403,
        ErrorScope::Every,
        "The key is not for this `external_account_id`, or the request comes from a page (`unauthorized`).",
    ),
    SharedError(413, ErrorScope::WithBody, "The body is larger than 64 KiB."),
    SharedError(
        415,
        ErrorScope::WithBody,
        "The body is not `application/json`, or is compressed.",
    ),
    SharedError(
        424,
        ErrorScope::WithGateway,
        "Stripe refused the call, and a repeat does not help (`gateway_refused`, `gateway_forbidden`).",
    ),
    SharedError(
        429,
        ErrorScope::WithGateway,
        "A rate limit is reached (`rate_limited`).",
    ),
    SharedError(
        500,
        ErrorScope::Every,
        "A defect of this server (`server_error`).",
    ),
    SharedError(
        503,
        ErrorScope::Every,
        "Stripe or the database does not answer in time (`server_error`): the call may have been executed. Repeat it with \
         the same key. With `storage_full` it was not executed.",
    ),
];

pub(super) fn api() -> ApiDescription {
    ApiDescription {
        name: "Quilt",
        base: BASE,
        tags: &[(
            TAG,
            "Quilt: payments with a card at a reader, and the cards that are saved from them. For servers only.",
        )],
        schemes: &[SecurityScheme::Bearer {
            name: "quiltAccountKey",
            format: "account key",
            description: "The account's key. It charges people's cards, so that no page may have it.",
        }],
        security: &[&["quiltAccountKey"]],
        error: |generator| generator.subschema_for::<QuiltFailure>(),
        shared_errors: &SHARED_ERRORS,
        operations: [payments(), cards()].concat(),
    }
}

/// A call that answers 200 with its result or with an error.
fn call<T: JsonSchema>(
    address: (&'static str, &'static str),
    id: &'static str,
    summary: &'static str,
    answer: &'static str,
) -> ApiOperation {
    ApiOperation::new(address, (TAG, id), summary)
        .with_gateway()
        .answer::<T>(200, answer)
}

fn payments() -> Vec<ApiOperation> {
    vec![
        call::<IntentResponse>(
            ("post", "/payment/intent"),
            "createQuiltPayment",
            "Creates a payment for a card at a reader, or charges a stored card.",
            "The payment, or an error: `card_declined`, `authentication_required`, `wrong_state`.",
        )
        .notes(
            "A stored card needs an `idempotency-key` or an `external_transaction_id`, and is charged once for it.",
        )
        .idempotent()
        .body::<IntentBody>()
        .answer::<QuiltFailure>(200, "")
        .error(404, "The card is not in the wallet (`not_found`)."),
        call::<CaptureResponse>(
            ("post", "/payment/capture"),
            "captureQuiltPayment",
            "Captures an authorized payment.",
            "The captured payment, or an error: `wrong_state`.",
        )
        .body::<CaptureBody>()
        .answer::<QuiltFailure>(200, "")
        .error(404, "There is no such payment (`not_found`)."),
        call::<CancelResponse>(
            ("post", "/payment/cancel"),
            "cancelQuiltPayment",
            "Cancels a payment that is not captured.",
            "The canceled payment, or an error: `wrong_state`.",
        )
        .notes("This call is this server's own; the vendor has none.")
        .body::<CancelBody>()
        .answer::<QuiltFailure>(200, "")
        .error(404, "There is no such payment (`not_found`)."),
        call::<ConnectionTokenResponse>(
            ("post", "/terminal/connection_token"),
            "createQuiltConnectionToken",
            "Creates a token with which a browser connects to a reader once.",
            "The token.",
        )
        .notes("This call is this server's own; the vendor has none.")
        .body::<ConnectionTokenBody>(),
    ]
}

fn cards() -> Vec<ApiOperation> {
    vec![
        call::<Card>(
            ("post", "/customer/card"),
            "saveQuiltCard",
            "Saves the card of a captured payment.",
            "The card, or an error: `not_captured`, `no_reusable_card`.",
        )
        .idempotent()
        .body::<CardBody>()
        .answer::<QuiltFailure>(200, "")
        .error(
            404,
            "There is no such payment of this customer (`not_found`).",
        ),
        call::<CardList>(
            ("get", "/customer/card"),
            "listQuiltCards",
            "Lists the cards of a customer, the newest first.",
            "The cards.",
        )
        .notes("This call is this server's own; the vendor has none.")
        .query::<CardQuery>(),
        call::<DeletedCard>(
            ("delete", "/customer/card/{id}"),
            "deleteQuiltCard",
            "Deletes a card, unless an appointment needs it.",
            "The deleted card, or an error: `card_in_use`.",
        )
        .notes("This call is this server's own; the vendor has none.")
        .in_path("id", "The id of the card, `pm_…`.")
        .query::<CardQuery>()
        .answer::<QuiltFailure>(200, "")
        .error(404, "The card is not in the wallet (`not_found`)."),
    ]
}
