//! The pages, their headers, and the static files.

use booking_site::headers::{ScriptPolicy, allow_embedding, page_headers};
use card_entry_protocol::origin::Origin;
use reqwest::Method;
use reqwest::header::HeaderMap;

use crate::site::TestSite;

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

/// The sources of one directive.
fn sources<'a>(policy: &'a str, directive: &str) -> Vec<&'a str> {
    let is_directive = |part: &&'a str| part.split(' ').next() == Some(directive);
    let part = policy
        .split("; ")
        .find(is_directive)
        .unwrap_or_else(|| panic!("{directive} in {policy}"));
    part.split(' ').skip(1).collect()
}

#[tokio::test]
async fn the_csp_of_the_booking_page_allows_its_own_code_and_the_wallet_only() {
    let site = TestSite::start().await;
    let wallet = site.wallet.base.as_str();
    let mut nonces = Vec::new();
    for path in ["/", "/index.html", "/?locale=ar"] {
        let response = site.request(Method::GET, path, None).send().await.unwrap();
        let headers = response.headers().clone();
        let policy = header(&headers, "content-security-policy");
        let html = response.text().await.unwrap();
        let nonce = html
            .split("nonce=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        assert!(nonce.len() >= 22, "{nonce}");
        assert_eq!(sources(policy, "default-src"), ["'none'"]);
        assert_eq!(
            sources(policy, "script-src"),
            ["'self'", "'wasm-unsafe-eval'", &format!("'nonce-{nonce}'")]
        );
        assert_eq!(
            sources(policy, "style-src"),
            ["'self'", &format!("'nonce-{nonce}'")]
        );
        assert_eq!(sources(policy, "connect-src"), ["'self'", wallet]);
        assert_eq!(sources(policy, "frame-src"), [wallet]);
        for closed in ["form-action", "base-uri", "object-src", "frame-ancestors"] {
            assert_eq!(sources(policy, closed), ["'none'"], "{closed}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains('*'),
            "{policy}"
        );
        assert_eq!(header(&headers, "x-content-type-options"), "nosniff");
        assert_eq!(header(&headers, "referrer-policy"), "strict-origin");
        assert_eq!(
            header(&headers, "cross-origin-opener-policy"),
            "same-origin-allow-popups"
        );
        assert_eq!(header(&headers, "cache-control"), "no-store");
        assert!(
            header(&headers, "permissions-policy")
                .contains(&format!("payment=(self \"{wallet}\")"))
        );
        nonces.push(nonce);
    }
    nonces.dedup();
    assert_eq!(nonces.len(), 3, "a nonce is used once");
}

#[tokio::test]
async fn the_csp_of_the_plain_pages_has_no_nonce() {
    let site = TestSite::start().await;
    for (path, scripts) in [
        ("/legacy.html", vec!["'self'"]),
        ("/element.html", vec!["'self'", "'wasm-unsafe-eval'"]),
        ("/mikrocloud.html", vec!["'self'", "'wasm-unsafe-eval'"]),
        (
            "/quilt.html",
            vec!["'self'", "'wasm-unsafe-eval'", "https://js.stripe.com"],
        ),
    ] {
        let response = site.request(Method::GET, path, None).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let policy = header(response.headers(), "content-security-policy");
        assert_eq!(sources(policy, "script-src"), scripts, "{path}");
        assert_eq!(sources(policy, "frame-src"), [site.wallet.base.as_str()]);
        assert_eq!(sources(policy, "frame-ancestors"), ["'none'"]);
    }
}

#[test]
fn only_the_configured_embedding_sitesmay_embed_a_page() {
    let wallet = Origin::parse("https://cards.example").unwrap();
    let policy = |sites: &[Origin]| {
        let mut headers = page_headers(&wallet, ScriptPolicy::Wasm, None).unwrap();
        allow_embedding(&mut headers, sites).unwrap();
        header(&headers, "content-security-policy").to_owned()
    };
    assert_eq!(sources(&policy(&[]), "frame-ancestors"), ["'none'"]);
    let embedding_sites = Origin::parse_list("https://a.example https://b.example");
    assert_eq!(
        sources(&policy(&embedding_sites), "frame-ancestors"),
        ["https://a.example", "https://b.example"]
    );
}

#[tokio::test]
async fn files_have_content_types_and_are_revalidated() {
    let site = TestSite::start().await;
    for (path, kind) in [
        ("/legacy.js", "text/javascript"),
        ("/page_bg.wasm", "application/wasm"),
        ("/card-entry/card_entry_companion.js", "text/javascript"),
    ] {
        let response = site.request(Method::GET, path, None).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(response.headers(), "content-type"), kind);
        assert_eq!(header(response.headers(), "cache-control"), "no-cache");
        assert_eq!(
            header(response.headers(), "cross-origin-resource-policy"),
            "same-origin"
        );
        assert_eq!(
            header(response.headers(), "x-content-type-options"),
            "nosniff"
        );
    }
}

#[tokio::test]
async fn nothing_outside_the_folders_is_served() {
    let site = TestSite::start().await;
    for path in [
        "/..%2fsecret.txt",
        "/card-entry/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/card-entry/",
        "/none",
    ] {
        let response = site.request(Method::GET, path, None).send().await.unwrap();
        assert!(
            response.status().is_client_error(),
            "{path} {}",
            response.status()
        );
        assert!(!response.text().await.unwrap().contains("outside"));
    }
}

#[tokio::test]
async fn the_config_holds_addresses_and_no_secret() {
    let site = TestSite::start().await;
    let response = site
        .request(Method::GET, "/api/config", None)
        .send()
        .await
        .unwrap();
    assert_eq!(header(response.headers(), "cache-control"), "no-store");
    let wallet = &site.wallet.base;
    let expected = format!(
        r#"{{"wallet":"{wallet}","frame":"{wallet}/stripe_hosted_forms/card_entry","company_id":40426}}"#
    );
    assert_eq!(response.text().await.unwrap(), expected);
}

#[tokio::test]
async fn api_errors_are_json_and_health_is_plain_text() {
    let site = TestSite::start().await;
    for (method, path, status) in [
        (Method::GET, "/api/none", 404),
        (Method::PUT, "/api/appointments", 405),
        (Method::GET, "/api/times", 400),
        (Method::GET, "/api/times?service=none", 422),
    ] {
        let response = site.request(method, path, None).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        assert!(
            response.text().await.unwrap().starts_with("{\"code\""),
            "{path}"
        );
    }
    let health = site
        .request(Method::GET, "/healthz", None)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (
            health.status().as_u16(),
            health.text().await.unwrap().as_str()
        ),
        (200, "ok\n")
    );
}
