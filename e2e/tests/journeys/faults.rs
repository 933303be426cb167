//! What goes wrong around a card: said in words, mended without typing it again.

use std::time::{Duration, Instant};

use e2e::card_form::VISA;
use e2e::person::{PASSWORD, Person};
use e2e::wait::until;
use e2e::wire::sent;
use e2e::{Step, ensure};
use serde_json::json;

crate::journeys!(
    a_blocked_script_is_said_and_retried_without_a_reload,
    a_wallet_that_stumbles_once_saves_once,
    an_ended_session_is_renewed_and_the_save_resumes,
    a_session_that_ends_before_the_intent_resumes_too,
    a_form_that_is_out_of_view_waits,
);

async fn a_blocked_script_is_said_and_retried_without_a_reload(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.gateway
        .fault(json!({"on": "script", "do": "not_found"}))
        .await?;
    let opened = Instant::now();
    ann.wallet().press("add").await?;
    ann.form().reaches(&["unusable"]).await?;
    let words = ann.page.read("#alert, #status").await?;
    ensure(opened.elapsed() < Duration::from_secs(11), || {
        format!("it took {:?}", opened.elapsed())
    })?;
    ensure(!words.is_empty(), || "no words".to_owned())?;
    ann.page
        .evaluate("window.sameDocument = true; return 0")
        .await?;

    ann.gateway.heal().await?;
    ann.page.press("#retry").await?;
    ann.form().type_card(VISA).await?;
    let same = ann
        .page
        .evaluate("return window.sameDocument === true")
        .await?;
    ensure(same == true, || "the frame was loaded again".to_owned())?;
    ann.form().save().await?;
    ann.wallet().lists("4242").await.map(drop)
}

/// The keys of the POSTs to the wallet, in the order they were sent.
async fn saves(ann: &Person<'_>) -> Step<usize> {
    let sent = sent(&ann.driver.url, &ann.page.driver).await?;
    let is_save = |url: &str| url.ends_with("/user/credit_cards");
    Ok(sent
        .iter()
        .filter(|request| request.method == "POST" && is_save(&request.url))
        .count())
}

async fn a_wallet_that_stumbles_once_saves_once(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.wallet_fault(json!({"route": "POST /user/credit_cards", "status": 500, "count": 1}))
        .await?;
    ann.save_card(VISA).await?;
    let posts = saves(ann).await?;
    ensure(posts == 2, || {
        format!("{posts} POSTs, one of them answered 500")
    })?;
    ann.one_card().await.map(drop)
}

async fn an_ended_session_is_renewed_and_the_save_resumes(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.wallet_fault(json!({"route": "POST /user/credit_cards", "status": 401, "count": 1}))
        .await?;
    let before = ann
        .gateway
        .count("POST", |path| path == "/v1/payment_methods")
        .await?;
    ann.try_card(VISA).await?;
    ann.wallet().press("sign-in").await?;
    // The page knows who was signed in: only the password is asked for.
    ann.page
        .write("#sign-in input[name=password]", PASSWORD)
        .await?;
    ann.page.press("#sign-in button[type=submit]").await?;
    ann.wallet().lists("4242").await?;
    let after = ann
        .gateway
        .count("POST", |path| path == "/v1/payment_methods")
        .await?;
    ensure(after - before == 1, || {
        "the card was made into a payment method again".to_owned()
    })
}

/// The intent is asked for while the person types, so that this 401 comes before Save is pressed.
async fn a_session_that_ends_before_the_intent_resumes_too(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.wallet_fault(
        json!({"route": "GET /user/payment_methods/session", "status": 401, "count": 1}),
    )
    .await?;
    ann.wallet().press("add").await?;
    ann.form().type_card(VISA).await?;
    // What is said above the form pushes it down: pressed where it then is.
    ann.page.step_out().await?;
    ann.page.find("[data-action=sign-in]").await?;
    ann.form().save().await?;
    ann.form().reaches(&["saving"]).await?;
    ann.page.reads("#status", "sign in").await?;
    ann.wallet().press("sign-in").await?;
    ann.page
        .write("#sign-in input[name=password]", PASSWORD)
        .await?;
    ann.page.press("#sign-in button[type=submit]").await?;
    ann.wallet().lists("4242").await?;
    ann.one_card().await.map(drop)
}

async fn a_form_that_is_out_of_view_waits(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.wallet().press("add").await?;
    ann.form().type_card(VISA).await?;
    let methods = || {
        ann.gateway
            .count("POST", |path| path == "/v1/payment_methods")
    };
    let before = methods().await?;
    let style = |css: &str| {
        format!("document.querySelector('[data-card-entry]').style.cssText = '{css}'; return 0")
    };
    ann.page.step_out().await?;
    // A strip of the form's top, as a page would show that wants something else to be believed.
    ann.page
        .evaluate(&style("height: 40px; overflow: hidden"))
        .await?;
    ann.form().enter().await?;
    until("a strip", || async {
        let script = "return cardEntryView.form < 0.5";
        Ok((ann.page.evaluate(script).await? == true).then_some(()))
    })
    .await?;
    // As a click on what is left of it: the driver itself scrolls to what it clicks on.
    let pressed = "document.querySelector('form').requestSubmit(); return 0";
    ann.page.evaluate(pressed).await?;
    ann.page.reads("#alert", "bring it into view").await?;
    ann.page.step_out().await?;
    ann.page.evaluate(&style("")).await?;
    ensure(methods().await? == before, || {
        "a card was made unseen".to_owned()
    })?;
    ann.form().save().await?;
    ann.wallet().lists("4242").await.map(drop)
}
