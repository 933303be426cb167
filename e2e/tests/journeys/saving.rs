//! A card is typed, verified where its bank asks, and listed.

use e2e::card_form::{Bank, CHALLENGED, MASTERCARD, VISA};
use e2e::person::Person;
use e2e::vault::Vault;
use e2e::{Step, ensure};

crate::journeys!(
    a_card_is_saved_and_listed_with_the_gateway_s_facts,
    a_verified_card_is_saved,
    a_failed_verification_says_so_and_the_next_card_saves,
    a_closed_verification_says_so_and_the_next_card_saves,
);

async fn a_card_is_saved_and_listed_with_the_gateway_s_facts(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let row = ann.wallet().lists("4242").await?;
    ensure(
        row.contains("Visa") && row.contains("12") && row.contains("34"),
        || format!("the row says {row:?}"),
    )?;

    let (customer, method) = ann.one_card().await?;
    let known = ann.gateway.payment_method(&method).await?;
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
    let vault = Vault::open(&ann.system.database()?).await?;
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

async fn a_verified_card_is_saved(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().answer(Bank::Complete).await?;
    ann.wallet().lists("3155").await.map(drop)
}

async fn refused_then_saved(ann: &Person<'_>, bank: Bank) -> Step {
    ann.sign_up().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().answer(bank).await?;
    let words = ann.form().refusal().await?;
    ensure(words.contains("verify"), || {
        format!("the form says {words:?}")
    })?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "a card was saved".to_owned()
    })?;
    ann.form().type_card(MASTERCARD).await?;
    ann.form().save().await?;
    ann.wallet().lists("4444").await.map(drop)
}

async fn a_failed_verification_says_so_and_the_next_card_saves(ann: &Person<'_>) -> Step {
    refused_then_saved(ann, Bank::Fail).await
}

async fn a_closed_verification_says_so_and_the_next_card_saves(ann: &Person<'_>) -> Step {
    refused_then_saved(ann, Bank::Close).await
}
