//! The browser's part at the gateway: creates a payment method from a card number and confirms the owner's intent with it.
//! Runs between the measured requests, and is never measured itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Client;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::owners::BenchOwner;
use crate::error::BenchError;

/// How many browsers confirm at a time. It shortens the pause between two measurements.
const BROWSERS: usize = 8;

/// A test card that every bank accepts: <https://docs.stripe.com/testing>.
const CARD_NUMBER: &str = "4242424242424242";

/// Confirms the intents of all owners.
///
/// # Errors
/// The gateway refused a call, which nothing of the load explains.
pub async fn confirm_all(
    http: &Client,
    gateway: &str,
    owners: Vec<BenchOwner>,
) -> Result<Vec<BenchOwner>, BenchError> {
    let owners = Arc::new(Mutex::new(owners));
    let next = Arc::new(AtomicUsize::new(0));
    let mut browsers = JoinSet::new();
    for _ in 0..BROWSERS {
        let (http, gateway) = (http.clone(), gateway.to_owned());
        let (owners, next) = (Arc::clone(&owners), Arc::clone(&next));
        browsers.spawn(async move {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(mut owner) = owners.lock().await.get(index).cloned() else {
                    return Ok(());
                };
                confirm(&http, &gateway, &mut owner).await?;
                if let Some(stored) = owners.lock().await.get_mut(index) {
                    *stored = owner;
                }
            }
        });
    }
    while let Some(ended) = browsers.join_next().await {
        ended.map_err(|cause| BenchError::failed("confirming a card", cause))??;
    }
    let mut owners = owners.lock().await;
    Ok(std::mem::take(&mut *owners))
}

async fn confirm(http: &Client, gateway: &str, owner: &mut BenchOwner) -> Result<(), BenchError> {
    let card = [
        ("type", "card"),
        ("card[number]", CARD_NUMBER),
        ("card[exp_month]", "11"),
        ("card[exp_year]", "2031"),
        ("card[cvc]", "123"),
    ];
    let created = call(http, gateway, owner, ("/v1/payment_methods", &card)).await?;
    text_of(&created, "id")?.clone_into(&mut owner.payment_method);
    let path = format!("/v1/setup_intents/{}/confirm", owner.intent());
    let form = [
        ("client_secret", owner.client_secret.as_str()),
        ("payment_method", owner.payment_method.as_str()),
    ];
    let confirmed = call(http, gateway, owner, (&path, &form)).await?;
    match text_of(&confirmed, "status")? {
        "succeeded" => Ok(()),
        other => Err(BenchError::Failed(format!(
            "an intent is {other} after its confirmation"
        ))),
    }
}

async fn call(
    http: &Client,
    gateway: &str,
    owner: &BenchOwner,
    (path, form): (&str, &[(&str, &str)]),
) -> Result<Value, BenchError> {
    let failed = |cause: &dyn std::fmt::Display| BenchError::failed(format!("POST {path}"), cause);
    let response = http
        .post(format!("{gateway}{path}"))
        .bearer_auth(format!("pk_test_bench{}", owner.account()))
        .form(form)
        .send()
        .await
        .map_err(|cause| failed(&cause))?;
    let status = response.status();
    if !status.is_success() {
        return Err(failed(&format!("the gateway answered {status}")));
    }
    response.json().await.map_err(|cause| failed(&cause))
}

fn text_of<'a>(object: &'a Value, member: &str) -> Result<&'a str, BenchError> {
    object
        .get(member)
        .and_then(Value::as_str)
        .ok_or_else(|| BenchError::Failed(format!("the gateway's response has no member {member}")))
}
