//! The card-entry page: its placeholders and its headers, by publishable key.

mod assets;
mod queries;

use std::collections::HashSet;

use reqwest::Response;

use crate::support::{BARBER_PAGE, STUDIO_PAGE, World};

const PAGE: &str = "/stripe_hosted_forms/card_entry";

fn good(key: &str) -> String {
    format!("{PAGE}?stripe_publishable_key={key}&creditCardsOnly=true&isForFutureUsage=true")
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

fn directive(response: &Response, name: &str) -> Vec<String> {
    let policy = header(response, "content-security-policy");
    let found = policy
        .split("; ")
        .find_map(|part| part.strip_prefix(&format!("{name} ")));
    found
        .unwrap_or_else(|| panic!("no {name} in {policy}"))
        .split(' ')
        .map(str::to_owned)
        .collect()
}

fn meta(html: &str, name: &str) -> String {
    let start = format!("<meta name=\"{name}\" content=\"");
    html.split(&start)
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_key_has_only_its_own_parents() {
    let world = World::open().await;
    for (key, page) in [
        ("pk_test_studio", STUDIO_PAGE),
        ("pk_test_barber", BARBER_PAGE),
    ] {
        let response = world.get(&good(key)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(directive(&response, "frame-ancestors"), [page]);
        let html = response.text().await.unwrap();
        assert_eq!(meta(&html, "card-entry-parents"), page);
        assert_eq!(
            meta(&html, "card-entry-stripe-js"),
            world.sandbox.origins().stripe_js()
        );
        assert_eq!(meta(&html, "card-entry-error"), "");
        assert!(!html.contains("{{"), "{html}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_headers_are_those_of_the_security_document() {
    let world = World::open().await;
    let response = world.get(&good("pk_test_studio")).send().await.unwrap();
    let at = world.sandbox.origins();
    assert_eq!(directive(&response, "default-src"), ["'none'"]);
    let script = directive(&response, "script-src");
    let nonce = script[2].clone();
    assert_eq!(
        [&script[0], &script[1], &script[3]],
        ["'self'", "'wasm-unsafe-eval'", at.script.as_str()]
    );
    assert_eq!(
        directive(&response, "style-src"),
        ["'self'", nonce.as_str()]
    );
    assert_eq!(directive(&response, "img-src"), ["'self'", "data:"]);
    assert_eq!(directive(&response, "connect-src"), ["'self'", &at.api]);
    assert_eq!(
        directive(&response, "frame-src"),
        [at.script.as_str(), &at.fields, &at.hooks]
    );
    for closed in ["form-action", "base-uri", "object-src"] {
        assert_eq!(directive(&response, closed), ["'none'"]);
    }
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(header(&response, "referrer-policy"), "strict-origin");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    assert_eq!(
        header(&response, "cross-origin-opener-policy"),
        "same-origin-allow-popups"
    );
    assert_eq!(
        header(&response, "content-type"),
        "text/html; charset=utf-8"
    );
    assert!(
        header(&response, "permissions-policy")
            .starts_with(&format!("payment=(self \"{}\"", at.script))
    );
    for absent in [
        "strict-transport-security",
        "cross-origin-embedder-policy",
        "x-frame-options",
        "set-cookie",
    ] {
        assert_eq!(header(&response, absent), "", "{absent}");
    }
    let html = response.text().await.unwrap();
    let value = nonce.trim_start_matches("'nonce-").trim_end_matches('\'');
    assert_eq!(html.matches(&format!("nonce=\"{value}\"")).count(), 2);
    assert_eq!(value.len(), 24);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_is_used_once() {
    let world = World::open().await;
    let mut seen = HashSet::new();
    for _ in 0..20 {
        let response = world.get(&good("pk_test_studio")).send().await.unwrap();
        assert!(seen.insert(directive(&response, "script-src")[2].clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn https_sends_hsts() {
    let world =
        World::with(|settings| settings.public_url = Some("https://cards.example".to_owned()))
            .await;
    let response = world.get(&good("pk_test_studio")).send().await.unwrap();
    assert!(header(&response, "strict-transport-security").starts_with("max-age="));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_parent_is_selected_and_all_of_the_key_may_embed() {
    let world = World::with(|settings| {
        settings.accounts[0]
            .parents
            .push("https://salon.example".to_owned())
    })
    .await;
    let response = world
        .get(&format!(
            "{}&parent_origin=https://salon.example",
            good("pk_test_studio")
        ))
        .send()
        .await
        .unwrap();
    assert_eq!(
        directive(&response, "frame-ancestors"),
        [STUDIO_PAGE, "https://salon.example"]
    );
    assert_eq!(
        meta(&response.text().await.unwrap(), "card-entry-parents"),
        "https://salon.example"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_get_and_head_are_allowed() {
    let world = World::open().await;
    let head = world
        .http
        .head(world.url(&good("pk_test_studio")))
        .send()
        .await
        .unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(directive(&head, "frame-ancestors"), [STUDIO_PAGE]);
    assert!(head.bytes().await.unwrap().is_empty());
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = world
            .http
            .request(method.parse().unwrap(), world.url(PAGE))
            .send()
            .await
            .unwrap();
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "allow")),
            (405, "GET,HEAD"),
            "{method}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn csp_violations_can_be_reported() {
    let world = World::open().await;
    let response = world.get(&good("pk_test_studio")).send().await.unwrap();
    let path = directive(&response, "report-uri")[0].clone();
    assert_eq!(
        header(&response, "reporting-endpoints"),
        format!("policy=\"http://127.0.0.1:9{path}\"")
    );
    let send = async |body: &str| {
        let request = world
            .http
            .post(world.url(&path))
            .header("content-type", "application/csp-report");
        request
            .body(body.to_owned())
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(send(r#"{"csp-report":{"effective-directive":"img-src","blocked-uri":"https://a.example/x"}}"#).await, 204);
    assert_eq!(
        send(r#"[{"type":"csp-violation","body":{"effectiveDirective":"img-src"}}]"#).await,
        204
    );
    assert_eq!(send("<html>").await, 400);
    let many = format!("[{}]", vec![r#"{"body":{}}"#; 100].join(","));
    assert_eq!(send(&many).await, 429);
}
