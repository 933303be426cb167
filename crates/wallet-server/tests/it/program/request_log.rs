//! The log: one line for each request, whatever its end, and nothing in it that is secret.

use serde_json::json;

use super::{Program, settings_file_of};
use crate::support::person::sign_up;
use crate::support::{STUDIO, World, eventually};

/// The lines about the ends of requests to a path.
fn ends(log: &str, route: &str) -> Vec<String> {
    let ends = [
        "request answered",
        "client disconnected before the response",
        "request panicked",
    ];
    let route = format!("route=\"{route}\"");
    log.lines()
        .filter(|line| ends.iter().any(|end| line.contains(end)) && line.contains(&route))
        .map(str::to_owned)
        .collect()
}

async fn inject(world: &World, base: &str, fault: serde_json::Value) {
    let set = world.http.post(format!("{base}/__faults")).json(&fault);
    assert!(set.send().await.unwrap().status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_has_one_line_with_its_id_and_account_whatever_its_end() {
    let world = World::open().await;
    let file = settings_file_of(&world).await;
    let arguments = [
        "--config",
        &file,
        "--allow-faults",
        "--trusted-proxies",
        "127.0.0.1",
    ];
    let program = Program::start(&arguments);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    let base = format!("http://{}", program.address());
    let company = format!("{base}/api/mkp/v1/companies/{STUDIO}?token=canary");

    let get = world.http.get(&company).header("x-request-id", "edge-1");
    assert_eq!(get.send().await.unwrap().status(), 200);
    inject(
        &world,
        &base,
        json!({"route": "POST /users", "panic": true}),
    )
    .await;
    let users = world.http.post(format!("{base}/api/mkp/v1/users"));
    let users = users
        .header("x-request-id", "edge-2")
        .json(&sign_up("canary", STUDIO));
    assert_eq!(users.send().await.unwrap().status(), 500);
    inject(
        &world,
        &base,
        json!({"route": "POST /guests", "delay_ms": 2_000}),
    )
    .await;
    let guests = world.http.post(format!("{base}/api/mkp/v1/guests"));
    let guests = guests
        .header("x-request-id", "edge-3")
        .json(&json!({"company_id": STUDIO}));
    tokio::select! {
        answer = guests.send() => panic!("it was to take longer: {answer:?}"),
        () = program.delays("POST /guests") => {}
    }

    eventually("the request that was left is completed", || async {
        program
            .log()
            .contains("request completed after its client disconnected")
    })
    .await;
    let log = program.log();
    for (route, id, end, parts) in [
        (
            "/api/mkp/v1/companies/{id}",
            "edge-1",
            "request answered",
            vec!["method=GET", "status=200", "ms=", "account=40426"],
        ),
        (
            "/api/mkp/v1/users",
            "edge-2",
            "request answered",
            vec!["method=POST", "status=500"],
        ),
        (
            "/api/mkp/v1/guests",
            "edge-3",
            "client disconnected before the response",
            vec!["method=POST", "ms="],
        ),
    ] {
        let lines = ends(&log, route);
        assert_eq!(lines.len(), 1, "{route}: {lines:?}");
        let line = &lines[0];
        assert!(line.contains(id) && line.contains(end), "{route}: {line}");
        for part in parts {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    let late = log
        .lines()
        .find(|line| line.contains("request completed after"))
        .unwrap();
    assert!(
        late.contains("edge-3") && late.contains("account=40426"),
        "{late}"
    );
    assert!(!log.contains("canary"), "{log}");
}
