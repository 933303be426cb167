//! Failures around a save: an error message, and a retry without typing the card again.

use std::time::{Duration, Instant};

use e2e::card_form::VISA;
use e2e::network_log::sent;
use e2e::user::{PASSWORD, User};
use e2e::wait::until;
use e2e::{StepResult, ensure};
use serde_json::json;

crate::journeys!(
    a_blocked_script_shows_an_error_and_can_be_retried,
    a_server_error_is_retried_and_saves_once,
    a_save_resumes_after_the_session_is_renewed,
    an_intent_request_resumes_after_the_session_is_renewed,
    a_form_out_of_view_does_not_save,
);

async fn a_blocked_script_shows_an_error_and_can_be_retried(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.sandbox
        .fault(json!({"on": "script", "do": "not_found"}))
        .await?;
    let opened = Instant::now();
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["unusable"]).await?;
    let words = ann.page.read("#alert, #status").await?;
    ensure(opened.elapsed() < Duration::from_secs(25), || {
        format!("it took {:?}", opened.elapsed())
    })?;
    ensure(!words.is_empty(), || "no words".to_owned())?;
    ann.page
        .evaluate("window.sameDocument = true; return 0")
        .await?;

    ann.sandbox.clear_faults().await?;
    ann.page.click("#retry").await?;
    ann.form().type_card(VISA).await?;
    let same = ann
        .page
        .evaluate("return window.sameDocument === true")
        .await?;
    ensure(same == true, || "the frame was loaded again".to_owned())?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4242").await.map(drop)
}

/// The number of POSTs that save a card at the wallet API.
async fn saves(ann: &User<'_>) -> StepResult<usize> {
    let sent = sent(&ann.driver.url, &ann.page.driver).await?;
    let is_save = |url: &str| url.ends_with("/user/credit_cards");
    Ok(sent
        .iter()
        .filter(|request| request.method == "POST" && is_save(&request.url))
        .count())
}

async fn a_server_error_is_retried_and_saves_once(ann: &User<'_>) -> StepResult {
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

async fn a_save_resumes_after_the_session_is_renewed(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet_fault(json!({"route": "POST /user/credit_cards", "status": 401, "count": 1}))
        .await?;
    let before = ann
        .sandbox
        .count("POST", |path| path == "/v1/payment_methods")
        .await?;
    ann.try_card(VISA).await?;
    ann.wallet().click("sign-in").await?;
    // The page fills in the e-mail address; only the password is missing.
    ann.page
        .type_into("#sign-in input[name=password]", PASSWORD)
        .await?;
    ann.page.click("#sign-in button[type=submit]").await?;
    ann.wallet().wait_listed("4242").await?;
    let after = ann
        .sandbox
        .count("POST", |path| path == "/v1/payment_methods")
        .await?;
    ensure(after - before == 1, || {
        "the card was made into a payment method again".to_owned()
    })
}

/// The intent is requested while the user types, so this 401 comes before the save.
async fn an_intent_request_resumes_after_the_session_is_renewed(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet_fault(
        json!({"route": "GET /user/payment_methods/session", "status": 401, "count": 1}),
    )
    .await?;
    ann.wallet().click("add").await?;
    ann.form().type_card(VISA).await?;
    // The message above the form moves it down: click its new position.
    ann.page.leave_frames().await?;
    ann.page.find("[data-action=sign-in]").await?;
    ann.form().save().await?;
    ann.form().wait_state(&["saving"]).await?;
    ann.page.wait_text("#status", "sign in").await?;
    ann.wallet().click("sign-in").await?;
    ann.page
        .type_into("#sign-in input[name=password]", PASSWORD)
        .await?;
    ann.page.click("#sign-in button[type=submit]").await?;
    ann.wallet().wait_listed("4242").await?;
    ann.one_card().await.map(drop)
}

async fn a_form_out_of_view_does_not_save(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet().click("add").await?;
    ann.form().type_card(VISA).await?;
    let methods = || {
        ann.sandbox
            .count("POST", |path| path == "/v1/payment_methods")
    };
    let before = methods().await?;
    let style = |css: &str| {
        format!("document.querySelector('[data-card-entry]').style.cssText = '{css}'; return 0")
    };
    ann.page.leave_frames().await?;
    // Only the top of the form is visible, as on a page that attempts clickjacking.
    ann.page
        .evaluate(&style("height: 40px; overflow: hidden"))
        .await?;
    ann.form().enter().await?;
    until("a strip", || async {
        let script = "return cardEntryView.form < 0.5";
        Ok((ann.page.evaluate(script).await? == true).then_some(()))
    })
    .await?;
    // A click by script, because the driver would scroll the button into view.
    let pressed = "document.querySelector('form').requestSubmit(); return 0";
    ann.page.evaluate(pressed).await?;
    ann.page.wait_text("#alert", "bring it into view").await?;
    ann.page.leave_frames().await?;
    ann.page.evaluate(&style("")).await?;
    ensure(methods().await? == before, || {
        "a card was made unseen".to_owned()
    })?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4242").await.map(drop)
}
