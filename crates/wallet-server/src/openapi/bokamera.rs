//! BokaMera's calls in the document.
//!
//! Each path has a second form with ServiceStack's suffix `.json`, which the document names in a sentence. It must never
//! describe JSONP, which the server refuses.

use card_entry_protocol::dialect::bokamera::{
    BASE, CheckoutResponse, CreateCheckout, StatusBody, StatusResponse,
};

use super::api::{ApiDescription, SecurityScheme};
use super::error_bodies::BokaMeraFailure;
use super::operation::{ApiOperation, ErrorScope, SharedError};

const TAG: &str = "BokaMera";

const SHARED_ERRORS: [SharedError; 10] = [
    SharedError(
        400,
        ErrorScope::Every,
        "Members of the request are missing or invalid; `Errors` names them. Or another format than JSON is asked for.",
    ),
    SharedError(
        401,
        ErrorScope::Authenticated,
        "The API key is missing or wrong.",
    ),
    SharedError(
        403,
        ErrorScope::Every,
        "The key is not that company's, or the page's origin is none of the company's own.",
    ),
    SharedError(406, ErrorScope::Every, "The `accept` header excludes JSON."),
    SharedError(413, ErrorScope::WithBody, "The body is larger than 64 KiB."),
    SharedError(
        415,
        ErrorScope::WithBody,
        "The body is not `application/json`, or is compressed.",
    ),
    SharedError(
        424,
        ErrorScope::WithGateway,
        "Stripe refused the call, and a repeat does not help (`GatewayRefused`, `GatewayForbidden`).",
    ),
    SharedError(429, ErrorScope::WithGateway, "A rate limit is reached."),
    SharedError(500, ErrorScope::Every, "A defect of this server."),
    SharedError(
        503,
        ErrorScope::Every,
        "Stripe or the database does not answer in time. Nothing was charged.",
    ),
];

pub(super) fn api() -> ApiDescription {
    ApiDescription {
        name: "BokaMera",
        base: BASE,
        tags: &[(
            TAG,
            "BokaMera: checkouts on Stripe's page or in the site's own. They store no card. For servers only.",
        )],
        schemes: &[SecurityScheme::Header {
            name: "bokameraApiKey",
            header: "x-api-key",
            description: "The company's key. No page may have it.",
        }],
        security: &[&["bokameraApiKey"]],
        error: |generator| generator.subschema_for::<BokaMeraFailure>(),
        shared_errors: &SHARED_ERRORS,
        operations: operations(),
    }
}

fn operations() -> Vec<ApiOperation> {
    vec![
        ApiOperation::new(
            ("post", "/checkout"),
            (TAG, "createBokaMeraCheckout"),
            "Creates a checkout. Older checkouts of the same reference expire.",
        )
        .notes("`/checkout.json` is the same call. Names of members may have any case.")
        .with_gateway()
        .idempotent()
        .body::<CreateCheckout>()
        .answer::<CheckoutResponse>(
            200,
            "The checkout: `Url` when it is hosted, `ClientSecret` and `PublishableKey` when it is embedded.",
        )
        .error(
            409,
            "The checkout of this key is over, or another request of this reference is in progress.",
        ),
        ApiOperation::new(
            ("post", "/checkout/status"),
            (TAG, "showBokaMeraCheckoutStatus"),
            "Shows the status of a checkout.",
        )
        .notes("`/checkout/status.json` is the same call. Names of members may have any case.")
        .with_gateway()
        .body::<StatusBody>()
        .answer::<StatusResponse>(200, "`open`, `complete` or `expired`.")
        .error(404, "There is no such checkout of this company."),
    ]
}
