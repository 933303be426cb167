//! The calls for monitoring and load balancers.
//!
//! It must never describe a member that names a client or an account.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::operation::ApiOperation;

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

/// Whether the server takes the client's address from `X-Forwarded-For`.
#[derive(JsonSchema, Serialize)]
struct ClientCheck {
    /// Whether the client has the address `192.0.2.77`, which only documentation has.
    documentation_address: bool,
}

pub(super) fn operations() -> Vec<ApiOperation> {
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
            "/healthz/client",
            "showClientCheck",
            "Says whether a forwarded address was believed, for `wallet-server doctor`.",
        )
        .public()
        .answer::<ClientCheck>(200, "The result of the check."),
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
