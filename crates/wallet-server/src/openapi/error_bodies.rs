//! The bodies of errors as they leave the server: the vendor's own body, with what the layers around every route add.
//!
//! The layers write JSON without types (`routes::vendor_api`, `request_id`), so that these types exist for the document
//! alone. The tests compare them with real responses.

#![allow(
    dead_code,
    reason = "the types describe JSON that is written without them"
)]

use std::collections::BTreeMap;

use card_entry_protocol::dialect::{bokamera, mikrocloud, mytime, quilt, ticket_evolution};
use schemars::JsonSchema;
use serde::Serialize;

/// Why a repeat does not help, or what to wait for.
#[derive(JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
enum FailureCode {
    GatewayRefused,
    GatewayForbidden,
    GatewayUnreachable,
    StorageBusy,
    StorageFull,
}

/// An error of MyTime's calls.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Error")]
pub(super) struct MyTimeError {
    #[serde(flatten)]
    vendor: mytime::ErrorBody,
    #[serde(flatten)]
    added: AddedMembers,
}

/// An error of MikroCloud's calls.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Error")]
pub(super) struct MikroCloudError {
    #[serde(flatten)]
    vendor: mikrocloud::ErrorBody,
    #[serde(flatten)]
    added: AddedMembers,
}

/// An error of Ticket Evolution's calls that belongs to no field.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Error")]
pub(super) struct TicketEvolutionError {
    #[serde(flatten)]
    vendor: ticket_evolution::ErrorBody,
    #[serde(flatten)]
    added: AddedMembers,
}

/// An error of this server's own calls.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Error")]
pub(super) struct ServerError {
    /// A sentence for people.
    message: String,
    #[serde(flatten)]
    added: AddedMembers,
}

/// The members that the server adds to a vendor's error.
#[derive(JsonSchema, Serialize)]
struct AddedMembers {
    /// The code for programs, where the status does not say enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<FailureCode>,
    /// The id of the request, as in the header `x-request-id` and in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

/// An error of Quilt's calls. A declined payment and the like have status 200.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Error")]
pub(super) struct QuiltFailure {
    error: QuiltFailureCode,
}

/// The code and the sentence of an error.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ErrorCode")]
struct QuiltFailureCode {
    #[serde(flatten)]
    vendor: quilt::QuiltError,
    /// The id of the request, as in the header `x-request-id` and in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

/// An error of BokaMera's calls, as ServiceStack writes it.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "Error")]
#[serde(rename_all = "PascalCase")]
pub(super) struct BokaMeraFailure {
    response_status: ServiceStackStatus,
}

/// The code and the sentence of an error, and the errors of the members.
#[derive(JsonSchema, Serialize)]
#[schemars(rename = "ResponseStatus")]
#[serde(rename_all = "PascalCase")]
struct ServiceStackStatus {
    #[serde(flatten)]
    vendor: bokamera::ResponseStatus,
    /// `RequestId` is the id of the request, as in the header `x-request-id` and in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<BTreeMap<String, String>>,
}
