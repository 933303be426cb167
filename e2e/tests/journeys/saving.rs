//! Saving a card, with and without a challenge.

use e2e::card_form::{CHALLENGED, ChallengeAnswer, MASTERCARD, VISA};
use e2e::database::WalletDatabase;
use e2e::user::User;
use e2e::{StepResult, ensure};

crate::journeys!(
    a_card_is_saved_and_listed_with_the_gateway_s_details,
    a_card_with_a_challenge_is_saved,
    a_failed_challenge_can_be_followed_by_another_card,
    a_closed_challenge_can_be_followed_by_another_card,
);

async fn a_card_is_saved_and_listed_with_the_gateway_s_details(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let row = ann.wallet().wait_listed("4242").await?;
    ensure(
        row.contains("Visa") && row.contains("12") && row.contains("34"),
        || format!("the row says {row:?}"),
    )?;

    let (customer, method) = ann.one_card().await?;
    let known = ann.sandbox.payment_method(&method).await?;
    let fact = |pointer: &str| {
        known
            .pointer(pointer)
            .map(ToString::to_string)
            .unwrap_or_default()
            .replace('"', "")
    };
    ensure(fact("/customer") == customer, || {
        format!("attached to {}", fact("/customer"))
    })?;
    let vault = WalletDatabase::open(&ann.system.database()?).await?;
    let rows = vault.dump().await?;
    let row = rows
        .lines()
        .find(|row| row.contains(&method) && row.contains("last4"));
    let row = row.ok_or("no card row in the database")?;
    for pointer in [
        "/card/last4",
        "/card/exp_month",
        "/card/exp_year",
        "/card/funding",
        "/card/fingerprint",
        "/card/country",
    ] {
        ensure(row.contains(&format!("={}", fact(pointer))), || {
            format!("{pointer} is not in {row}")
        })?;
    }
    Ok(())
}

async fn a_card_with_a_challenge_is_saved(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form()
        .answer_challenge(ChallengeAnswer::Complete)
        .await?;
    ann.wallet().wait_listed("3155").await.map(drop)
}

async fn declined_then_saved(ann: &User<'_>, bank: ChallengeAnswer) -> StepResult {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().answer_challenge(bank).await?;
    let words = ann.form().error_message().await?;
    ensure(words.contains("verify"), || {
        format!("the form says {words:?}")
    })?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "a card was saved".to_owned()
    })?;
    ann.form().type_card(MASTERCARD).await?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4444").await.map(drop)
}

async fn a_failed_challenge_can_be_followed_by_another_card(ann: &User<'_>) -> StepResult {
    declined_then_saved(ann, ChallengeAnswer::Fail).await
}

async fn a_closed_challenge_can_be_followed_by_another_card(ann: &User<'_>) -> StepResult {
    declined_then_saved(ann, ChallengeAnswer::Close).await
}
