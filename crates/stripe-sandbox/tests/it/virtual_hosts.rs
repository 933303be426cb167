//! Tests of the real host names: the certificate, the origins, and the URLs in responses.

use crate::support::{Bench, read};
use reqwest::{Certificate, Client, Method};
use serde_json::{Value, json};
use stripe_sandbox::browser::RealNames;

/// A client that trusts the temporary authority and resolves every host name to the listener.
fn client(names: &RealNames) -> Client {
    let authority = Certificate::from_pem(names.ca_pem.as_bytes()).unwrap();
    let mut builder = Client::builder()
        .no_proxy()
        .tls_built_in_root_certs(false)
        .add_root_certificate(authority);
    for host in names
        .hosts
        .iter()
        .chain(&["a.js.stripe.com", "example.com"])
    {
        builder = builder.resolve(host, names.address);
    }
    builder.build().unwrap()
}

async fn text(http: &Client, url: &str) -> String {
    let answer = http.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{url}");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn every_real_host_is_served_and_no_other() {
    let bench = Bench::with_real_names().await;
    let names = bench.names();
    let http = client(names);
    for host in names.hosts.iter().chain(&["a.js.stripe.com"]) {
        let well = http.get(format!("https://{host}/healthz")).send().await;
        let status = well.unwrap().status().as_u16();
        assert_eq!(status, 200, "{host}");
    }
    assert!(http.get("https://example.com/").send().await.is_err());
    let stranger = http
        .get("https://js.stripe.com/v3/")
        .header("host", "example.com")
        .send()
        .await
        .unwrap();
    assert_eq!(stranger.status(), 421);
    // A client that does not trust the authority gets a TLS error.
    let wary = Client::builder()
        .no_proxy()
        .resolve("js.stripe.com", names.address);
    let refused = wary
        .build()
        .unwrap()
        .get("https://js.stripe.com/v3/")
        .send()
        .await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn responses_hold_the_origins_of_the_caller() {
    let bench = Bench::with_real_names().await;
    let http = client(bench.names());
    let ports = bench.origins();
    for (url, real) in [
        ("https://js.stripe.com/v3/", "'https://hooks.stripe.com'"),
        (
            "https://js.stripe.com/dahlia/stripe.js",
            "'https://js.stripe.com'",
        ),
        (
            "https://js.stripe.com/controller.js",
            "'https://api.stripe.com'",
        ),
        ("https://api.stripe.com/", "https://api.stripe.com"),
    ] {
        let text = text(&http, url).await;
        assert!(text.contains(real), "{url}");
        assert!(!text.contains("http://127.0.0.1"), "{url}");
    }
    let policy = http
        .get("https://js.stripe.com/controller")
        .send()
        .await
        .unwrap();
    let policy = policy.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("connect-src https://api.stripe.com"),
        "{policy}"
    );
    assert!(
        text(&bench.http, &ports.stripe_js())
            .await
            .contains(&ports.hooks)
    );
}

#[tokio::test]
async fn one_intent_has_the_origins_of_each_caller() {
    let bench = Bench::with_real_names().await;
    let http = client(bench.names());
    let customer = bench.customer().await;
    let (_, at_ports) = bench.set_up(&customer, "4000002500003155").await;
    let link = "/next_action/use_stripe_sdk/stripe_js";
    let source = at_ports.at("/next_action/use_stripe_sdk/source");
    assert!(at_ports.at(link).starts_with(&bench.origins().hooks));

    let url = format!("https://api.stripe.com/v1/setup_intents/{}", at_ports.id());
    let by_name = read(
        http.get(url)
            .bearer_auth("sk_test_shop")
            .send()
            .await
            .unwrap(),
    )
    .await;
    let page = format!("https://hooks.stripe.com/redirect/authenticate/{source}");
    assert_eq!(by_name.at(link), page);
    assert!(text(&http, &page).await.contains("challengeFrame"));

    let press = |origin: &'static str| {
        let url = format!("https://hooks.stripe.com/challenge/{source}/complete");
        http.post(url).header("origin", origin).send()
    };
    assert_eq!(press("https://js.stripe.com").await.unwrap().status(), 403);
    assert_eq!(
        press("https://hooks.stripe.com").await.unwrap().status(),
        204
    );
    let settled = bench
        .get(&format!("/v1/setup_intents/{}", at_ports.id()), &[])
        .await;
    assert_eq!(settled.at("/status"), "succeeded");
}

#[tokio::test]
async fn an_intent_created_by_host_name_is_found_on_the_port() {
    let bench = Bench::with_real_names().await;
    let http = client(bench.names());
    let made = http
        .post("https://api.stripe.com/v1/setup_intents")
        .bearer_auth("sk_test_shop")
        .form(&[
            ("payment_method", "pm_card_authenticationRequired"),
            ("confirm", "true"),
        ])
        .header("idempotency-key", "one")
        .send();
    let made = read(made.await.unwrap()).await;
    assert!(
        made.at("/next_action/use_stripe_sdk/stripe_js")
            .starts_with("https://hooks.")
    );
    let found = bench
        .get(&format!("/v1/setup_intents/{}", made.id()), &[])
        .await;
    let link = found.at("/next_action/use_stripe_sdk/stripe_js");
    assert!(link.starts_with(&bench.origins().hooks), "{link}");
}

#[tokio::test]
async fn faults_and_journal_are_shared_by_both_listeners() {
    let bench = Bench::with_real_names().await;
    let http = client(bench.names());
    let fault = json!({ "on": "script", "do": "drop", "times": 1 });
    bench.fault("pk_test_shop", fault).await;
    let script = "https://js.stripe.com/v3/?key=pk_test_shop";
    assert!(http.get(script).send().await.is_err());
    text(&http, script).await;
    let url = format!(
        "{}/sandbox/requests?key=pk_test_shop&origin=script",
        bench.origins().api
    );
    let seen = read(bench.http.get(url).send().await.unwrap()).await;
    assert_eq!(seen.body["requests"].as_array().unwrap().len(), 2);
    assert_eq!(seen.at("/requests/1/headers/host"), "js.stripe.com");
}

#[tokio::test]
async fn the_browser_arguments_are_returned() {
    let bench = Bench::with_real_names().await;
    let names = bench.names();
    let api = &bench.origins().api;
    let response = read(
        bench
            .http
            .get(format!("{api}/sandbox/browser"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(response.body["arguments"], json!(names.arguments));
    let [rules, spki] = names.arguments.as_slice() else {
        panic!("two arguments");
    };
    let map = format!("MAP hooks.stripe.com:443 {}", names.address);
    assert!(
        rules.starts_with("--host-resolver-rules=MAP js.stripe.com:443 ") && rules.contains(&map),
        "{rules}"
    );
    assert_eq!(spki.rsplit_once("list=").unwrap().1.len(), 44, "{spki}");
    let pem = text(&bench.http, &format!("{api}/sandbox/ca.pem")).await;
    assert_eq!(pem, names.ca_pem);
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
}

#[tokio::test]
async fn without_real_host_names_the_error_says_how_to_enable_them() {
    let bench = Bench::start().await;
    let url = format!("{}/sandbox/browser", bench.origins().api);
    let response = bench
        .call("sk_test_shop", Method::GET, "/sandbox/ca.pem", &[])
        .await;
    assert_eq!(response.status, 404);
    let response = read(bench.http.get(url).send().await.unwrap()).await;
    assert!(response.status == 404 && response.at("/error").contains("--real-names"));
    assert_ne!(response.body, Value::Null);
}
