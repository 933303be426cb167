//! Booking and cancelling: an appointment exists only together with its deletion block.

use std::time::{Duration, Instant};

use booking_page::api::SiteErrorCode;
use booking_page::studio_time::StudioTime;
use reqwest::{Method, StatusCode};

use crate::fake_wallet::{ANA, BEN, Behaviour};
use crate::site::{TestSite, refusal};

#[tokio::test]
async fn a_booking_places_a_hold_with_reason_and_end() {
    let site = TestSite::start().await;
    let at = site.free_time("haircut", 2).await;
    let visit = site.book(ANA, "haircut", &at).await.unwrap();
    assert_eq!(
        (visit.name.as_str(), visit.with.as_str(), &visit.at),
        ("Haircut", "Ana", &at)
    );

    let holds = site.wallet.holds();
    assert_eq!(holds.len(), 1);
    assert_eq!(holds[0]["user_id"], 1);
    assert_eq!(holds[0]["reference"], visit.id);
    assert_eq!(holds[0]["until"], visit.until.as_str());
    let reason = holds[0]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("Haircut with Ana, ") && reason.ends_with(at.clock()),
        "{reason}"
    );
    assert_eq!(site.list(ANA).await, [visit]);
    assert!(!site.is_free("haircut", &at).await);
}

#[tokio::test]
async fn without_a_hold_nothing_is_booked_and_the_time_is_free() {
    let site = TestSite::start().await;
    let at = site.free_time("haircut", 0).await;
    for (behaviour, answer) in [
        (Behaviour::NoCard, (409, SiteErrorCode::CardNeeded)),
        (Behaviour::WrongKey, (503, SiteErrorCode::WalletAway)),
        (Behaviour::ServerError, (503, SiteErrorCode::WalletAway)),
        (Behaviour::Html, (503, SiteErrorCode::WalletAway)),
        (Behaviour::ResponseLost, (503, SiteErrorCode::WalletAway)),
    ] {
        site.wallet.set_behaviour(behaviour);
        assert_eq!(
            refusal(site.book(ANA, "haircut", &at).await),
            answer,
            "{behaviour:?}"
        );
        site.wallet.set_behaviour(Behaviour::Normal);
        assert_eq!(site.list(ANA).await, [], "{behaviour:?}");
        assert!(site.is_free("haircut", &at).await, "{behaviour:?}");
    }
    assert!(site.book(BEN, "haircut", &at).await.is_ok());
}

#[tokio::test]
async fn cancelling_removes_the_hold_and_can_be_repeated() {
    let site = TestSite::start().await;
    let at = site.free_time("beard", 0).await;
    let visit = site.book(ANA, "beard", &at).await.unwrap();
    for _ in 0..3 {
        assert_eq!(site.cancel(ANA, &visit.id).await, StatusCode::NO_CONTENT);
        assert!(site.wallet.holds().is_empty() && site.list(ANA).await.is_empty());
    }
    assert!(site.is_free("beard", &at).await);
    assert!(
        site.book(BEN, "beard", &at).await.is_ok(),
        "the time is free for others"
    );
    assert_eq!(site.cancel(ANA, &visit.id).await, StatusCode::NO_CONTENT);
    assert_eq!(
        site.wallet.holds().len(),
        1,
        "cancelling again does not remove another person's hold"
    );
}

#[tokio::test]
async fn a_hold_that_was_not_removed_is_removed_later() {
    let mut site = TestSite::start().await;
    let visit = site
        .book(ANA, "massage", &site.free_time("massage", 0).await)
        .await
        .unwrap();
    site.wallet.set_behaviour(Behaviour::UnblockFails);
    assert_eq!(site.cancel(ANA, &visit.id).await, StatusCode::ACCEPTED);
    assert_eq!(
        (site.list(ANA).await.len(), site.wallet.holds().len()),
        (0, 1)
    );
    site.wallet.set_behaviour(Behaviour::Normal);
    site.restart().await;
    let start = Instant::now();
    while !site.wallet.holds().is_empty() {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "the sweep did not remove the hold"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn another_persons_appointment_is_not_found() {
    let site = TestSite::start().await;
    let visit = site
        .book(ANA, "haircut", &site.free_time("haircut", 0).await)
        .await
        .unwrap();
    assert_eq!(site.list(BEN).await, []);
    assert_eq!(site.cancel(BEN, &visit.id).await, StatusCode::NOT_FOUND);
    for id in ["none", "..%2f", "%00", "' OR 1=1 --", &"a".repeat(5000)] {
        assert_eq!(site.cancel(BEN, id).await, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(site.wallet.holds().len(), 1);
}

#[tokio::test]
async fn requests_without_a_valid_token_are_refused() {
    let site = TestSite::start().await;
    let long = "a".repeat(513);
    for token in [
        None,
        Some("unknown"),
        Some("Bearer token-of-ana"),
        Some(long.as_str()),
    ] {
        for (method, path) in [
            (Method::GET, "/api/appointments"),
            (Method::POST, "/api/appointments"),
            (Method::DELETE, "/api/appointments/x"),
        ] {
            let body = r#"{"service":"haircut","at":"2026-11-24T10:30:00-08:00"}"#;
            let request = site
                .request(method, path, token)
                .header("content-type", "application/json")
                .body(body);
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 401, "{path} {token:?}");
            assert!(response.text().await.unwrap().contains("\"sign_in\""));
        }
    }
    let in_query = site.request(
        Method::GET,
        "/api/appointments?authorization=token-of-ana",
        None,
    );
    assert_eq!(in_query.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn one_time_is_booked_once_under_concurrency() {
    let site = TestSite::start().await;
    let at = site.free_time("colour", 0).await;
    site.wallet.set_behaviour(Behaviour::Slow);
    let (ana, ben) = tokio::join!(site.book(ANA, "colour", &at), site.book(BEN, "colour", &at));
    let (booked, refused) = if ana.is_ok() { (ana, ben) } else { (ben, ana) };
    assert!(booked.is_ok());
    assert_eq!(refusal(refused), (409, SiteErrorCode::Taken));
    assert_eq!(site.wallet.holds().len(), 1);
}

#[tokio::test]
async fn booking_the_same_time_again_returns_the_appointment() {
    let site = TestSite::start().await;
    let at = site.free_time("colour", 1).await;
    let first = site.book(ANA, "colour", &at).await.unwrap();
    assert_eq!(site.book(ANA, "colour", &at).await.unwrap(), first);
    assert_eq!(
        (site.list(ANA).await.len(), site.wallet.holds().len()),
        (1, 1)
    );
}

#[tokio::test]
async fn only_offered_times_can_be_booked() {
    let site = TestSite::start().await;
    let at = site.free_time("haircut", 0).await;
    let (date, offset) = (at.date(), &at.as_str()[19..]);
    for text in [
        format!("{date}T03:00:00{offset}"),
        format!("{date}T10:31:00{offset}"),
        "2020-01-07T10:30:00Z".to_owned(),
    ] {
        let at = StudioTime::parse(&text).unwrap();
        assert_eq!(
            refusal(site.book(ANA, "haircut", &at).await),
            (422, SiteErrorCode::NotOffered),
            "{text}"
        );
    }
    assert_eq!(
        refusal(site.book(ANA, "tattoo", &at).await),
        (422, SiteErrorCode::NotOffered)
    );
    assert!(site.wallet.holds().is_empty());
}

#[tokio::test]
async fn appointments_per_person_are_limited() {
    let site = TestSite::start().await;
    for _ in 0..10 {
        site.book(ANA, "beard", &site.free_time("beard", 0).await)
            .await
            .unwrap();
    }
    let at = site.free_time("beard", 0).await;
    assert_eq!(
        refusal(site.book(ANA, "beard", &at).await),
        (409, SiteErrorCode::TooMany)
    );
    assert!(site.book(BEN, "beard", &at).await.is_ok());
}

#[tokio::test]
async fn invalid_bodies_are_refused() {
    let site = TestSite::start().await;
    let large = format!(
        r#"{{"service":"{}","at":"2026-11-24T10:30:00Z"}}"#,
        "a".repeat(5000)
    );
    let deep = "[".repeat(4000);
    for (kind, body, status) in [
        ("text/plain", "{}", 415),
        ("application/json", "{", 400),
        ("application/json", "{}", 422),
        (
            "application/json",
            r#"{"service":"haircut","at":"tomorrow"}"#,
            422,
        ),
        (
            "application/json",
            r#"{"service":"a","service":"haircut","at":"2026-11-24T10:30:00Z"}"#,
            422,
        ),
        ("application/json", deep.as_str(), 422),
        ("application/json", large.as_str(), 413),
    ] {
        let request = site
            .request(Method::POST, "/api/appointments", Some(ANA))
            .header("content-type", kind);
        let response = request.body(body.to_owned()).send().await.unwrap();
        let short = &body[..body.len().min(40)];
        assert_eq!(response.status(), status, "{short}");
        assert!(
            response.text().await.unwrap().contains("\"bad_request\""),
            "{short}"
        );
    }
}

#[tokio::test]
async fn appointments_survive_a_restart() {
    let mut site = TestSite::start().await;
    let visit = site
        .book(ANA, "haircut", &site.free_time("haircut", 0).await)
        .await
        .unwrap();
    site.restart().await;
    assert_eq!(site.list(ANA).await, [visit]);
}
