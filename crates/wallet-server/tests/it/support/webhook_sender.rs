//! The gateway's webhooks: sent by the sandbox with a delivery policy, or posted by the test.

use ring::hmac;
use serde_json::{Value, json};
use wallet_server::clock::now;
use wallet_server::secret::Secret;

use super::{Answer, STUDIO, World};

/// The path that receives the studio's events.
pub const PATH: &str = "/webhooks/stripe/40426";

/// A world whose gateway sends webhooks to the server, and the secret that signs them.
pub async fn world_with_webhooks() -> (World, String) {
    let mut world = World::open().await;
    assert!(PATH.ends_with(&STUDIO.to_string()));
    let url = world.url(PATH);
    let made = world
        .http
        .post(format!(
            "{}/v1/webhook_endpoints",
            world.sandbox.origins().api
        ))
        .bearer_auth("sk_test_studio")
        .form(&[("url", url.as_str()), ("enabled_events[]", "*")])
        .send();
    let made = Answer::of(made.await.unwrap()).await;
    let secret = made.body["secret"].as_str().unwrap().to_owned();
    restart(&mut world, &[&secret]).await;
    (world, secret)
}

/// Restarts the server at the same address with these signing secrets.
pub async fn restart(world: &mut World, secrets: &[&str]) {
    world.settings.listen = Some(world.address);
    let secrets = secrets.iter().map(|text| Secret::new((*text).to_owned()));
    world.settings.accounts[0].webhook_secrets = secrets.collect();
    world.stop().await;
    world.start().await;
}

async fn orders(world: &World, path: &str, body: &Value) -> Value {
    let url = format!("{}/sandbox/webhooks{path}", world.sandbox.origins().api);
    let answer = Answer::of(world.http.post(url).json(body).send().await.unwrap()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

/// Sets how the gateway delivers from now on. What is not set keeps its default.
pub async fn delivery_policy(world: &World, mut policy: Value) {
    policy["key"] = json!("sk_test_studio");
    orders(world, "", &policy).await;
}

/// Rolls the endpoint's secret. The old one stays valid for a minute.
pub async fn roll_secret(world: &World) -> String {
    let endpoint = deliveries(world).await[0]["endpoint"].clone();
    let order = json!({"key": "sk_test_studio", "endpoint": endpoint, "expires_in": 60});
    let rolled = orders(world, "/roll", &order).await;
    rolled["secret"].as_str().unwrap().to_owned()
}

/// The deliveries and their responses.
pub async fn deliveries(world: &World) -> Vec<Value> {
    let api = &world.sandbox.origins().api;
    let url = format!("{api}/sandbox/webhooks?key=sk_test_studio");
    let answer = Answer::of(world.http.get(url).send().await.unwrap()).await;
    let list = answer.body["deliveries"].as_array();
    list.unwrap_or_else(|| panic!("{answer:?}")).clone()
}

/// The signature header of a body.
pub fn signed(secret: &str, body: &str, moment: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{moment}.{body}").as_bytes());
    let hex: String = tag.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    format!("t={moment},v1={hex}")
}

/// Posts an event as the gateway does.
pub async fn posts(world: &World, secret: &str, event: &Value) -> u16 {
    let body = event.to_string();
    let signature = signed(secret, &body, now());
    posts_raw(world, PATH, Some(&signature), body).await
}

pub async fn posts_raw(world: &World, path: &str, signature: Option<&str>, body: String) -> u16 {
    let mut request = world.http.post(world.url(path)).body(body);
    if let Some(signature) = signature {
        request = request.header("stripe-signature", signature);
    }
    request.send().await.unwrap().status().as_u16()
}
