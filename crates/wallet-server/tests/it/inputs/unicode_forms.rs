//! A user who signed up on one device signs in on another, whatever Unicode form it sends.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, SaltString};
use serde_json::json;

use crate::support::person::sign_up;
use crate::support::{STUDIO, World};

const COMPOSED: &str = "Bl\u{e5}b\u{e4}rssylt \u{e9} 12";
const DECOMPOSED: &str = "Bla\u{30a}ba\u{308}rssylt e\u{301} 12";

async fn signs_in(world: &World, email: &str, password: &str) -> u16 {
    let body = json!({"email": email, "password": password, "company_id": STUDIO});
    world.post("/sessions", &body).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn password_and_address_match_in_every_form() {
    let world = World::open().await;
    let mut ann = sign_up("ann", STUDIO);
    ann["email"] = json!("bl\u{e5}b\u{e4}r@example.com");
    ann["password"] = json!(COMPOSED);
    ann["password_confirmation"] = json!(DECOMPOSED);
    assert_eq!(world.post("/users", &ann).await.status, 201);
    for email in [
        "bl\u{e5}b\u{e4}r@example.com",
        "Bla\u{30a}ba\u{308}r@example.com",
    ] {
        for password in [COMPOSED, DECOMPOSED] {
            assert_eq!(signs_in(&world, email, password).await, 200, "{email}");
        }
        assert_eq!(signs_in(&world, email, "Blabarssylt e 12").await, 401);
        let mut again = ann.clone();
        again["email"] = json!(email);
        let taken = world.post("/users", &again).await;
        assert!(
            taken.body["user"]["errors"]["email"].is_array(),
            "{taken:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_of_before_normalization_still_signs_in() {
    let world = World::open().await;
    let mut ann = sign_up("ann", STUDIO);
    ann["email"] = json!("bla\u{30a}@example.com");
    assert_eq!(world.post("/users", &ann).await.status, 201);
    // As the server stored them before: the address and the hash in the form that the device sent.
    let salt = SaltString::encode_b64(b"saltsaltsalt").unwrap();
    let old = Argon2::default().hash_password("bla\u{30a}".as_bytes(), &salt);
    let old = old.unwrap().to_string();
    let database = world.database().await;
    sqlx::query("UPDATE users SET email_key = $1, password_hash = $2")
        .bind("bla\u{30a}@example.com")
        .bind(&old)
        .execute(&database)
        .await
        .unwrap();
    let hash = async || -> String {
        sqlx::query_scalar("SELECT password_hash FROM users")
            .fetch_one(&database)
            .await
            .unwrap()
    };
    assert_eq!(signs_in(&world, "bl\u{e5}@example.com", "bla").await, 401);
    assert_eq!(hash().await, old);
    for _ in 0..2 {
        assert_eq!(
            signs_in(&world, "bl\u{e5}@example.com", "bl\u{e5}").await,
            200
        );
        assert_ne!(hash().await, old, "hashed again in the normalized form");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_length_counts_characters() {
    let world = World::open().await;
    for (length, status) in [(256, 201), (257, 422)] {
        let mut body = sign_up(&format!("ann{length}"), STUDIO);
        body["password"] = json!("å".repeat(length));
        body["password_confirmation"] = body["password"].clone();
        assert_eq!(world.post("/users", &body).await.status, status, "{length}");
    }
    let email = "ann256@mytime.com";
    assert_eq!(signs_in(&world, email, &"å".repeat(256)).await, 200);
}
