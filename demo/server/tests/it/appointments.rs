//! Booking and cancelling: one visit, one hold; no hold, no visit.

use std::time::{Duration, Instant};

use booking_page::api::RefusalCode;
use booking_page::studio_time::StudioTime;
use reqwest::{Method, StatusCode};

use crate::site::{Site, refused};
use crate::wallet::{ANA, BEN, Mood};

#[tokio::test]
async fn a_booking_places_a_hold_that_says_what_and_until_when() {
    let site = Site::start().await;
    let at = site.free("haircut", 2).await;
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
async fn without_a_hold_nothing_is_kept_and_the_time_is_free_again() {
    let site = Site::start().await;
    let at = site.free("haircut", 0).await;
    for (mood, answer) in [
        (Mood::NoCard, (409, RefusalCode::CardNeeded)),
        (Mood::WrongKey, (503, RefusalCode::WalletAway)),
        (Mood::Broken, (503, RefusalCode::WalletAway)),
        (Mood::Html, (503, RefusalCode::WalletAway)),
        (Mood::AnswerLost, (503, RefusalCode::WalletAway)),
    ] {
        site.wallet.feel(mood);
        assert_eq!(
            refused(site.book(ANA, "haircut", &at).await),
            answer,
            "{mood:?}"
        );
        site.wallet.feel(Mood::Well);
        assert_eq!(site.list(ANA).await, [], "{mood:?}");
        assert!(site.is_free("haircut", &at).await, "{mood:?}");
    }
    assert!(site.book(BEN, "haircut", &at).await.is_ok());
}

#[tokio::test]
async fn cancelling_lifts_the_hold_and_may_be_repeated() {
    let site = Site::start().await;
    let at = site.free("beard", 0).await;
    let visit = site.book(ANA, "beard", &at).await.unwrap();
    for _ in 0..3 {
        assert_eq!(site.cancel(ANA, &visit.id).await, StatusCode::NO_CONTENT);
        assert!(site.wallet.holds().is_empty() && site.list(ANA).await.is_empty());
    }
    assert!(site.is_free("beard", &at).await);
    assert!(
        site.book(BEN, "beard", &at).await.is_ok(),
        "the time is anybody's again"
    );
    assert_eq!(site.cancel(ANA, &visit.id).await, StatusCode::NO_CONTENT);
    assert_eq!(
        site.wallet.holds().len(),
        1,
        "cancelling again touches nobody else's hold"
    );
}

#[tokio::test]
async fn a_hold_that_could_not_be_lifted_is_lifted_when_the_wallet_is_back() {
    let mut site = Site::start().await;
    let visit = site
        .book(ANA, "massage", &site.free("massage", 0).await)
        .await
        .unwrap();
    site.wallet.feel(Mood::LiftFails);
    assert_eq!(site.cancel(ANA, &visit.id).await, StatusCode::ACCEPTED);
    assert_eq!(
        (site.list(ANA).await.len(), site.wallet.holds().len()),
        (0, 1)
    );
    site.wallet.feel(Mood::Well);
    site.restart().await;
    let start = Instant::now();
    while !site.wallet.holds().is_empty() {
        assert!(
            start.elapsed() < Duration::from_secs(8),
            "the sweep never came"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn another_persons_appointment_is_not_there() {
    let site = Site::start().await;
    let visit = site
        .book(ANA, "haircut", &site.free("haircut", 0).await)
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
async fn who_is_not_signed_in_gets_nowhere() {
    let site = Site::start().await;
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
async fn one_time_is_booked_once_however_many_ask() {
    let site = Site::start().await;
    let at = site.free("colour", 0).await;
    site.wallet.feel(Mood::Slow);
    let (ana, ben) = tokio::join!(site.book(ANA, "colour", &at), site.book(BEN, "colour", &at));
    let (won, lost) = if ana.is_ok() { (ana, ben) } else { (ben, ana) };
    assert!(won.is_ok());
    assert_eq!(refused(lost), (409, RefusalCode::Taken));
    assert_eq!(site.wallet.holds().len(), 1);
}

#[tokio::test]
async fn the_same_visit_asked_for_twice_is_one_visit() {
    let site = Site::start().await;
    let at = site.free("colour", 1).await;
    let first = site.book(ANA, "colour", &at).await.unwrap();
    assert_eq!(site.book(ANA, "colour", &at).await.unwrap(), first);
    assert_eq!(
        (site.list(ANA).await.len(), site.wallet.holds().len()),
        (1, 1)
    );
}

#[tokio::test]
async fn only_times_on_offer_can_be_booked() {
    let site = Site::start().await;
    let at = site.free("haircut", 0).await;
    let (date, offset) = (at.date(), &at.as_str()[19..]);
    for text in [
        format!("{date}T03:00:00{offset}"),
        format!("{date}T10:31:00{offset}"),
        "2020-01-07T10:30:00Z".to_owned(),
    ] {
        let at = StudioTime::parse(&text).unwrap();
        assert_eq!(
            refused(site.book(ANA, "haircut", &at).await),
            (422, RefusalCode::NotOffered),
            "{text}"
        );
    }
    assert_eq!(
        refused(site.book(ANA, "tattoo", &at).await),
        (422, RefusalCode::NotOffered)
    );
    assert!(site.wallet.holds().is_empty());
}

#[tokio::test]
async fn one_person_cannot_take_the_whole_calendar() {
    let site = Site::start().await;
    for _ in 0..10 {
        site.book(ANA, "beard", &site.free("beard", 0).await)
            .await
            .unwrap();
    }
    let at = site.free("beard", 0).await;
    assert_eq!(
        refused(site.book(ANA, "beard", &at).await),
        (409, RefusalCode::TooMany)
    );
    assert!(site.book(BEN, "beard", &at).await.is_ok());
}

#[tokio::test]
async fn bodies_are_small_and_of_one_form() {
    let site = Site::start().await;
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
async fn appointments_outlive_a_restart() {
    let mut site = Site::start().await;
    let visit = site
        .book(ANA, "haircut", &site.free("haircut", 0).await)
        .await
        .unwrap();
    site.restart().await;
    assert_eq!(site.list(ANA).await, [visit]);
}
