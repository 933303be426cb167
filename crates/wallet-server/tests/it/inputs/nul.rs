//! U+0000, which one database stores and the other refuses: in a body, a path and a query it is the caller's error.

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::{STUDIO, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_character_nul_is_refused_everywhere() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let sign_up = json!({
        "company_id": STUDIO, "email": "eve@example.com", "password": "a long password",
        "first_name": "E\0ve", "last_name": "Test",
    });
    let refused = world.post("/users", &sign_up).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(
        refused.body.to_string().contains("first_name"),
        "{refused:?}"
    );
    let deleted = ann.deletes("cus_1|pm_%00").await;
    assert!((400..500).contains(&deleted.status), "{deleted:?}");
    let holds = world
        .get(&format!("/holds/a%00b?company_id={STUDIO}"))
        .header(
            "authorization",
            format!("Bearer {}", crate::support::HOLDS_KEY),
        );
    let removed = Answer::of(holds.send().await.unwrap()).await;
    assert!((400..500).contains(&removed.status), "{removed:?}");
}
