//! A saved card is replaced, blocked by an appointment, and deleted.

use e2e::card_form::{COMPANION_FRAME, MASTERCARD, VISA};
use e2e::user::User;
use e2e::wait::until;
use e2e::{StepResult, ensure};
use thirtyfour::Key;

crate::journeys!(
    replacing_a_card_warns_and_leaves_one_card,
    deleting_a_card_needs_a_confirmation,
    deleting_a_card_can_be_cancelled,
    an_appointment_blocks_deletion_until_it_is_cancelled,
    escape_in_a_card_field_closes_the_form,
);

async fn replacing_a_card_warns_and_leaves_one_card(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let (customer, old) = ann.one_card().await?;

    ann.wallet().click("replace").await?;
    ann.page.find("[data-wallet][data-state=replacing]").await?;
    let words = ann.page.read("[data-wallet]").await?;
    ensure(
        words.contains("4242") && words.to_lowercase().contains("replace"),
        || format!("the wallet says {words:?}"),
    )?;
    if ann
        .page
        .is_visible("[data-wallet] [data-action=replace-continue]")
        .await?
    {
        ann.wallet().click("replace-continue").await?;
    }
    ann.form().type_card(MASTERCARD).await?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4444").await?;
    ensure(ann.wallet().count().await? == 1, || {
        "more than one card is listed".to_owned()
    })?;

    let (_, new) = ann.one_card().await?;
    until("the old payment method to be detached", || async {
        let cards = ann.sandbox.cards_of(&customer).await?;
        Ok((cards == [new.clone()]).then_some(()))
    })
    .await?;
    let detached = ann.sandbox.payment_method(&old).await?;
    ensure(
        detached
            .get("customer")
            .is_none_or(serde_json::Value::is_null),
        || format!("{old} is still attached"),
    )
}

async fn deleting_a_card_needs_a_confirmation(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let (customer, _) = ann.one_card().await?;
    ann.wallet().click("delete").await?;
    ensure(ann.card_ids().await?.len() == 1, || {
        "it was deleted before it was confirmed".to_owned()
    })?;
    ann.wallet().click("delete-confirm").await?;
    ann.wallet().wait_empty().await?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "the card is still there".to_owned()
    })?;
    until("the payment method to be detached", || async {
        Ok(ann
            .sandbox
            .cards_of(&customer)
            .await?
            .is_empty()
            .then_some(()))
    })
    .await
}

async fn deleting_a_card_can_be_cancelled(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    ann.wallet().click("delete").await?;
    ann.wallet().click("cancel").await?;
    ann.page
        .wait_gone("[data-wallet] [data-action=delete-confirm]")
        .await?;
    ann.wallet().wait_listed("4242").await?;
    ensure(ann.card_ids().await?.len() == 1, || {
        "the card is gone".to_owned()
    })
}

async fn an_appointment_blocks_deletion_until_it_is_cancelled(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    ann.book().await?;

    ann.wallet().click("delete").await?;
    ann.wallet().click("delete-confirm").await?;
    let words = ann
        .wallet()
        .wait_announcement("cannot be deleted because there is a pending appointment")
        .await?;
    let service = ann.page.read("[data-appointment]").await?;
    let first = service.split_whitespace().next().unwrap_or_default();
    ensure(words.contains(first), || {
        format!("{words:?} does not name the appointment {service:?}")
    })?;
    ensure(ann.card_ids().await?.len() == 1, || {
        "the card is gone".to_owned()
    })?;
    ann.page.find("[data-wallet] [data-action=replace]").await?;

    ann.wallet().click("cancel").await?; // the refusal was read

    ann.cancel_appointment().await?;
    ann.page.click("[data-page-status] ~ button").await?;
    ann.wallet().click("delete").await?;
    ann.wallet().click("delete-confirm").await?;
    ann.wallet().wait_empty().await
}

/// The key is pressed in a nested frame, where the page has no listener.
async fn escape_in_a_card_field_closes_the_form(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["ready"]).await?;
    ann.page
        .enter_frames(&[COMPANION_FRAME, "#number iframe"])
        .await?;
    let number = ann.page.find("input[name=cardnumber]").await?;
    number.send_keys("4242").await?;
    number.send_keys(Key::Escape + "").await?;
    ann.wallet().wait_empty().await?;
    until("the form to be gone", || async {
        Ok((ann.page.count(COMPANION_FRAME).await? == 0).then_some(()))
    })
    .await
}
