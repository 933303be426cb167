//! Behind a proxy: the client's address is found whatever the client writes into the header.

use serde_json::json;

use crate::support::{Answer, STUDIO, World};

/// A world behind a proxy on this machine, with a limit of one new guest per network and hour.
async fn behind_a_proxy() -> World {
    World::with(|settings| {
        settings.sign_ups_per_hour = Some(1);
        settings.trusted_proxies = Some(vec!["127.0.0.0/8".parse().unwrap()]);
    })
    .await
}

/// Signs a guest up; each header line as given.
async fn status(world: &World, lines: &[&str]) -> u16 {
    let body = json!({"company_id": STUDIO});
    let mut request = world.http.post(world.api("/guests")).json(&body);
    for line in lines {
        request = request.header("x-forwarded-for", *line);
    }
    Answer::of(request.send().await.unwrap()).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_part_at_the_end_of_the_header_disables_no_limit() {
    let world = behind_a_proxy().await;
    assert_eq!(status(&world, &["203.0.113.1, x"]).await, 201);
    assert_eq!(status(&world, &["203.0.113.2, x"]).await, 429);
    assert_eq!(status(&world, &["203.0.113.3", "x"]).await, 429);
    assert_eq!(status(&world, &["203.0.113.4, unknown:1"]).await, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_before_the_first_untrusted_hop_counts() {
    let world = behind_a_proxy().await;
    assert_eq!(status(&world, &["x, 203.0.113.1"]).await, 201);
    assert_eq!(
        status(&world, &["198.51.100.7", "203.0.113.1:4711"]).await,
        429
    );
    assert_eq!(
        status(&world, &["203.0.113.1, [2001:db8::5]:443, 127.0.0.9"]).await,
        201
    );
    assert_eq!(status(&world, &["2001:db8::6"]).await, 429, "one network");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_header_changes_the_client_address() {
    let world = behind_a_proxy().await;
    for (status, client) in [(201, "203.0.113.1"), (429, "203.0.113.2")] {
        let body = json!({"company_id": STUDIO});
        let request = world.http.post(world.api("/guests")).json(&body);
        let request = request
            .header("x-real-ip", client)
            .header("forwarded", format!("for={client}"))
            .header("x-forwarded-host", client);
        assert_eq!(request.send().await.unwrap().status(), status);
    }
}
