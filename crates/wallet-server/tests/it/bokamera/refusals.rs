//! BokaMera's errors in ServiceStack's format. A refused request creates and expires nothing.

use serde_json::{Value, json};

use crate::support::bank::VISA;
use crate::support::salon::{SALON_PAGE, SPA_COMPANY, SPA_PAGE, Salon, key};
use crate::support::{Answer, World};

fn error_of(answer: &Answer) -> (u16, &str, &str) {
    let status = &answer.body["ResponseStatus"];
    assert!(status["Errors"].is_array(), "{answer:?}");
    let text = |name: &str| status[name].as_str().unwrap_or_default();
    assert!(!text("Message").is_empty(), "{answer:?}");
    let field = status["Errors"][0]["FieldName"]
        .as_str()
        .unwrap_or_default();
    (answer.status, text("ErrorCode"), field)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_or_another_company_changes_nothing() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let checkout = salon.opens(&salon.order("booking 1")).await;
    let url = world.url("/payment/stripe/v1/checkout");
    let order = salon.order("booking 1");
    let bare = world.http.post(&url).json(&order);
    let wrong = |name: &str| world.http.post(&url).header("x-api-key", name).json(&order);
    let token = world.http.post(&url).bearer_auth(key("salon")).json(&order);
    for request in [
        bare,
        wrong("salon"),
        wrong(""),
        wrong("sk_test_salon"),
        token,
    ] {
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(error_of(&answer), (401, "Unauthorized", ""));
    }
    let answer = Answer::of(wrong(&key("spa")).send().await.unwrap()).await;
    assert_eq!(error_of(&answer), (403, "Forbidden", ""));
    let mut theirs = order.clone();
    theirs["CompanyId"] = SPA_COMPANY.into();
    let answer = salon.posts("/checkout", &theirs).await;
    assert_eq!(error_of(&answer), (403, "Forbidden", ""));
    assert_eq!(salon.status(&checkout).await, "open");
    assert_eq!(salon.open_sessions().await.len(), 1);
    let with_token = salon
        .request("/checkout")
        .bearer_auth("whoever")
        .json(&order);
    assert_eq!(with_token.send().await.unwrap().status().as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_of_another_company_is_not_found() {
    let world = World::open().await;
    let (salon, spa) = (Salon::new(&world), Salon::spa(&world));
    let checkout = salon.opens(&salon.order("booking 1")).await;
    let answer = spa.asks(&checkout["SessionId"]).await;
    assert_eq!(error_of(&answer), (404, "NotFound", ""));
    let unknown = salon.asks(&"cs_test_none".into()).await;
    assert_eq!(unknown.body, answer.body, "the same response");
    for session in [
        json!(null),
        json!(""),
        json!("../x"),
        json!("a".repeat(300)),
    ] {
        let answer = salon.asks(&session).await;
        assert_eq!(
            (answer.status, error_of(&answer).2),
            (400, "SessionId"),
            "{session}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_url_with_embedded_is_refused_and_the_older_checkout_stays() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let checkout = salon.opens(&salon.order("booking 1")).await;
    let mut order = salon.embedded("booking 1");
    order["CancelUrl"] = "https://book.salon.example/".into();
    let answer = salon.posts("/checkout", &order).await;
    assert_eq!(error_of(&answer), (400, "NotAllowed", "CancelUrl"));
    assert_eq!(
        answer.body["ResponseStatus"]["Message"],
        "CancelUrl is not allowed when UiMode is embedded."
    );
    assert_eq!(salon.pays(&checkout, VISA).await, "complete");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_articles_and_foreign_urls_are_refused() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let articles = |row: Value| json!({"Articles": [row]});
    for (change, code, field) in [
        (
            articles(json!({"ArticleId": 9, "Quantity": 2})),
            "TooSmall",
            "Articles",
        ),
        (
            articles(json!({"ArticleId": 10})),
            "NotFound",
            "Articles[0].ArticleId",
        ),
        (
            articles(json!({"ArticleId": 7, "ArticleTypeId": 2})),
            "NotFound",
            "Articles[0].ArticleTypeId",
        ),
        (
            articles(json!({"ArticleId": 8, "Quantity": 2})),
            "TooLarge",
            "Articles",
        ),
        (
            articles(json!({"ArticleId": 7, "Quantity": 0})),
            "InclusiveBetween",
            "Articles[0].Quantity",
        ),
        (json!({"Articles": []}), "NotEmpty", "Articles"),
        (
            json!({"ConfirmationUrl": "https://evil.example/"}),
            "NotAllowed",
            "ConfirmationUrl",
        ),
        (
            json!({"ConfirmationUrl": "https://book.salon.example.evil.example/"}),
            "NotAllowed",
            "ConfirmationUrl",
        ),
        (
            json!({"ConfirmationUrl": "javascript:alert(1)"}),
            "Invalid",
            "ConfirmationUrl",
        ),
        (
            json!({"ConfirmationUrl": null}),
            "NotEmpty",
            "ConfirmationUrl",
        ),
        (json!({"CancelUrl": SPA_PAGE}), "NotAllowed", "CancelUrl"),
        (json!({"UiMode": "custom"}), "Invalid", "UiMode"),
        (json!({"CompanyId": "7"}), "Invalid", "CompanyId"),
        (
            json!({"InternalReferenceId": ""}),
            "NotEmpty",
            "InternalReferenceId",
        ),
    ] {
        let mut order = salon.order("booking 1");
        for (name, value) in change.as_object().unwrap() {
            order[name] = value.clone();
        }
        let answer = salon.posts("/checkout", &order).await;
        assert_eq!(error_of(&answer), (400, code, field), "{change}");
    }
    let prices = json!({"Articles": [{"ArticleId": 7, "Price": 1}]});
    let mut order = salon.order("booking 1");
    order["Articles"] = prices["Articles"].clone();
    let checkout = salon.opens(&order).await;
    let made = salon.session(&checkout).await;
    assert_eq!(made["amount_total"], 45_000, "a caller cannot set a price");
    assert_eq!(salon.open_sessions().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn jsonp_and_other_formats_are_refused_with_a_sentence() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let order = salon.order("booking 1");
    for path in [
        "/checkout?callback=mine",
        "/checkout.json?Callback=mine",
        "/checkout?format=jsonp",
        "/checkout?format=xml",
        "/checkout/status?callback=mine",
    ] {
        let answer = salon.posts(path, &order).await;
        assert_eq!(error_of(&answer), (400, "NotSupported", ""), "{path}");
    }
    let words = salon.posts("/checkout?callback=a", &order).await.body;
    let words = words["ResponseStatus"]["Message"].as_str().unwrap();
    assert!(words.contains("JSONP is not offered"), "{words}");
    for path in ["/checkout.xml", "/checkout/", "/checkouts", ""] {
        assert_eq!(salon.posts(path, &order).await.status, 404, "{path}");
    }
    let url = world.url("/payment/stripe/v1/checkout");
    let read = world.http.get(url).header("x-api-key", key("salon"));
    let answer = Answer::of(read.send().await.unwrap()).await;
    assert_eq!(error_of(&answer), (405, "MethodNotAllowed", ""));
    assert!(salon.open_sessions().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_request_is_refused_in_the_same_format() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let send = async |kind: &str, body: &str| {
        let request = salon.request("/checkout").header("content-type", kind);
        Answer::of(request.body(body.to_owned()).send().await.unwrap()).await
    };
    assert_eq!(error_of(&send("application/json", "{").await).0, 400);
    assert_eq!(error_of(&send("application/json", "[]").await).0, 400);
    assert_eq!(
        error_of(&send("application/json", r#"{"Articles":[{"ArticleId":"a"}]}"#).await).0,
        400
    );
    assert_eq!(error_of(&send("text/plain", "{}").await).0, 415);
    let long = format!("{{\"CompanyId\":\"{}\"}}", "a".repeat(70_000));
    assert_eq!(error_of(&send("application/json", &long).await).0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_preflight_allows_the_key() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let url = world.url("/payment/stripe/v1/checkout");
    let preflight = world
        .http
        .request(reqwest::Method::OPTIONS, url)
        .header("origin", SALON_PAGE)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "x-api-key, content-type");
    let answer = preflight.send().await.unwrap();
    let allowed = answer.headers()["access-control-allow-headers"].to_str();
    assert!(!allowed.unwrap().contains("x-api-key"));
    for page in [SPA_PAGE, "https://evil.example", "null"] {
        let request = salon.request("/checkout").header("origin", page);
        let request = request.json(&salon.order("booking 1"));
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(error_of(&answer), (403, "Forbidden", ""), "{page}");
    }
}
