//! Compares the declared calls with the router: every route has a call, and every call a route.
//!
//! axum has no list of routes, but its `Debug` prints them. The tests must never pass because that print was not
//! understood.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ApiDocumentation, DocumentScope};
use crate::config::{AccountSettings, ServerConfig, Settings, WalletSystem};
use crate::secret::Secret;
use crate::server::Server;

/// Routes without a call of their own, and why.
const WITHOUT_CALL: [(&str, &str); 8] = [
    (
        "GET /stripe_hosted_forms/card_entry/",
        "the page without its last slash",
    ),
    (
        "GET /braintree_hosted_forms/card_entry/",
        "the page without its last slash",
    ),
    (
        "GET /stripe_hosted_forms/card_entry/{*name}",
        "files of the page",
    ),
    (
        "GET /braintree_hosted_forms/card_entry/{*name}",
        "files of the page",
    ),
    (
        "POST /stripe_hosted_forms/card_entry_reports",
        "browsers call it by themselves",
    ),
    (
        "POST /payment/stripe/v1/checkout.json",
        "`/checkout`, which names it",
    ),
    (
        "POST /payment/stripe/v1/checkout/status.json",
        "`/checkout/status`, which names it",
    ),
    ("GET /api/mkp/v1/docs", "`/docs` for one system"),
];

/// The methods and paths in the `Debug` of a router.
fn routes_of(printed: &str) -> BTreeSet<String> {
    let (endpoints, rest) = printed.split_once("node: Node { paths: {").unwrap();
    let (paths, _) = rest.split_once("fallback_router:").unwrap();
    let mut routes = BTreeSet::new();
    for entry in paths.split("RouteId(").skip(1) {
        let (id, path) = entry.split_once("): \"").unwrap();
        let (path, _) = path.split_once('"').unwrap();
        let start = format!("RouteId({id}): MethodRouter(");
        let (_, endpoint) = endpoints.split_once(&start).unwrap();
        let (endpoint, _) = endpoint.split_once("RouteId(").unwrap_or((endpoint, ""));
        let Some((_, allowed)) = endpoint.split_once("allow_header: Bytes(b\"") else {
            continue; // every method: an address that only answers 404
        };
        let (methods, _) = allowed.split_once('"').unwrap();
        let methods = methods.split(',').filter(|method| *method != "HEAD");
        routes.extend(methods.map(|method| format!("{method} {path}")));
    }
    routes
}

async fn router() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("wallet.db").display().to_string();
    let settings = Settings {
        listen: Some(([127, 0, 0, 1], 0).into()),
        database: Some(Secret::new(database)),
        gateway_url: Some("http://127.0.0.1:9".to_owned()),
        allow_faults: true,
        accounts: vec![AccountSettings {
            id: 1,
            name: "studio".to_owned(),
            currency: "usd".to_owned(),
            country: "US".to_owned(),
            publishable_key: "pk_test_studio".to_owned(),
            secret_key: Some(Secret::new("sk_test_studio".to_owned())),
            parents: vec!["https://book.studio.example".to_owned()],
            ..AccountSettings::default()
        }],
        ..Settings::default()
    };
    let server = Server::start(ServerConfig::check(settings).unwrap())
        .await
        .unwrap();
    let router = crate::routes::router(server.app().clone());
    let printed = format!("{router:?}");
    server.stop().await.unwrap();
    (folder, printed)
}

fn calls() -> BTreeSet<String> {
    let documentation = ApiDocumentation::new(DocumentScope {
        systems: &WalletSystem::ALL,
        allow_faults: true,
        public_url: "https://cards.example",
    });
    let document: Value = serde_json::from_str(&documentation.json).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let calls = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_ascii_uppercase()))
    });
    calls.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_has_a_call_and_every_call_a_route() {
    let (_folder, printed) = router().await;
    let routes = routes_of(&printed);
    assert!(routes.len() > 45, "{printed}");
    let without: BTreeSet<_> = WITHOUT_CALL
        .iter()
        .map(|(route, _)| (*route).to_owned())
        .collect();
    let calls = calls();
    let unknown: Vec<_> = without.difference(&routes).collect();
    assert!(unknown.is_empty(), "no such routes: {unknown:?}");
    let expected: BTreeSet<_> = routes.difference(&without).cloned().collect();
    let missing: Vec<_> = expected.difference(&calls).collect();
    let invented: Vec<_> = calls.difference(&expected).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "routes without a call: {missing:?}; calls without a route: {invented:?}"
    );
}
