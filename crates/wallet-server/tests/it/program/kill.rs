//! The program killed in the middle, with no time for a last word.

use serde_json::json;

use super::{Program, file_of};
use crate::support::bank::VISA;
use crate::support::person::Person;
use crate::support::{STUDIO, World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_of_a_save_it_finds_the_confirmation_again() {
    let mut world = World::open().await;
    let file = file_of(&world);
    world.stop().await;
    let launch = async |world: &mut World| {
        let program = Program::start(&["--config", &file]);
        eventually("it listens", || async {
            program.log().contains("address=")
        })
        .await;
        world.address = program.address();
        program
    };
    let mut program = launch(&mut world).await;
    let (method, token, id) = {
        let ann = world.person("ann").await;
        let method = world.bank().types_card(VISA).await;
        ann.begins().await;
        let slow = json!({"on": "api", "do": "latency", "ms": 900, "method": "POST", "path": "/v1/setup_intents"});
        world.gateway_fault(slow).await;
        let request = world
            .http
            .post(world.api("/user/credit_cards"))
            .header("authorization", &ann.token);
        let save = tokio::spawn(request.json(&ann.save_body(&method)).send());
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        assert!(save.await.unwrap().is_err(), "nobody answered");
        (method, ann.token.clone(), ann.id)
    };
    world.gateway_recovers().await;
    let _program = launch(&mut world).await;
    let ann = Person {
        world: &world,
        company: STUDIO,
        id,
        token,
        header: "authorization",
    };
    let saved = ann.saves(&method).await;
    assert_eq!((saved.status, saved.cards().len()), (201, 1), "{saved:?}");
    assert_eq!(
        world.gateway_intents().await,
        2,
        "the one begun, and one confirmation"
    );
    assert_eq!(world.bank().customers().await.len(), 1);
}
