//! The probes of load balancers: `/livez` and `/readyz`.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::World;

async fn probe(world: &World, path: &str) -> (u16, Value) {
    let response: Response = world.get(path).send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_can_serve_is_alive_and_ready() {
    let world = World::open().await;
    let braintree_dist = world.folder().join("dist-braintree");
    std::fs::create_dir(&braintree_dist).unwrap();
    let page = std::fs::read(world.dist().join("index.html")).unwrap();
    std::fs::write(braintree_dist.join("index.html"), page).unwrap();
    assert_eq!(
        probe(&world, "/livez").await,
        (200, json!({"status": "alive"}))
    );
    crate::support::eventually("both frames are found", async || {
        probe(&world, "/readyz").await == (200, json!({"status": "ready", "not_ready": []}))
    })
    .await;
    let post = world.http.post(world.url("/readyz")).send().await.unwrap();
    assert_eq!(post.status(), 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_the_frame_or_the_database_is_alive_and_not_ready() {
    let world = World::open().await;
    std::fs::remove_file(world.dist().join("index.html")).unwrap();
    crate::support::eventually("the frame is missed", async || {
        probe(&world, "/readyz").await
            == (503, json!({"status": "not_ready", "not_ready": ["frame"]}))
    })
    .await;
    let pool = world.database().await;
    let rename = sqlx::query("ALTER TABLE instance RENAME TO instance_away");
    rename.execute(&pool).await.unwrap();
    pool.close().await;
    assert_eq!(
        probe(&world, "/readyz").await,
        (
            503,
            json!({"status": "not_ready", "not_ready": ["database", "frame"]})
        )
    );
    assert_eq!(probe(&world, "/livez").await.0, 200);
}
