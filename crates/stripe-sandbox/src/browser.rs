//! How a browser or another client reaches the sandbox by the real host names: `/sandbox/browser` and
//! `/sandbox/ca.pem` on the API origin. Not part of Stripe's API.

use crate::certificate::Certificate;
use crate::virtual_hosts::HOSTS;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;
use std::net::SocketAddr;

/// How clients reach the real host names.
#[derive(Clone, Debug, Serialize)]
pub struct RealNames {
    /// The address of the TLS listener.
    pub address: SocketAddr,
    /// The host names it serves.
    pub hosts: Vec<&'static str>,
    /// The command-line arguments Chromium needs, beside a profile folder of its own.
    pub arguments: Vec<String>,
    /// The certificate of the temporary authority, as PEM, for clients other than browsers.
    pub ca_pem: String,
}

impl RealNames {
    /// For a TLS listener at `address` with `certificate`.
    #[must_use]
    pub fn new(address: SocketAddr, certificate: &Certificate) -> Self {
        let rules: Vec<String> = HOSTS
            .iter()
            .flat_map(|virtual_host| {
                let beneath = virtual_host
                    .with_subdomains
                    .then(|| format!("*.{}", virtual_host.host));
                std::iter::once(virtual_host.host.to_owned()).chain(beneath)
            })
            .map(|host| format!("MAP {host}:443 {address}"))
            .collect();
        Self {
            address,
            hosts: HOSTS.iter().map(|virtual_host| virtual_host.host).collect(),
            arguments: vec![
                format!("--host-resolver-rules={}", rules.join(", ")),
                format!("--ignore-certificate-errors-spki-list={}", certificate.spki),
            ],
            ca_pem: certificate.ca_pem.clone(),
        }
    }
}

/// The two paths. Without real host names each responds with 404 and how to enable them.
pub fn router(names: Option<RealNames>) -> Router {
    let ca_pem = names.as_ref().map(|names| names.ca_pem.clone());
    Router::new()
        .route(
            "/sandbox/browser",
            get(|| async { respond(names.map(Json)) }),
        )
        .route(
            "/sandbox/ca.pem",
            get(|| async {
                respond(ca_pem.map(|pem| ([(header::CONTENT_TYPE, "application/x-pem-file")], pem)))
            }),
        )
}

fn respond(content: Option<impl IntoResponse>) -> Response {
    match content {
        Some(content) => content.into_response(),
        None => {
            let error = "the real names are off; start the sandbox with --real-names";
            (StatusCode::NOT_FOUND, Json(json!({ "error": error }))).into_response()
        }
    }
}
