//! The program killed without warning, between any two gateway calls of a save or a delete.

use serde_json::json;

use super::{Program, settings_file_of};
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::{STUDIO, World, eventually};

async fn launch(world: &mut World, file: &str) -> Program {
    let program = Program::start(&["--config", file]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    world.address = program.address();
    program
}

/// Kills the program during a gateway call of a path. The gateway still completes the call.
async fn kill_during(
    world: &World,
    program: &mut Program,
    (method, path): (&str, &str),
    request: reqwest::RequestBuilder,
) {
    let slow = json!({"on": "api", "do": "latency", "ms": 700, "method": method, "path": path, "by": "secret"});
    world.gateway_fault(slow).await;
    let calls = world.gateway_calls(method, path).await;
    let asked = tokio::spawn(request.send());
    eventually("the gateway is asked", || async {
        world.gateway_calls(method, path).await > calls
    })
    .await;
    program.child.kill().unwrap();
    program.child.wait().unwrap();
    // A delete is answered before the gateway is called.
    let _ = asked.await.unwrap();
    eventually("the gateway has completed it", async || {
        let calls = world.gateway_requests().await;
        calls.iter().all(|call| !call["status"].is_null())
    })
    .await;
    world.gateway_recovers().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_killed_at_any_call_is_completed_by_a_repeat() {
    let mut world = World::open().await;
    let file = settings_file_of(&world).await;
    world.stop().await;
    let mut program = launch(&mut world, &file).await;
    let points = [
        ("GET", "/v1/payment_methods/*"),
        ("POST", "/v1/customers"),
        ("POST", "/v1/setup_intents"),
        ("POST", "/v1/setup_intents/*/confirm"),
    ];
    for (at, point) in points.into_iter().enumerate() {
        let (method, token, id) = {
            let ann = world.person(&format!("p{at}")).await;
            let method = world.bank().types_card(VISA).await;
            let request = world.http.post(world.api("/user/credit_cards"));
            let request = request.header("authorization", &ann.token);
            let request = request.json(&ann.save_body(&method));
            kill_during(&world, &mut program, point, request).await;
            (method, ann.token.clone(), ann.id)
        };
        program = launch(&mut world, &file).await;
        let ann = Person {
            world: &world,
            company: STUDIO,
            id,
            token,
            header: "authorization",
        };
        assert!(ann.cards().await.len() <= 1);
        let saved = ann.saves(&method).await;
        assert_eq!((saved.status, saved.cards().len()), (201, 1), "{point:?}");
        let (customer, _) = saved.cards()[0]["id"]
            .as_str()
            .and_then(|card| card.split_once('|'))
            .map(|(customer, method)| (customer.to_owned(), method.to_owned()))
            .unwrap();
        assert_eq!(
            world.bank().attached(&customer).await,
            [method],
            "{point:?}"
        );
        assert_eq!(world.gateway_intents().await, at + 1, "one for each user");
        assert_eq!(world.bank().customers().await.len(), at + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_killed_before_its_detach_detaches_at_the_next_start() {
    let mut world = World::open().await;
    let file = settings_file_of(&world).await;
    world.stop().await;
    let mut program = launch(&mut world, &file).await;
    for is_replaced in [true, false] {
        let (old, token, id, left) = {
            let ann = world.person(&format!("ann{is_replaced}")).await;
            ann.adds(VISA).await;
            let old = ann.card_id().await;
            let card = world.bank().types_card(MASTERCARD).await;
            let request = if is_replaced {
                let save = world.http.post(world.api("/user/credit_cards"));
                save.json(&ann.save_body(&card))
            } else {
                let path = format!("/user/credit_cards/{}", old.replace('|', "%7C"));
                world.http.delete(world.api(&path))
            };
            let request = request.header("authorization", &ann.token);
            let point = ("POST", "/v1/payment_methods/*/detach");
            kill_during(&world, &mut program, point, request).await;
            let left = if is_replaced { vec![card] } else { vec![] };
            (old, ann.token.clone(), ann.id, left)
        };
        program = launch(&mut world, &file).await;
        let ann = Person {
            world: &world,
            company: STUDIO,
            id,
            token,
            header: "authorization",
        };
        assert_eq!(
            ann.cards().await.len(),
            left.len(),
            "a completed delete stays completed"
        );
        let (customer, _) = old.split_once('|').unwrap();
        let bank = world.bank();
        eventually("the gateway has what the wallet has", || async {
            bank.attached(customer).await == left
        })
        .await;
    }
}
