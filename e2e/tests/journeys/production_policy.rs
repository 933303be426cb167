//! The production content security policy, with Stripe's own host names: it is sufficient, and a missing origin is reported.

use std::collections::BTreeSet;

use e2e::card_form::{CHALLENGED, COMPANION_FRAME, ChallengeAnswer, VISA};
use e2e::network_log::sent;
use e2e::production_system::ProductionSystem;
use e2e::user::User;
use e2e::wait::until;
use e2e::{StepResult, ensure};
use serde_json::Value;

crate::journeys!(
    cards_are_saved_under_the_production_policy,
    a_policy_without_the_challenge_origin_is_reported,
);

/// Stripe's frame sources without the origin of the challenge.
const FRAME_SOURCES_WITHOUT_CHALLENGE: &str =
    r#"frame_sources = ["https://js.stripe.com", "https://*.js.stripe.com"]"#;

async fn cards_are_saved_under_the_production_policy(host: &User<'_>) -> StepResult {
    let named = ProductionSystem::start(&crate::root(), "").await?;
    let ann = User::open_with(&named.system, host.driver, &named.arguments).await?;
    let walked = save_both(&named, &ann).await;
    let _ = ann.close().await;
    walked
}

async fn save_both(named: &ProductionSystem, ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    ann.wallet().click("replace").await?;
    ann.wallet().click("replace-continue").await?;
    ann.form().type_card(CHALLENGED).await?;
    ann.form().save().await?;
    ann.form()
        .answer_challenge(ChallengeAnswer::Complete)
        .await?;
    ann.wallet().wait_listed("3155").await?;

    // All requests use host names, because the production defaults hold no port of the sandbox.
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
        // Only browsers send this header, and they use the host names.
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
    let blocked = named.violations(&ann.driver.url, &ann.page.driver).await?;
    ensure(blocked.is_empty(), || {
        format!("the policy blocks what is needed: {blocked:?}")
    })
}

async fn a_policy_without_the_challenge_origin_is_reported(host: &User<'_>) -> StepResult {
    let named = ProductionSystem::start(&crate::root(), FRAME_SOURCES_WITHOUT_CHALLENGE).await?;
    let ann = User::open_with(&named.system, host.driver, &named.arguments).await?;
    let walked = challenge_is_blocked(&named, &ann).await;
    let _ = ann.close().await;
    walked
}

async fn challenge_is_blocked(named: &ProductionSystem, ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().wait_state(&["challenge"]).await?;
    let blocked = until("the policy to block the challenge", || async {
        let blocked = named.violations(&ann.driver.url, &ann.page.driver).await?;
        Ok((!blocked.is_empty()).then_some(blocked))
    })
    .await?;
    ensure(
        blocked
            .iter()
            .any(|line| line.contains("https://hooks.stripe.com")),
        || format!("the policy blocks something else: {blocked:?}"),
    )?;
    let overlay = ".__PrivateStripeChallenge iframe";
    ann.page.enter_frames(&[COMPANION_FRAME, overlay]).await?;
    ensure(!ann.page.is_visible("#challengeFrame").await?, || {
        "the bank's window came all the same".to_owned()
    })?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "the card was saved unverified".to_owned()
    })
}
