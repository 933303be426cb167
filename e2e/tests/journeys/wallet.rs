//! The saved card is replaced, held by an appointment, and deleted.

use e2e::card_form::{MASTERCARD, VISA};
use e2e::person::Person;
use e2e::wait::until;
use e2e::{Step, ensure};

crate::journeys!(
    replacing_warns_and_leaves_one_card,
    deleting_is_confirmed,
    deleting_can_be_called_off,
    an_appointment_holds_the_card_until_it_is_cancelled,
);

async fn replacing_warns_and_leaves_one_card(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let (customer, old) = ann.one_card().await?;

    ann.wallet().press("replace").await?;
    ann.page.find("[data-wallet][data-state=replacing]").await?;
    let words = ann.page.read("[data-wallet]").await?;
    ensure(
        words.contains("4242") && words.to_lowercase().contains("replace"),
        || format!("the wallet says {words:?}"),
    )?;
    if ann
        .page
        .shows("[data-wallet] [data-action=replace-continue]")
        .await?
    {
        ann.wallet().press("replace-continue").await?;
    }
    ann.form().type_card(MASTERCARD).await?;
    ann.form().save().await?;
    ann.wallet().lists("4444").await?;
    ensure(ann.wallet().count().await? == 1, || {
        "more than one card is listed".to_owned()
    })?;

    let (_, new) = ann.one_card().await?;
    until("the old payment method to be detached", || async {
        let cards = ann.gateway.cards_of(&customer).await?;
        Ok((cards == [new.clone()]).then_some(()))
    })
    .await?;
    let detached = ann.gateway.payment_method(&old).await?;
    ensure(
        detached
            .get("customer")
            .is_none_or(serde_json::Value::is_null),
        || format!("{old} is still attached"),
    )
}

async fn deleting_is_confirmed(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    let (customer, _) = ann.one_card().await?;
    ann.wallet().press("delete").await?;
    ensure(ann.card_ids().await?.len() == 1, || {
        "it was deleted before it was confirmed".to_owned()
    })?;
    ann.wallet().press("delete-confirm").await?;
    ann.wallet().is_empty().await?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "the card is still there".to_owned()
    })?;
    until("the payment method to be detached", || async {
        Ok(ann
            .gateway
            .cards_of(&customer)
            .await?
            .is_empty()
            .then_some(()))
    })
    .await
}

async fn deleting_can_be_called_off(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    ann.wallet().press("delete").await?;
    ann.wallet().press("cancel").await?;
    ann.page
        .loses("[data-wallet] [data-action=delete-confirm]")
        .await?;
    ann.wallet().lists("4242").await?;
    ensure(ann.card_ids().await?.len() == 1, || {
        "the card is gone".to_owned()
    })
}

async fn an_appointment_holds_the_card_until_it_is_cancelled(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.save_card(VISA).await?;
    ann.book().await?;

    ann.wallet().press("delete").await?;
    ann.wallet().press("delete-confirm").await?;
    let words = ann
        .wallet()
        .announces("cannot be deleted because there is a pending appointment")
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

    ann.wallet().press("cancel").await?; // the refusal was read

    ann.cancel_appointment().await?;
    ann.page.press("[data-page-status] ~ button").await?;
    ann.wallet().press("delete").await?;
    ann.wallet().press("delete-confirm").await?;
    ann.wallet().is_empty().await
}
