//! `wallet-server doctor`: each check against the sandbox, while the server runs and while it does not.

use std::process::Command;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};
use wallet_server::doctor::{CheckResult, CheckStatus, DoctorReport, Reconcile, examine};

use super::settings_file_of;
use crate::support::seller::TICKETS;
use crate::support::webhook_sender::{PATH, world_with_webhooks};
use crate::support::{STUDIO, World, eventually};

use CheckStatus::{Ok, Problem, Warning};

/// A world whose server listens at its own `public_url`, with one account at Stripe and one at Braintree.
async fn world() -> World {
    at_own_url(World::open().await).await
}

async fn at_own_url(mut world: World) -> World {
    world.settings.listen = Some(world.address);
    world.settings.public_url = Some(format!("http://{}", world.address));
    world.settings.braintree_dist = Some(world.folder().join("dist-braintree"));
    std::fs::create_dir_all(world.folder().join("dist-braintree")).unwrap();
    let page = world.dist().join("index.html");
    std::fs::copy(page, world.folder().join("dist-braintree/index.html")).unwrap();
    let used = [i64::try_from(STUDIO).unwrap(), TICKETS];
    world
        .settings
        .accounts
        .retain(|account| used.contains(&account.id));
    world.stop().await;
    world.start().await;
    world
}

fn result<'a>(report: &'a DoctorReport, check: &str) -> &'a CheckResult {
    let found = report.checks.iter().find(|one| one.check == check);
    found.unwrap_or_else(|| panic!("no {check} in {}", report.to_text()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_server_has_no_problem_while_it_runs_and_while_it_does_not() {
    let mut world = world().await;
    let report = examine(world.settings.clone(), Reconcile::Skip).await;
    let expected = [
        ("settings", Ok),
        ("disk", Ok),
        ("database", Ok),
        ("account 40426 gateway", Ok),
        ("account 40426 webhooks", Warning),
        ("clock", Ok),
        ("form", Ok),
        ("form for Braintree", Ok),
        ("form origin", Ok),
        ("page", Ok),
        ("page for Braintree", Ok),
        ("client address", Ok),
    ];
    for (check, status) in expected {
        if check == "disk" && world.is_on_postgres() {
            continue;
        }
        let found = result(&report, check);
        // A machine that runs tests may have a small disk.
        assert!(found.status == status || check == "disk", "{found:?}");
    }
    let braintree = result(&report, &format!("account {TICKETS} gateway"));
    assert_eq!(braintree.detail, "Braintree accepts the keys, in sandbox");
    assert!(
        !report.to_text().contains("sk_test"),
        "{}",
        report.to_text()
    );

    world.stop().await;
    let stopped = examine(world.settings.clone(), Reconcile::Skip).await;
    let page = result(&stopped, "page");
    assert!(
        page.status == Warning && page.advice.starts_with("start the server"),
        "{page:?}"
    );
    assert_eq!(result(&stopped, "database").status, Ok);
    assert!(
        stopped
            .checks
            .iter()
            .all(|one| one.check == "disk" || one.status != Problem)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_a_missing_permission_and_a_silent_gateway_are_problems() {
    let world = world().await;
    let gateway = "account 40426 gateway";
    world
        .gateway_fault(json!({"on": "api", "do": "status", "status": 403, "path": "/v1/payment_methods/*/detach"}))
        .await;
    let report = examine(world.settings.clone(), Reconcile::Skip).await;
    let found = result(&report, gateway);
    assert_eq!(
        (found.status, found.detail.as_str()),
        (Problem, "the key lacks permissions: PaymentMethods: write")
    );
    world.gateway_recovers().await;

    world
        .gateway_fault(json!({"on": "api", "do": "status", "status": 401}))
        .await;
    let report = examine(world.settings.clone(), Reconcile::Skip).await;
    let found = result(&report, gateway);
    assert!(
        found.status == Problem && found.advice.contains("account rotate"),
        "{found:?}"
    );
    // The other account is checked all the same.
    assert_eq!(
        result(&report, &format!("account {TICKETS} gateway")).status,
        Ok
    );
    world.gateway_recovers().await;

    let mut settings = world.settings.clone();
    settings.gateway_url = Some("http://127.0.0.1:1".to_owned());
    let report = examine(settings, Reconcile::Skip).await;
    let found = result(&report, gateway);
    assert!(
        found.status == Problem && found.advice.contains("gateway_url"),
        "{found:?}"
    );
    let calls = world.gateway_requests().await;
    let created = calls.iter().filter(|call| {
        let path = call["path"].as_str().unwrap();
        path.starts_with("/v1/") && call["method"] == "POST" && call["status"] == 200
    });
    assert_eq!(created.count(), 0, "nothing is created: {calls:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_endpoint_at_the_gateway_and_its_last_event_are_read() {
    let (world, secret) = world_with_webhooks().await;
    let webhooks = "account 40426 webhooks";
    let before = result(
        &examine(world.settings.clone(), Reconcile::Skip).await,
        webhooks,
    )
    .clone();
    assert_eq!(
        before.status, Warning,
        "another public_url, and no event: {before:?}"
    );
    let world = at_own_url(world).await;
    let before = result(
        &examine(world.settings.clone(), Reconcile::Skip).await,
        webhooks,
    )
    .clone();
    assert!(before.detail.contains("no event arrived"), "{before:?}");
    let ann = world.person("ann").await;
    ann.adds(crate::support::bank::VISA).await;
    eventually("an event arrives", || async {
        let report = examine(world.settings.clone(), Reconcile::Skip).await;
        let found = result(&report, webhooks);
        found.status == Ok && found.detail.contains(PATH) && found.detail.contains(" ago")
    })
    .await;
    let report = examine(world.settings.clone(), Reconcile::Skip).await;
    assert!(
        !report.to_json().contains(&secret),
        "no signing secret is shown"
    );

    let url = format!("{}/v1/webhook_endpoints", world.sandbox.origins().api);
    let listed = world.http.get(&url).bearer_auth("sk_test_studio").send();
    let listed: Value = listed.await.unwrap().json().await.unwrap();
    let endpoint = listed["data"][0]["id"].as_str().unwrap();
    let change = world
        .http
        .post(format!("{url}/{endpoint}"))
        .bearer_auth("sk_test_studio");
    let few = [("enabled_events[]", "setup_intent.succeeded")];
    assert_eq!(change.form(&few).send().await.unwrap().status(), 200);
    let found = result(
        &examine(world.settings.clone(), Reconcile::Skip).await,
        webhooks,
    )
    .clone();
    assert!(
        found.status == Warning && found.detail.contains("payment_method.detached"),
        "{found:?}"
    );
    assert!(
        !found.detail.contains("setup_intent.succeeded"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_changes_headers_is_a_problem() {
    let world = world().await;
    let page = get(|| async { (StatusCode::OK, [("x-frame-options", "SAMEORIGIN")], "page") });
    let router = Router::new().route("/stripe_hosted_forms/card_entry", page);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = world.settings.clone();
    settings.public_url = Some(format!("http://{}", listener.local_addr().unwrap()));
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let report = examine(settings, Reconcile::Skip).await;
    serving.abort();
    let found = result(&report, "page");
    assert_eq!(found.status, Problem);
    for words in [
        "content-security-policy is missing",
        "cache-control is missing",
        "x-frame-options is added",
    ] {
        assert!(found.detail.contains(words), "{found:?}");
    }
    let braintree = result(&report, "page for Braintree");
    assert!(
        braintree.status == Problem && braintree.detail.contains("status 404"),
        "{braintree:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invented_client_address_that_is_believed_is_a_problem() {
    let world = World::with(|settings| {
        settings.trusted_proxies = Some(vec!["127.0.0.1".parse().unwrap()]);
    })
    .await;
    let report = examine(at_own_url(world).await.settings.clone(), Reconcile::Skip).await;
    let found = result(&report, "client address");
    assert!(
        found.status == Problem && found.advice.contains("trusted_proxies"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_and_a_missing_build_are_problems() {
    let world = world().await;
    let database = world.database().await;
    let bytes = if world.is_on_postgres() {
        "'\\x00'"
    } else {
        "x'00'"
    };
    let newer = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'newer', TRUE, {bytes}, 0)"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(newer))
        .execute(&database)
        .await
        .unwrap();
    std::fs::remove_file(world.dist().join("index.html")).unwrap();
    let report = examine(world.settings.clone(), Reconcile::Skip).await;
    let found = result(&report, "database");
    assert!(
        found.status == Problem && found.detail.contains("version 9999"),
        "{found:?}"
    );
    let found = result(&report, "form");
    assert!(
        found.status == Problem && found.detail.contains("no build"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_prints_lines_or_json_and_its_exit_code_says_whether_there_is_a_problem() {
    let world = World::open().await;
    let file = settings_file_of(&world).await;
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wallet-server"));
        let output = command.args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (
            output.status.code(),
            text,
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, text, _) = run(&["doctor", "--config", &file]);
    assert_eq!(code, Some(0), "{text}");
    let new = "is empty or does not exist yet; the first start of the server creates it";
    assert!(text.contains(new), "{text}");
    let file_of_sqlite = world.folder().join("program.db");
    assert!(!file_of_sqlite.exists(), "the doctor creates nothing");
    assert!(!text.contains("sk_test_studio") && !text.contains(crate::support::HOLDS_KEY));
    let (code, json, log) = run(&["--config", &file, "doctor", "--json"]);
    assert_eq!((code, log.as_str()), (Some(0), ""));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["status"], "warning");
    assert_eq!(json["checks"][0]["check"], "settings");

    let wrong = std::fs::read_to_string(&file)
        .unwrap()
        .replace("sk_test_", "sk_live_");
    std::fs::write(&file, wrong).unwrap();
    let (code, text, _) = run(&["doctor", "--config", &file]);
    assert_eq!(code, Some(1));
    assert!(
        text.starts_with("problem  settings  accounts[0].secret_key: "),
        "{text}"
    );
    assert!(!text.contains("sk_live_studio"), "{text}");
    let (code, help, _) = run(&["doctor", "--help"]);
    assert!(
        code == Some(0) && help.contains("changes nothing") && help.contains("--json"),
        "{help}"
    );
}
