//! A page with the form complains of nothing in the console, and the form behind a bank's window is out of reach.

use std::time::Duration;

use e2e::card_form::{Bank, CHALLENGED};
use e2e::person::Person;
use e2e::wait::until;
use e2e::wire::complaints;
use e2e::{Step, ensure};
use thirtyfour::Key;

crate::journeys!(
    a_page_with_the_form_leaves_the_console_empty,
    a_page_with_a_listener_leaves_the_console_empty,
    nobody_tabs_into_the_form_behind_the_bank_s_window,
);

/// Longer than a browser waits before it complains of what was loaded and not used.
const SETTLED: Duration = Duration::from_secs(6);

async fn leaves_the_console_empty(ann: &Person<'_>) -> Step {
    tokio::time::sleep(SETTLED).await;
    let said = complaints(&ann.driver.url, &ann.page.driver).await?;
    ensure(said.is_empty(), || format!("the console says {said:?}"))
}

async fn a_page_with_the_form_leaves_the_console_empty(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.wallet().press("add").await?;
    ann.form().reaches(&["ready"]).await?;
    leaves_the_console_empty(ann).await
}

async fn a_page_with_a_listener_leaves_the_console_empty(ann: &Person<'_>) -> Step {
    ann.sign_up_at("/legacy.html").await?;
    ann.plain_form().reaches(&["ready"]).await?;
    leaves_the_console_empty(ann).await
}

async fn nobody_tabs_into_the_form_behind_the_bank_s_window(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    for bank in [Bank::Fail, Bank::Complete] {
        if matches!(bank, Bank::Fail) {
            ann.try_card(CHALLENGED).await?;
        } else {
            ann.form().save().await?;
        }
        ann.form().reaches(&["challenge"]).await?;
        for _ in 0..12 {
            ann.page.type_key(Key::Tab).await?;
            ann.form().enter().await?;
            let inside = ann
                .page
                .evaluate("return document.querySelector('main').contains(document.activeElement)")
                .await?;
            ensure(inside == false, || "Tab went into the form".to_owned())?;
        }
        let saves = matches!(bank, Bank::Complete);
        ann.form().answer(bank).await?;
        if saves {
            // The wallet takes the form away once the card is kept.
            ann.wallet().lists("3155").await?;
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
