//! The page under its production policy, with Stripe's own host names: what is allowed is enough, and what is missing
//! shows.

use std::collections::BTreeSet;

use e2e::card_form::{Bank, CHALLENGED, COMPANION, VISA};
use e2e::names::Named;
use e2e::person::Person;
use e2e::wait::until;
use e2e::wire::sent;
use e2e::{Step, ensure};
use serde_json::Value;

crate::journeys!(
    cards_are_saved_under_the_production_policy,
    a_policy_without_the_bank_is_caught,
);

/// Stripe's frame sources without the one the bank's window comes from.
const NO_BANK: &str = r#"frame_sources = ["https://js.stripe.com", "https://*.js.stripe.com"]"#;

async fn cards_are_saved_under_the_production_policy(host: &Person<'_>) -> Step {
    let named = Named::start(&crate::root(), "").await?;
    let ann = Person::arrive_with(&named.system, host.driver, &named.arguments).await?;
    let walked = save_both(&named, &ann).await;
    let _ = ann.leave().await;
    walked
}

async fn save_both(named: &Named, ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    ann.wallet().press("replace").await?;
    ann.wallet().press("replace-continue").await?;
    ann.form().type_card(CHALLENGED).await?;
    ann.form().save().await?;
    ann.form().answer(Bank::Complete).await?;
    ann.wallet().lists("3155").await?;

    // All of it by name, and from the production defaults: no page was told a port of the sandbox's.
    let script = sent(&ann.driver.url, &ann.page.driver).await?;
    let real = "https://js.stripe.com/v3/";
    ensure(script.iter().any(|request| request.url == real), || {
        format!("nobody asked for {real}")
    })?;
    let text = |entry: &Value, pointer: &str| {
        let value = entry.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let mut seen = BTreeSet::new();
    for entry in named.requests().await? {
        // Servers send no such header; what a browser sends came by name.
        if !text(&entry, "/headers/sec-fetch-mode").is_empty() {
            seen.insert((text(&entry, "/place"), text(&entry, "/headers/host")));
        }
    }
    let wanted = [
        ("api", "api.stripe.com"),
        ("fields", "js.stripe.com"),
        ("hooks", "hooks.stripe.com"),
        ("script", "js.stripe.com"),
    ];
    let wanted = wanted.map(|(place, host)| (place.to_owned(), host.to_owned()));
    ensure(seen == BTreeSet::from(wanted), || {
        format!("browsers came by {seen:?}")
    })?;
    let stopped = named.violations(&ann.driver.url, &ann.page.driver).await?;
    ensure(stopped.is_empty(), || {
        format!("the policy stopped what is needed: {stopped:?}")
    })
}

async fn a_policy_without_the_bank_is_caught(host: &Person<'_>) -> Step {
    let named = Named::start(&crate::root(), NO_BANK).await?;
    let ann = Person::arrive_with(&named.system, host.driver, &named.arguments).await?;
    let walked = miss_the_bank(&named, &ann).await;
    let _ = ann.leave().await;
    walked
}

async fn miss_the_bank(named: &Named, ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().reaches(&["challenge"]).await?;
    let stopped = until("the policy to stop the bank's window", || async {
        let stopped = named.violations(&ann.driver.url, &ann.page.driver).await?;
        Ok((!stopped.is_empty()).then_some(stopped))
    })
    .await?;
    ensure(
        stopped
            .iter()
            .any(|line| line.contains("https://hooks.stripe.com")),
        || format!("the policy stopped something else: {stopped:?}"),
    )?;
    let overlay = ".__PrivateStripeChallenge iframe";
    ann.page.step_into(&[COMPANION, overlay]).await?;
    ensure(!ann.page.shows("#challengeFrame").await?, || {
        "the bank's window came all the same".to_owned()
    })?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "the card was saved unverified".to_owned()
    })
}
