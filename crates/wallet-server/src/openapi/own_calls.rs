//! This server's own calls in the document: holds, webhooks, probes, the card form's page, the document itself.
//!
//! It must never describe the faults of development unless they are switched on.

mod pages;
mod probes;

use schemars::JsonSchema;
use serde::Deserialize;

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
    let mut operations = [holds(), people(), probes::operations(), pages::operations()].concat();
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
