//! CORS: only the exact origins of the parents may call.

use reqwest::Method;

use crate::support::{BARBER_PAGE, STUDIO, STUDIO_PAGE, World};

#[tokio::test(flavor = "multi_thread")]
async fn parents_may_call_and_read() {
    let world = World::open().await;
    for page in [STUDIO_PAGE, BARBER_PAGE] {
        let preflight = world
            .http
            .request(Method::OPTIONS, world.api("/user/credit_cards"))
            .header("origin", page)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "authorization,content-type,idempotency-key",
            );
        let answer = preflight.send().await.unwrap();
        assert_eq!(answer.status(), 204);
        let headers = answer.headers();
        assert_eq!(headers["access-control-allow-origin"], page);
        assert_eq!(headers["access-control-allow-methods"], "GET, POST, DELETE");
        let allowed = headers["access-control-allow-headers"].to_str().unwrap();
        assert_eq!(
            allowed,
            "authorization, gauthorization, content-type, idempotency-key, challenge-token"
        );
        assert!(headers.get("access-control-allow-credentials").is_none());
        assert!(headers["vary"].to_str().unwrap().contains("origin"));

        let read = world
            .get(&format!("/api/mkp/v1/companies/{STUDIO}"))
            .header("origin", page)
            .send()
            .await
            .unwrap();
        assert_eq!(
            (
                read.status().as_u16(),
                &read.headers()["access-control-allow-origin"]
            ),
            (200, &page.parse().unwrap())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_origin_is_refused_before_its_route_runs() {
    let world = World::open().await;
    for page in [
        "null",
        "https://evil.example",
        "https://book.studio.example.evil.example",
        "https://evilbook.studio.example",
        "http://book.studio.example",
        "https://book.studio.example:8443",
        "https://book.studio.example.",
        "https://BOOK.studio.example",
        "https://book.studio.example/",
        "*",
    ] {
        for method in [Method::OPTIONS, Method::POST] {
            let request = world
                .http
                .request(method.clone(), world.api("/users"))
                .header("origin", page)
                .header("access-control-request-method", "POST")
                .json(&crate::support::person::sign_up("ann", STUDIO));
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 403, "{method} {page}");
            assert!(
                answer
                    .headers()
                    .get("access-control-allow-origin")
                    .is_none(),
                "{page}"
            );
        }
    }
    let body =
        serde_json::json!({"email": "ann@mytime.com", "password": "123", "company_id": STUDIO});
    assert_eq!(
        world.post("/sessions", &body).await.status,
        401,
        "no user was created"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_can_be_read_by_the_page() {
    let world = World::open().await;
    let answer = world
        .get("/api/mkp/v1/user")
        .header("origin", STUDIO_PAGE)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (
            answer.status().as_u16(),
            &answer.headers()["access-control-allow-origin"]
        ),
        (401, &STUDIO_PAGE.parse().unwrap())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_accepts_only_its_own_parents() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let credentials =
        serde_json::json!({"email": "ann@mytime.com", "password": "123", "company_id": STUDIO});
    for (page, status) in [(BARBER_PAGE, 403), (STUDIO_PAGE, 200)] {
        let wallet = world
            .get("/api/mkp/v1/user")
            .header("authorization", &ann.token);
        let entering = world.http.post(world.api("/sessions")).json(&credentials);
        for request in [wallet, entering] {
            let answer = request.header("origin", page).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{page}");
        }
    }
}
