//! This server's own calls in the document: holds, webhooks, probes, the card form's page, the document itself.
//!
//! It must never describe the faults of development unless they are switched on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::api::{ApiDescription, SecurityScheme};
use super::error_bodies::ServerError;
use super::operation::{ApiOperation, ErrorScope, SharedError};
use crate::fault::InjectedFault;
use crate::person_export::PersonExport;
use crate::routes::{
    HoldBody, HoldQuery, HoldsBody, NewHold, NewPassword, NewPasswordReset, PasswordReset,
    PersonQuery,
};

const SHARED_ERRORS: [SharedError; 6] = [
    SharedError(
        400,
        ErrorScope::WithBody,
        "The body is not JSON, or did not arrive whole.",
    ),
    SharedError(
        401,
        ErrorScope::Authenticated,
        "The key is missing, wrong, or not that company's.",
    ),
    SharedError(413, ErrorScope::WithBody, "The body is too large."),
    SharedError(
        415,
        ErrorScope::WithBody,
        "The body is not `application/json`, or is compressed.",
    ),
    SharedError(422, ErrorScope::WithBody, "A member is missing or invalid."),
    SharedError(
        503,
        ErrorScope::Every,
        "The database does not answer in time.",
    ),
];

/// The state of the process.
#[derive(JsonSchema, Serialize)]
struct Liveness {
    /// Always `alive`.
    status: String,
}

/// Whether requests can be served.
#[derive(JsonSchema, Serialize)]
struct ReadinessBody {
    /// `ready` or `not_ready`.
    status: String,
    /// The parts that are not ready: `server`, `database`, `frame`.
    not_ready: Vec<String>,
}

/// The state of the server and its version.
#[derive(JsonSchema, Serialize)]
struct Health {
    /// `ok` or `unavailable`.
    status: String,
    /// Whether the database responds.
    database: bool,
    /// Whether the card form is built.
    frame: bool,
    /// The version of the server.
    version: String,
}

/// An event of Stripe's, which the server reads again from Stripe.
#[derive(JsonSchema, Deserialize)]
#[allow(dead_code, reason = "the schema shows the members that are read")]
struct StripeEvent {
    /// The id of the event, `evt_…`.
    id: String,
    /// The kind of event, e.g. `payment_method.detached`.
    r#type: String,
}

pub(super) fn api(allow_faults: bool) -> ApiDescription {
    let mut operations = [holds(), people(), probes(), pages()].concat();
    if allow_faults {
        operations.extend(faults());
    }
    ApiDescription {
        name: "Server",
        base: "",
        tags: &[
            (
                "Holds",
                "Deletion blocks: the booking site's server says which card an appointment needs.",
            ),
            (
                "People",
                "The booking site's server exports or deletes a person.",
            ),
            ("Webhooks", "Events of Stripe's."),
            ("Health", "For monitoring and load balancers."),
            ("Pages", "The card form, and this document."),
            ("Development", "Faults to inject, for tests in development."),
        ],
        schemes: &[SecurityScheme::Bearer {
            name: "holdsKey",
            format: "holds key",
            description: "The `holds_key` of the company's account. No page may have it.",
        }],
        security: &[&["holdsKey"]],
        error: |generator| generator.subschema_for::<ServerError>(),
        shared_errors: &SHARED_ERRORS,
        operations,
    }
}

fn people() -> Vec<ApiOperation> {
    vec![
        ApiOperation::new(
            ("get", "/people"),
            ("People", "exportPerson"),
            "Returns everything that is stored about a person.",
        )
        .query::<PersonQuery>()
        .answer::<PersonExport>(200, "The person's data, without secrets.")
        .error(404, "There is no such person in this account.")
        .error(422, "The person is not named, or is named twice."),
        ApiOperation::new(
            ("delete", "/people"),
            ("People", "deletePerson"),
            "Deletes a person, their cards, their sessions and their customer at the gateway.",
        )
        .notes("The consents to stored cards are kept for 540 days without a name, as proof in a dispute.")
        .query::<PersonQuery>()
        .empty(204, "The person is deleted. The gateway follows.")
        .error(404, "There is no such person in this account.")
        .error(422, "An appointment needs a card of the person, or the person is not named once."),
        ApiOperation::new(
            ("post", "/password-resets"),
            ("People", "createPasswordReset"),
            "Makes a token with which a user sets a new password. The booking site mails it.",
        )
        .notes(
            "The answer is the same for an e-mail address without a user, whose token opens nothing. Mail it anyway, so \
             that nobody learns who is a user.",
        )
        .body::<NewPasswordReset>()
        .answer::<PasswordReset>(201, "The token, for 30 minutes and one use.")
        .error(429, "Too many tokens for this e-mail address."),
        ApiOperation::new(
            ("post", "/passwords"),
            ("People", "setPassword"),
            "Sets a new password with a mailed token. All sessions of the person end.",
        )
        .notes("Pages of the company may call it.")
        .public()
        .body::<NewPassword>()
        .empty(204, "The password is set. The person signs in with it.")
        .error(403, "The page is none of the company's.")
        .error(404, "There is no such company.")
        .error(429, "Too many attempts from this network."),
    ]
}

fn holds() -> Vec<ApiOperation> {
    vec![
        ApiOperation::new(
            ("post", "/holds"),
            ("Holds", "createHold"),
            "Sets a hold on a card, or changes the hold with the same reference.",
        )
        .notes("While the hold exists, the card can be replaced but not deleted.")
        .body::<NewHold>()
        .answer::<HoldBody>(201, "The new hold.")
        .answer::<HoldBody>(200, "The changed hold.")
        .error(404, "There is no such card in a wallet of this company.")
        .error(409, "The reference holds another person's card."),
        ApiOperation::new(
            ("get", "/holds"),
            ("Holds", "listHolds"),
            "Lists the holds of a company or of one wallet, the soonest end first.",
        )
        .query::<HoldQuery>()
        .answer::<HoldsBody>(200, "The holds.")
        .error(422, "A parameter is missing or is not a whole number."),
        ApiOperation::new(
            ("delete", "/holds/{reference}"),
            ("Holds", "deleteHold"),
            "Removes a hold.",
        )
        .in_path("reference", "The reference of the hold, percent-encoded.")
        .query::<HoldQuery>()
        .empty(204, "There is no hold with this reference any more.")
        .error(422, "A parameter is missing or is not a whole number."),
        ApiOperation::new(
            ("post", "/webhooks/stripe/{account}"),
            ("Webhooks", "receiveStripeEvent"),
            "Receives an event of Stripe's about an account.",
        )
        .public()
        .in_path("account", "The number of the account.")
        .in_header("stripe-signature", "Stripe's signature of the body.")
        .body::<StripeEvent>()
        .empty(
            200,
            "The event is handled, or is of a kind that is ignored.",
        )
        .error(
            400,
            "The signature is missing or wrong, or the body did not arrive whole.",
        )
        .error(404, "The account has no webhook secret.")
        .error(424, "Stripe refused the server's own call."),
    ]
}

fn probes() -> Vec<ApiOperation> {
    let probe = |path, id, summary| ApiOperation::new(("get", path), ("Health", id), summary);
    vec![
        probe("/livez", "showLiveness", "Answers while the process runs.")
            .public()
            .answer::<Liveness>(200, "The process runs."),
        probe(
            "/readyz",
            "showReadiness",
            "Says whether requests can be served.",
        )
        .public()
        .answer::<ReadinessBody>(200, "Requests can be served.")
        .answer::<ReadinessBody>(503, "A part is not ready."),
        probe(
            "/healthz",
            "showHealth",
            "Shows the state of the server and its version.",
        )
        .public()
        .answer::<Health>(200, "The database responds.")
        .answer::<Health>(503, "The database does not respond."),
    ]
}

fn pages() -> Vec<ApiOperation> {
    let page =
        |path, id, summary| ApiOperation::new(("get", path), ("Pages", id), summary).public();
    vec![
        page(
            "/stripe_hosted_forms/card_entry",
            "showStripeForm",
            "The page of the card form with Stripe's fields, for an iframe.",
        )
        .query::<FormQuery>()
        .html(200, "The form, or a sentence in its place.")
        .html(503, "The form is not built."),
        page(
            "/braintree_hosted_forms/card_entry",
            "showBraintreeForm",
            "The page of the card form with Braintree's fields, for an iframe.",
        )
        .query::<FormQuery>()
        .html(200, "The form, or a sentence in its place.")
        .html(503, "The form is not built."),
        page("/docs", "showDocumentation", "This document as a page.").html(200, "The page."),
        page(
            "/docs/openapi.json",
            "showOpenApiDocument",
            "This document.",
        )
        .answer::<OpenApiBody>(200, "The document, in OpenAPI 3.1."),
    ]
}

/// The query of the card form's page. `docs/embedding.md` describes every parameter.
#[derive(JsonSchema, Deserialize)]
#[allow(dead_code, reason = "the frame's own parser reads the query")]
struct FormQuery {
    /// The publishable key of the account, for Stripe's fields.
    stripe_publishable_key: Option<String>,
    /// The tokenization key of the account, for Braintree's fields.
    braintree_tokenization_key: Option<String>,
    /// `true` for card number, expiry date and security code; `false` for all payment methods.
    #[serde(rename = "creditCardsOnly")]
    credit_cards_only: Option<bool>,
    /// Whether the card is saved for later.
    #[serde(rename = "isForFutureUsage")]
    is_for_future_usage: Option<bool>,
    /// Whether the page gets the height of the form in messages.
    #[serde(rename = "notifyOnFormHeight")]
    notify_on_form_height: Option<bool>,
    /// The amount of a payment in major units.
    amount: Option<String>,
    /// The currency of the amount, e.g. `usd`.
    currency: Option<String>,
    /// The language of the form, as a BCP 47 tag.
    locale: Option<String>,
    /// The color scheme until the page sets a theme: `light`, `dark` or `auto`.
    color_scheme: Option<String>,
    /// The connected account that owns the card, `acct_…`.
    stripe_account: Option<String>,
    /// The only origin that gets messages of the form.
    parent_origin: Option<String>,
}

/// An OpenAPI document.
#[derive(JsonSchema, Serialize)]
struct OpenApiBody {
    /// The version of OpenAPI.
    openapi: String,
    /// The calls by path.
    paths: serde_json::Map<String, serde_json::Value>,
}

fn faults() -> Vec<ApiOperation> {
    let call = |method, id, summary| {
        ApiOperation::new((method, "/__faults"), ("Development", id), summary).public()
    };
    vec![
        call("post", "addFault", "Adds a fault to inject.")
            .body::<InjectedFault>()
            .empty(204, "The fault is added."),
        call("delete", "clearFaults", "Removes all faults.").empty(204, "There is no fault left."),
    ]
}
