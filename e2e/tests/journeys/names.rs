//! The page under its production policy, with Stripe's own host names: what is allowed is enough, and what is missing
//! shows.

use e2e::card_form::{Bank, CHALLENGED, COMPANION, VISA};
use e2e::names::Named;
use e2e::person::Person;
use e2e::wait::until;
use e2e::wire::sent;
use e2e::{Step, ensure};

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
    ann.try_card(CHALLENGED).await?;
    ann.form().answer(Bank::Complete).await?;
    ann.wallet().lists("3155").await?;
    ensure(ann.card_ids().await?.len() == 2, || {
        "not both cards are kept".to_owned()
    })?;

    // All of it by name, and from the production defaults: no page was told a port of the sandbox's.
    let requests = sent(&ann.driver.url, &ann.page.driver).await?;
    for wanted in [
        "https://js.stripe.com/v3/",
        "https://js.stripe.com/field?",
        "https://js.stripe.com/controller?",
        "https://api.stripe.com/v1/payment_methods",
        "https://hooks.stripe.com/redirect/authenticate/",
    ] {
        ensure(
            requests
                .iter()
                .any(|request| request.url.starts_with(wanted)),
            || format!("nobody asked for {wanted}"),
        )?;
    }
    let strays: Vec<&str> = requests
        .iter()
        .map(|request| request.url.as_str())
        .filter(|url| url.starts_with("http"))
        .filter(|url| {
            let ours = [&named.system.booking, &named.system.wallet];
            let stripe = [
                "https://js.stripe.com/",
                "https://api.stripe.com/",
                "https://hooks.stripe.com/",
            ];
            !ours.iter().any(|origin| url.starts_with(origin.as_str()))
                && !stripe.iter().any(|origin| url.starts_with(origin))
        })
        .collect();
    ensure(strays.is_empty(), || {
        format!("something was asked for elsewhere: {strays:?}")
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
    ann.save_card(VISA).await?;
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
    ensure(ann.card_ids().await?.len() == 1, || {
        "the card was saved unverified".to_owned()
    })
}
