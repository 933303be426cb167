//! Scripts and frames: their addresses, and that they use no wildcard origin.

use crate::support::{Bench, read};
use serde_json::json;

#[tokio::test]
async fn every_version_3_has_scripts() {
    let bench = Bench::start().await;
    let origins = bench.origins().clone();
    for base in [&origins.braintree_scripts, &origins.braintree_fields] {
        for file in ["client.min.js", "hosted-fields.min.js", "client.js"] {
            let answer = bench
                .http
                .get(format!("{base}/web/3.97.1/js/{file}"))
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 200, "{file}");
            let text = answer.text().await.unwrap();
            assert!(
                text.contains("'3.97.1'")
                    && !text.contains("%BRAINTREE")
                    && !text.contains("%VERSION"),
                "{file}"
            );
            assert!(!text.contains("'*'") && !text.contains("\"*\""), "{file}");
        }
    }
    for path in [
        "4.0.0/js/client.min.js",
        "3.1/js/client.min.js",
        "3.1.0/js/paypal.min.js",
        "../js/client.min.js",
    ] {
        let url = format!("{}/web/{path}", origins.braintree_scripts);
        assert_eq!(
            bench.http.get(url).send().await.unwrap().status(),
            404,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_csp_of_a_frame_allows_graphql_only() {
    let bench = Bench::start().await;
    let base = format!("{}/web/3.144.0", bench.origins().braintree_fields);
    let frame = bench
        .http
        .get(format!(
            "{base}/html/hosted-fields-frame.min.html?merchant=shop"
        ))
        .send()
        .await
        .unwrap();
    let policy = frame.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.starts_with("default-src 'none'"));
    assert!(policy.ends_with(&format!(
        "connect-src {}",
        bench.origins().braintree_graphql
    )));
    let script = bench
        .http
        .get(format!("{base}/frame/field.js"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!script.contains('%') || !script.contains("%BRAINTREE"));
    assert!(!script.contains("'*'") && !script.contains("\"*\""));
    assert_eq!(
        bench
            .http
            .get(format!("{base}/frame/other.js"))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
}

#[tokio::test]
async fn virtual_hosts_serve_the_same_merchant() {
    let bench = Bench::with_real_names().await;
    let id = bench.vault_number("4111111111111111").await;
    let names = bench.origins().clone();
    let body =
        json!({ "query": "query ($id: ID!) { node(id: $id) { id } }", "variables": { "id": id } });
    let request = bench
        .http
        .post(&names.braintree_graphql)
        .header("authorization", super::basic("shop"))
        .header("braintree-version", "2019-01-01");
    assert_eq!(
        read(request.json(&body).send().await.unwrap())
            .await
            .at("/data/node/id"),
        id
    );
}
