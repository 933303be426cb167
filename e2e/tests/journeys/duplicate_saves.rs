//! Repeated clicks on save save the card once.

use e2e::card_form::VISA;
use e2e::database::WalletDatabase;
use e2e::network_log::sent;
use e2e::user::User;
use e2e::{StepResult, ensure};

crate::journeys!(
    a_double_click_saves_once,
    enter_while_clicking_saves_once,
    twenty_clicks_save_once,
);

/// The numbers of confirmations at the gateway and of cards in the wallet.
async fn counts(ann: &User<'_>) -> StepResult<(usize, usize)> {
    let made = ann
        .sandbox
        .count("POST", |path| path == "/v1/payment_methods")
        .await?;
    let is_confirm =
        |path: &str| path.starts_with("/v1/setup_intents/") && path.ends_with("/confirm");
    Ok((made, ann.sandbox.count("POST", is_confirm).await?))
}

async fn saves_once(ann: &User<'_>, press: &str) -> StepResult {
    ann.sign_up().await?;
    ann.wallet().click("add").await?;
    ann.form().type_card(VISA).await?;
    let before = counts(ann).await?;
    ann.form().enter().await?;
    ann.page.evaluate(press).await?;
    ann.wallet().wait_listed("4242").await?;

    let after = counts(ann).await?;
    let made = (after.0 - before.0, after.1 - before.1);
    ensure(made == (1, 1), || {
        format!("{} payment methods and {} confirmations", made.0, made.1)
    })?;
    let is_save = |url: &str| url.ends_with("/user/credit_cards");
    let sent = sent(&ann.driver.url, &ann.page.driver).await?;
    let posts = sent
        .iter()
        .filter(|request| request.method == "POST" && is_save(&request.url))
        .count();
    ensure(posts == 1, || format!("{posts} POSTs"))?;
    let (_, method) = ann.one_card().await?;
    let dump = WalletDatabase::open(&ann.system.database()?)
        .await?
        .dump()
        .await?;
    let rows = dump
        .lines()
        .filter(|row| row.starts_with("card") && row.contains(&method))
        .count();
    ensure(rows == 1, || format!("{rows} rows"))
}

async fn a_double_click_saves_once(ann: &User<'_>) -> StepResult {
    let press = "const b = document.querySelector('#save'); b.click(); b.click(); return 0";
    saves_once(ann, press).await
}

async fn enter_while_clicking_saves_once(ann: &User<'_>) -> StepResult {
    let press = "const b = document.querySelector('#save'); b.click(); b.closest('form')?.requestSubmit(); b.click(); return 0";
    saves_once(ann, press).await
}

async fn twenty_clicks_save_once(ann: &User<'_>) -> StepResult {
    let press = "const b = document.querySelector('#save'); let n = 0;
        const timer = setInterval(() => { b.click(); if (++n === 20) clearInterval(timer); }, 20); return 0";
    saves_once(ann, press).await
}
