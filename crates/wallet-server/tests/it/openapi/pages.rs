//! `/docs`, and `/api/mkp/v1/docs`, to which MyTime's how-to links.

use std::collections::BTreeMap;

use reqwest::{Method, Response};

use crate::support::World;

const MYTIME: &str = "/api/mkp/v1/docs";

/// The anchors of the links in MyTime's how-to.
const LINKED: [&str; 5] = [
    "/User/post_users",
    "/Session/post_sessions",
    "/Company/get_companies__company_id",
    "/CreditCard/post_user_credit_cards",
    "/CreditCard/delete_user_credit_cards__id_",
];

async fn get(world: &World, path: &str) -> Response {
    let response = world.get(path).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response
}

#[tokio::test(flavor = "multi_thread")]
async fn the_links_of_mytimes_how_to_lead_to_their_calls() {
    let world = World::open().await;
    for path in ["/docs", MYTIME] {
        let html = get(&world, path).await.text().await.unwrap();
        for anchor in LINKED {
            assert_eq!(
                html.matches(&format!("id=\"{anchor}\"")).count(),
                1,
                "{anchor}"
            );
        }
    }
    let html = get(&world, MYTIME).await.text().await.unwrap();
    assert!(html.contains("<code>/api/mkp/v1/user/credit_cards/{id}</code>"));
    assert!(!html.contains("/v1/account/payment-methods"));
}

#[tokio::test(flavor = "multi_thread")]
async fn mytimes_page_is_there_for_such_an_account_only() {
    let world = World::with(|settings| {
        settings.accounts.retain(|account| account.system.is_some());
    })
    .await;
    let response = world.get(MYTIME).send().await.unwrap();
    assert_eq!(response.status(), 404);
    get(&world, "/docs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_runs_no_script_and_loads_nothing() {
    let world = World::open().await;
    for path in ["/docs", MYTIME] {
        let response = get(&world, path).await;
        let headers = response.headers().clone();
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let policy = headers["content-security-policy"].to_str().unwrap();
        let directives: BTreeMap<_, _> = policy
            .split("; ")
            .map(|directive| directive.split_once(' ').unwrap())
            .collect();
        assert_eq!(directives["default-src"], "'none'");
        assert_eq!(directives["frame-ancestors"], "'none'");
        assert!(directives["style-src"].starts_with("'sha256-"));
        assert_eq!(directives.len(), 5, "{policy}");
        let html = response.text().await.unwrap();
        for loads in [
            "<script", "<img", "<link", "src=", "style=\"", "@import", "url(",
        ] {
            assert!(!html.contains(loads), "{path} has {loads}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_of_a_page_leads_to_an_anchor_of_it() {
    let world = World::open().await;
    for path in ["/docs", MYTIME] {
        let html = get(&world, path).await.text().await.unwrap();
        let links = html.split("href=\"#").skip(1);
        let links: Vec<_> = links.map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(links.len() > 30, "{path}");
        for link in links {
            assert_eq!(
                html.matches(&format!(" id=\"{link}\"")).count(),
                1,
                "{path}#{link}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_sent_once_and_only_read() {
    let world = World::open().await;
    for path in ["/docs", MYTIME, "/docs/openapi.json"] {
        let first = get(&world, path).await;
        assert_eq!(first.headers()["cache-control"], "no-cache");
        let tag = first.headers()["etag"].clone();
        let again = world.get(path).header("if-none-match", &tag);
        let again = again.send().await.unwrap();
        assert_eq!(
            (again.status().as_u16(), &again.headers()["etag"]),
            (304, &tag)
        );
        assert_eq!(again.headers()["cache-control"], "no-cache");

        let head = world.http.head(world.url(path)).send().await.unwrap();
        assert_eq!(
            (head.status().as_u16(), &head.headers()["etag"]),
            (200, &tag)
        );
        let length = "content-length";
        assert_eq!(head.headers()[length], first.headers()[length]);
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let request = world.http.request(method, world.url(path));
            assert_eq!(request.send().await.unwrap().status(), 405, "{path}");
        }
    }
}
