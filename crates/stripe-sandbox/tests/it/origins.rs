//! Tests of the four origins, the release trains of the script, the journal and the dashboard.

use crate::support::{Bench, read};
use reqwest::Method;
use std::time::Duration;

#[tokio::test]
async fn every_origin_is_healthy_and_distinct() {
    let bench = Bench::start().await;
    let origins = bench.origins().clone();
    let mut all = vec![origins.script, origins.fields, origins.hooks, origins.api];
    for origin in &all {
        let answer = bench
            .http
            .get(format!("{origin}/healthz"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{origin}");
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 4);
}

#[tokio::test]
async fn each_train_has_its_script() {
    let bench = Bench::start().await;
    for (path, version) in [
        ("/v3/", "const VERSION = 3;"),
        ("/v3", "const VERSION = 3;"),
        ("/v3/stripe.js", "const VERSION = 3;"),
        ("/v3/?advancedFraudSignals=false", "const VERSION = 3;"),
        ("/acacia/stripe.js", "const VERSION = 'acacia';"),
        ("/basil/stripe.js", "const VERSION = 'basil';"),
        ("/clover/stripe.js", "const VERSION = 'clover';"),
        ("/dahlia/stripe.js", "const VERSION = 'dahlia';"),
        ("/endive/stripe.js", "const VERSION = 'endive';"),
    ] {
        let answer = bench
            .http
            .get(format!("{}{path}", bench.origins().script))
            .send()
            .await
            .unwrap();
        assert!(
            answer.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/javascript")
        );
        let text = answer.text().await.unwrap();
        assert!(text.contains(version), "{path}");
        for placeholder in ["%SCRIPT%", "%FIELDS%", "%HOOKS%", "%API%", "%VERSION%"] {
            assert!(!text.contains(placeholder), "{path}: {placeholder}");
        }
        assert!(
            !text.contains(&bench.origins().api),
            "the page's script has no business with the API"
        );
    }
    let unknown = bench
        .http
        .get(format!("{}/fennel/stripe.js", bench.origins().script))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn no_script_sends_messages_to_a_wildcard_origin() {
    let bench = Bench::start().await;
    let origins = bench.origins();
    for url in [
        origins.stripe_js(),
        format!("{}/field.js", origins.fields),
        format!("{}/controller.js", origins.fields),
        format!("{}/outer.js", origins.hooks),
        format!("{}/bank.js", origins.hooks),
    ] {
        let text = bench
            .http
            .get(&url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(!text.contains("'*'") && !text.contains("\"*\""), "{url}");
    }
}

#[tokio::test]
async fn the_journal_lists_requests_by_account() {
    let bench = Bench::start().await;
    bench.card("4242424242424242").await;
    bench
        .call("sk_test_other", Method::GET, "/v1/customers", &[])
        .await;
    let url = format!(
        "{}/sandbox/requests?key=pk_test_shop&origin=api",
        bench.origins().api
    );
    let listed = read(bench.http.get(url).send().await.unwrap()).await;
    let requests = listed.body["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(listed.at("/requests/0/path"), "/v1/payment_methods");
    assert!(listed.at("/requests/0/body").contains("4242424242424242"));
    assert_eq!(listed.body["requests"][0]["status"], 200);
    assert!(!listed.body.to_string().contains("Bearer"));
}

#[tokio::test]
async fn the_dashboard_lists_the_cards() {
    let bench = Bench::start().await;
    let page = bench.http.get(&bench.origins().api).send().await.unwrap();
    assert!(
        page.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let cards = read(
        bench
            .http
            .get(format!("{}/sandbox/cards", bench.origins().api))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert!(cards.body["cards"].as_array().unwrap().len() >= 40);
}

#[tokio::test]
async fn it_stops_soon_while_a_request_hangs() {
    let bench = Bench::start().await;
    bench
        .fault(
            "pk_test_shop",
            serde_json::json!({ "on": "script", "do": "hang" }),
        )
        .await;
    let (http, healthz) = (
        bench.http.clone(),
        format!("{}/healthz", bench.origins().script),
    );
    let hanging = http.get(format!("{}?key=pk_test_shop", bench.origins().stripe_js()));
    let hanging = tokio::spawn(hanging.send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    tokio::time::timeout(Duration::from_secs(30), bench.stop())
        .await
        .unwrap();
    assert!(reqwest::Client::new().get(healthz).send().await.is_err());
    hanging.abort();
}
