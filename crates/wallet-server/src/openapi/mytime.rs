//! MyTime's calls in the document.
//!
//! The ids and tags are those of the vendor's own document, because the vendor's how-to links to them. It must never
//! rename one: `/api/mkp/v1/docs#/CreditCard/post_user_credit_cards` leads to it.

use card_entry_protocol::dialect::mytime::{
    BASE, ClientSecretBody, CompanyBody, GuestBody, NewGuest, NewSession, NewUser, SaveCard,
    SessionQuery, UserBody,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::api::{ApiDescription, SecurityScheme};
use super::error_bodies::MyTimeError;
use super::operation::{ApiOperation, ErrorScope, SharedError};
use crate::routes::CompanyQuery;

const SCHEMES: [SecurityScheme; 2] = [
    SecurityScheme::Header {
        name: "mytimeUser",
        header: "authorization",
        description: "The `authentication_token` of a sign-up or sign-in, without a scheme before it.",
    },
    SecurityScheme::Header {
        name: "mytimeGuest",
        header: "gauthorization",
        description: "The `guest_token` of a guest.",
    },
];

const SHARED_ERRORS: [SharedError; 9] = [
    SharedError(
        401,
        ErrorScope::Authenticated,
        "The token is missing, wrong or over, or belongs to another company.",
    ),
    SharedError(
        400,
        ErrorScope::WithBody,
        "The body is not JSON, or did not arrive whole.",
    ),
    SharedError(413, ErrorScope::WithBody, "The body is larger than 64 KiB."),
    SharedError(
        415,
        ErrorScope::WithBody,
        "The body is not `application/json`, or is compressed.",
    ),
    SharedError(
        403,
        ErrorScope::Every,
        "The page's origin is none of the company's own.",
    ),
    SharedError(
        424,
        ErrorScope::WithGateway,
        "Stripe refused the call, and a repeat does not help; `code` says why.",
    ),
    SharedError(429, ErrorScope::WithGateway, "A rate limit is reached."),
    SharedError(500, ErrorScope::Every, "A defect of this server."),
    SharedError(
        503,
        ErrorScope::Every,
        "Stripe or the database does not answer in time. Repeat the request with the same key.",
    ),
];

/// The response of a successful delete, `{}`.
#[derive(JsonSchema, Serialize)]
struct EmptyObject {}

pub(super) fn api() -> ApiDescription {
    let mut operations = accounts();
    operations.extend(cards());
    ApiDescription {
        name: "MyTime",
        base: BASE,
        tags: &[
            ("User", "MyTime: sign-up, and the user with the wallet."),
            ("Session", "MyTime: sign-in and sign-out."),
            (
                "Guest",
                "MyTime: wallets of people without an account, which last as long as their token.",
            ),
            (
                "Company",
                "MyTime: the public data of a company that a booking page needs.",
            ),
            (
                "PaymentMethod",
                "MyTime: the setup intent of a new card, and the newer call that deletes a card.",
            ),
            (
                "CreditCard",
                "MyTime: the one card of a wallet. A save replaces it.",
            ),
        ],
        schemes: &SCHEMES,
        security: &[&["mytimeUser"], &["mytimeGuest"]],
        error: |generator| generator.subschema_for::<MyTimeError>(),
        shared_errors: &SHARED_ERRORS,
        operations,
    }
}

fn accounts() -> Vec<ApiOperation> {
    vec![
        ApiOperation::new(
            ("post", "/users"),
            ("User", "post_users"),
            "Creates a user of a company, and signs the user in.",
        )
        .public()
        .body::<NewUser>()
        .answer::<UserBody>(201, "The user, with an `authentication_token`.")
        .error(404, "There is no such company.")
        .error(
            422,
            "Fields are invalid: `user.errors` has sentences by field. A member of a wrong type: `message`.",
        )
        .error(429, "A rate limit is reached."),
        ApiOperation::new(
            ("post", "/sessions"),
            ("Session", "post_sessions"),
            "Signs a user in.",
        )
        .public()
        .body::<NewSession>()
        .answer::<UserBody>(
            200,
            "The user with the wallet, with an `authentication_token`.",
        )
        .error(401, "E-mail address and password do not match.")
        .error(422, "A member has a wrong type, or the captcha is not solved.")
        .error(429, "A rate limit is reached."),
        ApiOperation::new(
            ("delete", "/sessions"),
            ("Session", "delete_sessions"),
            "Signs the user out: the token is dead at once.",
        )
        .notes("This call is this server's own; the vendor has none.")
        .empty(204, "The token is not valid any more."),
        ApiOperation::new(
            ("post", "/guests"),
            ("Guest", "post_guests"),
            "Creates a guest, whose wallet lasts as long as the token.",
        )
        .public()
        .body::<NewGuest>()
        .answer::<GuestBody>(201, "The guest's token.")
        .error(404, "There is no such company.")
        .error(422, "A member has a wrong type, or the captcha is not solved.")
        .error(429, "A rate limit is reached."),
        ApiOperation::new(
            ("get", "/user"),
            ("User", "get_user"),
            "Shows the user of the token, with the wallet.",
        )
        .query::<CompanyQuery>()
        .answer::<UserBody>(200, "The user and the wallet.")
        .error(422, "`company_id` is not a whole number."),
        ApiOperation::new(
            ("get", "/companies/{id}"),
            ("Company", "get_companies__company_id"),
            "Shows the public data of a company, with its publishable key.",
        )
        .public()
        .in_path("id", "The number of the company.")
        .answer::<CompanyBody>(200, "The company.")
        .error(404, "There is no such company."),
    ]
}

fn cards() -> Vec<ApiOperation> {
    let delete = |path, of, newer: &'static str| {
        ApiOperation::new(
            ("delete", path),
            of,
            "Deletes the card, unless an appointment needs it.",
        )
        .notes(newer)
        .with_gateway()
        .in_path("id", "The id of the card, percent-encoded: `cus_…%7Cpm_…`.")
        .query::<CompanyQuery>()
        .answer::<EmptyObject>(200, "The card is deleted.")
        .error(404, "The card is not in this wallet.")
        .error(409, "Another request of this wallet is in progress.")
        .error(
            422,
            "An appointment needs the card; `message` says which one, and until when.",
        )
    };
    vec![
        ApiOperation::new(
            ("get", "/user/payment_methods/session"),
            ("PaymentMethod", "get_user_payment_methods_session"),
            "Creates a setup intent, or returns one that is still unused.",
        )
        .notes(
            "With `add_to_client=true` the card is saved as soon as the bank has confirmed it in the page, otherwise when \
             it is posted.",
        )
        .with_challenge()
        .with_gateway()
        .query::<SessionQuery>()
        .answer::<ClientSecretBody>(200, "The client secret for Stripe.js.")
        .error(409, "Another request of this wallet is in progress.")
        .error(
            422,
            "A parameter is missing or has a wrong value.",
        ),
        ApiOperation::new(
            ("post", "/user/credit_cards"),
            ("CreditCard", "post_user_credit_cards"),
            "Saves a card. It replaces the card of the wallet.",
        )
        .notes(
            "The server verifies the card at Stripe: an intent of this wallet succeeded with it, or the server confirms it \
             now. The card details of the body are compared and otherwise ignored.",
        )
        .with_challenge()
        .with_gateway()
        .idempotent()
        .body::<SaveCard>()
        .answer::<UserBody>(201, "The user with the new wallet.")
        .answer::<UserBody>(200, "The wallet had this card already.")
        .error(
            402,
            "The bank wants to check that it is the cardholder. Nothing is saved; confirm `client_secret` and post again.",
        )
        .error(409, "The bank is still checking the card, or another request of this wallet is in progress.")
        .error(
            422,
            "The card is declined or not accepted, a member is invalid, or the key was used for another request.",
        ),
        delete(
            "/user/credit_cards/{id}",
            ("CreditCard", "delete_user_credit_cards__id_"),
            "",
        ),
        delete(
            "/user/payment_methods/{id}",
            ("PaymentMethod", "delete_user_payment_methods__id_"),
            "The newer form of `DELETE /user/credit_cards/{id}`.",
        ),
    ]
}
