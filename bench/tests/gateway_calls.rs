//! Reads in the sandbox's log which calls the wallet server and the yardstick make, and compares them with the plan of the
//! simulation. It must fail when a save makes another call, because then neither the yardstick nor the simulation is right.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::net::SocketAddr;
use std::sync::Arc;

use bench::queue::plan::{BEGIN_CALLS, BROWSER_CALLS, SAVE_CALLS};
use bench::server::gateway_browser;
use bench::server::owners::{BenchOwner, OwnerSource};
use bench::server::settings_file::{self, SettingsValues};
use bench::server::subject::{Operation, Subject, SubjectKind};
use bench::server::yardstick::gateway_calls::GatewayCalls;
use bench::server::yardstick::rows::Rows;
use bench::server::yardstick::{Yardstick, router};
use reqwest::Client;
use serde_json::Value;
use stripe_sandbox::{Options, Sandbox};
use wallet_server::config::{ServerConfig, Settings};
use wallet_server::server::Server;

type Calls = Vec<(String, String)>;

/// All calls that the sandbox received after the call with this number, without the reads of its own log.
async fn calls(http: &Client, gateway: &str, after: &mut u64) -> Calls {
    let url = format!("{gateway}/sandbox/requests?origin=api&limit=1000&after={after}");
    let log: Value = http.get(url).send().await.unwrap().json().await.unwrap();
    let log = log["requests"].as_array().unwrap().clone();
    let stripe = |call: &&Value| call["path"].as_str().unwrap().starts_with("/v1/");
    if let Some(last) = log.iter().filter_map(|call| call["number"].as_u64()).max() {
        *after = last;
    }
    let text = |call: &Value, member: &str| call[member].as_str().unwrap().to_owned();
    log.iter()
        .filter(stripe)
        .map(|call| (text(call, "method"), text(call, "path")))
        .collect()
}

/// Whether the calls are those of a plan, in its order. `*` is any id.
fn assert_calls(found: &Calls, plan: &[(&str, &str)], what: &str) {
    let pattern = |path: &str| {
        let parts = path.split('/').map(|part| match part.split_once('_') {
            Some(("pm" | "seti" | "cus", _)) => "*",
            _ => part,
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let found: Vec<_> = found
        .iter()
        .map(|(method, path)| (method.clone(), pattern(path)))
        .collect();
    let plan: Vec<_> = plan
        .iter()
        .map(|(method, path)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(found, plan, "{what}");
}

/// Sends the three requests for a new owner, and compares the calls of each.
async fn check(subject: &Subject, gateway: &str) {
    let http = &subject.http;
    let mut owner: BenchOwner = OwnerSource::new_from(7).take().unwrap().unwrap();
    let mut after = 0;
    subject.send(Operation::Begin, &mut owner).await.unwrap();
    assert_calls(
        &calls(http, gateway, &mut after).await,
        BEGIN_CALLS,
        "begin",
    );
    let owners = gateway_browser::confirm_all(http, gateway, vec![owner]).await;
    let mut owner = owners.unwrap().remove(0);
    assert_calls(
        &calls(http, gateway, &mut after).await,
        BROWSER_CALLS,
        "browser",
    );
    subject.send(Operation::Save, &mut owner).await.unwrap();
    assert_calls(&calls(http, gateway, &mut after).await, SAVE_CALLS, "save");
    subject.send(Operation::List, &mut owner).await.unwrap();
    assert_calls(&calls(http, gateway, &mut after).await, &[], "list");
}

fn subject(kind: SubjectKind, address: SocketAddr) -> Subject {
    Subject {
        kind,
        origin: format!("http://{address}"),
        http: Client::builder().no_proxy().build().unwrap(),
    }
}

#[tokio::test]
async fn the_wallet_server_makes_the_calls_of_the_plan() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let gateway = sandbox.origins().api.clone();
    let folder = tempfile::tempdir().unwrap();
    let values = SettingsValues {
        listen: "127.0.0.1:0",
        gateway: &gateway,
    };
    // Port 0 is no public address, and the frame is not served.
    let file = settings_file::toml(values).replace("http://127.0.0.1:0", "http://127.0.0.1:9");
    let database = folder.path().join("bench.db");
    let file = format!("database = \"{}\"\n{file}", database.display());
    let path = folder.path().join("wallet-server.toml");
    std::fs::write(&path, file).unwrap();
    let settings = Settings {
        config: Some(path),
        ..Settings::default()
    };
    let server = Server::start(ServerConfig::load(settings).unwrap())
        .await
        .unwrap();
    check(
        &subject(SubjectKind::WalletServer, server.address()),
        &gateway,
    )
    .await;
    server.stop().await.unwrap();
}

#[tokio::test]
async fn the_yardstick_makes_the_same_calls() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let gateway = sandbox.origins().api.clone();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("bench.db").display().to_string();
    let yardstick = Yardstick {
        gateway: GatewayCalls::new(gateway.clone()).unwrap(),
        rows: Rows::open(&database).await.unwrap(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        axum::serve(listener, router(Arc::new(yardstick)))
            .await
            .unwrap();
    });
    check(&subject(SubjectKind::Yardstick, address), &gateway).await;
    serving.abort();
}
