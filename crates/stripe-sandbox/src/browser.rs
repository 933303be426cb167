//! What a browser and a client must be told to reach the sandbox by the real names: `/sandbox/browser` and
//! `/sandbox/ca.pem` on the API origin. No part of Stripe.

use crate::certificate::Certificate;
use crate::virtual_hosts::HOSTS;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;
use std::net::SocketAddr;

/// How the real names are reached.
#[derive(Clone, Debug, Serialize)]
pub struct RealNames {
    /// Where the TLS listener is.
    pub address: SocketAddr,
    /// Every name it answers by.
    pub hosts: Vec<&'static str>,
    /// Exactly what Chromium is started with, beside a profile folder of its own.
    pub arguments: Vec<String>,
    /// The throw-away authority's certificate, PEM, for clients that are no browsers.
    pub ca_pem: String,
}

impl RealNames {
    /// For a listener at `address` that shows `certificate`.
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

/// The two paths. Without real names each says how to get them.
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

fn respond(known: Option<impl IntoResponse>) -> Response {
    match known {
        Some(known) => known.into_response(),
        None => {
            let why = "the real names are off; start the sandbox with --real-names";
            (StatusCode::NOT_FOUND, Json(json!({ "error": why }))).into_response()
        }
    }
}
