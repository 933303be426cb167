//! MikroCloud's calls in the document.
//!
//! It must never describe a scope that a call does not check.

use card_entry_protocol::dialect::mikrocloud::{
    BASE, PaymentMethod, SavePaymentMethod, SetupIntent,
};
use card_entry_protocol::message::ConsentProof;
use schemars::JsonSchema;
use serde::Deserialize;

use super::api::{ApiDescription, SecurityScheme};
use super::error_bodies::MikroCloudError;
use super::operation::{ApiOperation, ErrorScope, SharedError};

const TAG: &str = "MikroCloud";

const SHARED_ERRORS: [SharedError; 8] = [
    SharedError(
        400,
        ErrorScope::WithBody,
        "The body is not JSON, or did not arrive whole.",
    ),
    SharedError(
        401,
        ErrorScope::Authenticated,
        "The token is missing, wrong or over.",
    ),
    SharedError(
        403,
        ErrorScope::Every,
        "The token lacks the scope, or the page's origin is none of the account's own.",
    ),
    SharedError(413, ErrorScope::WithBody, "The body is larger than 64 KiB."),
    SharedError(
        424,
        ErrorScope::WithGateway,
        "Stripe refused the call, and a repeat does not help; `code` says why.",
    ),
    SharedError(
        429,
        ErrorScope::WithGateway,
        "A rate limit is reached, or another request of this wallet is in progress.",
    ),
    SharedError(500, ErrorScope::Every, "A defect of this server."),
    SharedError(
        503,
        ErrorScope::Every,
        "Stripe or the database does not answer in time. Repeat the request with the same key.",
    ),
];

/// The body of a save, with the record of the person's consent.
#[derive(JsonSchema, Deserialize)]
#[schemars(rename = "SavePaymentMethod")]
#[allow(dead_code, reason = "the route reads the members one by one")]
struct SaveWithConsent {
    #[serde(flatten)]
    vendor: SavePaymentMethod,
    /// The record of the person's consent. This server's own member: the vendor has none.
    consent: Option<ConsentProof>,
}

pub(super) fn api() -> ApiDescription {
    ApiDescription {
        name: "MikroCloud",
        base: BASE,
        tags: &[(
            TAG,
            "MikroCloud: the cards of an account. Saving a saved card again makes it the default.",
        )],
        schemes: &[SecurityScheme::Bearer {
            name: "mikrocloudToken",
            format: "JWT",
            description: "A token that the vendor signed, with the scopes `account:read` and `account:write`.",
        }],
        security: &[&["mikrocloudToken"]],
        error: |generator| generator.subschema_for::<MikroCloudError>(),
        shared_errors: &SHARED_ERRORS,
        operations: operations(),
    }
}

fn operations() -> Vec<ApiOperation> {
    vec![
        ApiOperation::new(
            ("post", "/setup-intent"),
            (TAG, "createMikroCloudSetupIntent"),
            "Creates a setup intent, or returns one that is still unused.",
        )
        .notes("The token needs `account:write`. The card is saved as soon as the bank has confirmed it in the page.")
        .with_challenge()
        .with_gateway()
        .answer::<SetupIntent>(201, "The setup intent for Stripe.js.")
        .error(422, "The wallet is full."),
        ApiOperation::new(
            ("get", "/payment-methods"),
            (TAG, "listMikroCloudPaymentMethods"),
            "Lists the cards: the default first, then the newest.",
        )
        .notes("The token needs `account:read`.")
        .answer::<Vec<PaymentMethod>>(200, "The cards."),
        ApiOperation::new(
            ("post", "/payment-methods"),
            (TAG, "saveMikroCloudPaymentMethod"),
            "Saves a card, or makes a saved card the default.",
        )
        .notes("The token needs `account:write`. The content type is not checked.")
        .with_challenge()
        .with_gateway()
        .idempotent()
        .body::<SaveWithConsent>()
        .answer::<PaymentMethod>(201, "The card.")
        .error(
            422,
            "The card is declined or not accepted, the bank must authenticate it first, the wallet is full, or a member is \
             invalid: `errors` has sentences by field.",
        ),
        ApiOperation::new(
            ("delete", "/payment-methods/{id}"),
            (TAG, "deleteMikroCloudPaymentMethod"),
            "Deletes a card, unless an appointment needs it.",
        )
        .notes("The token needs `account:write`.")
        .with_gateway()
        .in_path("id", "The id of the card, `pm_…` or `card_…`.")
        .empty(204, "The card is deleted.")
        .error(410, "The card is not in this wallet.")
        .error(
            422,
            "An appointment needs the card; `message` says which one, and until when.",
        ),
    ]
}
