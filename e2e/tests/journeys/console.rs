//! A page with the form logs nothing to the console, and the form behind a challenge is inert.

use std::time::Duration;

use e2e::card_form::{CHALLENGED, ChallengeAnswer};
use e2e::network_log::console_messages;
use e2e::user::User;
use e2e::wait::until;
use e2e::{StepResult, ensure};
use thirtyfour::Key;

crate::journeys!(
    a_page_with_the_form_logs_nothing,
    a_page_with_a_plain_listener_logs_nothing,
    the_form_behind_a_challenge_cannot_be_focused,
);

/// Longer than the browser waits before it warns about unused preloads.
const CONSOLE_DELAY: Duration = Duration::from_secs(6);

async fn console_stays_empty(ann: &User<'_>) -> StepResult {
    tokio::time::sleep(CONSOLE_DELAY).await;
    let said = console_messages(&ann.driver.url, &ann.page.driver).await?;
    ensure(said.is_empty(), || format!("the console says {said:?}"))
}

async fn a_page_with_the_form_logs_nothing(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["ready"]).await?;
    console_stays_empty(ann).await
}

async fn a_page_with_a_plain_listener_logs_nothing(ann: &User<'_>) -> StepResult {
    ann.sign_up_at("/legacy.html").await?;
    ann.plain_listener_form().wait_state(&["ready"]).await?;
    console_stays_empty(ann).await
}

async fn the_form_behind_a_challenge_cannot_be_focused(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    for bank in [ChallengeAnswer::Fail, ChallengeAnswer::Complete] {
        if matches!(bank, ChallengeAnswer::Fail) {
            ann.try_card(CHALLENGED).await?;
        } else {
            ann.form().save().await?;
        }
        ann.form().wait_state(&["challenge"]).await?;
        for _ in 0..12 {
            ann.page.type_key(Key::Tab).await?;
            ann.form().enter().await?;
            let inside = ann
                .page
                .evaluate("return document.querySelector('main').contains(document.activeElement)")
                .await?;
            ensure(inside == false, || "Tab went into the form".to_owned())?;
        }
        let saves = matches!(bank, ChallengeAnswer::Complete);
        ann.form().answer_challenge(bank).await?;
        if saves {
            // The wallet removes the form after the save.
            ann.wallet().wait_listed("3155").await?;
            continue;
        }
        until("the form to be open again", || async {
            ann.form().enter().await?;
            let inert = ann
                .page
                .evaluate("return document.querySelector('main')?.inert ?? false")
                .await?;
            Ok((inert == false).then_some(()))
        })
        .await?;
    }
    Ok(())
}
