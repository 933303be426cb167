//! MikroCloud, from a token to several cards: saved, chosen, deleted, refused.

use e2e::card_form::{Bank, CHALLENGED, MASTERCARD, TestCard, VISA};
use e2e::panel::Panel;
use e2e::person::Person;
use e2e::wait::until;
use e2e::{Step, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use crate::access::{axe_outside, does_not_scroll_sideways};

crate::journeys!(
    a_card_is_saved_with_the_token_of_a_sign_in,
    a_second_card_is_chosen_and_the_default_deleted,
    the_same_card_twice_is_said_and_kept_once,
    a_verified_card_is_saved_beside_another,
    a_declined_card_says_so_and_the_next_one_saves,
    whoever_may_only_look_is_told_so,
    a_session_that_ends_asks_again_and_loses_nothing,
    a_lost_answer_is_one_card_and_no_new_default,
    a_card_deleted_elsewhere_is_gone_here_too,
    another_account_sees_nothing,
    axe_finds_nothing_in_a_wallet_of_several,
    several_cards_fit_a_small_telephone,
);

const DECLINED: TestCard = TestCard {
    number: "4000000000000002",
    cvc: "123",
};

async fn a_card_is_saved_with_the_token_of_a_sign_in(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    ann.wallet()
        .announces("Visa ending in 4242 was saved.")
        .await?;
    ann.page
        .find("[data-last4='4242'] [data-badge=default]")
        .await?;
    ann.page
        .reads("[data-charged]", "Visa ending in 4242")
        .await?;

    let ids = panel.ids().await?;
    let [id] = ids.as_slice() else {
        return Err(format!("the API lists {ids:?}").into());
    };
    let known = ann.gateway.of("mikrocloud").payment_method(id).await?;
    ensure(known.get("customer").is_some_and(Value::is_string), || {
        format!("{id} is attached to nobody: {known}")
    })
}

async fn a_second_card_is_chosen_and_the_default_deleted(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    panel.lists(&["4242", "4444"]).await?;
    let before = panel.ids().await?;

    panel.press_at("4444", "make-default").await?;
    ann.wallet().announces("is now your default card").await?;
    panel.lists(&["4444", "4242"]).await?;
    ann.page
        .reads("[data-charged]", "Mastercard ending in 4444")
        .await?;
    let chosen = panel.ids().await?;
    let turned: Vec<&String> = before.iter().rev().collect();
    ensure(chosen.iter().eq(turned), || {
        format!("{before:?} became {chosen:?}")
    })?;

    panel.press_at("4444", "delete").await?;
    ann.wallet().press("delete-confirm").await?;
    ann.wallet()
        .announces("Mastercard ending in 4444 was deleted.")
        .await?;
    panel.lists(&["4242"]).await?;
    ann.page
        .find("[data-last4='4242'] [data-badge=default]")
        .await?;
    let gateway = ann.gateway.of("mikrocloud");
    let id = chosen.first().ok_or("no card")?;
    until("the deleted card to be detached", || async {
        let known = gateway.payment_method(id).await?;
        Ok(known
            .get("customer")
            .is_none_or(Value::is_null)
            .then_some(()))
    })
    .await
}

async fn the_same_card_twice_is_said_and_kept_once(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(MASTERCARD).await?;
    ann.save_card(VISA).await?;
    let before = panel.ids().await?;
    ann.try_card(VISA).await?;
    ann.wallet().announces("was already saved").await?;
    let after = panel.ids().await?;
    ensure(before == after, || format!("{before:?} became {after:?}"))
}

async fn a_verified_card_is_saved_beside_another(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().answer(Bank::Complete).await?;
    panel.lists(&["4242", "3155"]).await
}

async fn a_declined_card_says_so_and_the_next_one_saves(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.try_card(DECLINED).await?;
    let words = ann.form().refusal().await?;
    ensure(words.contains("didn’t accept this card"), || {
        format!("the form says {words:?}")
    })?;
    ann.form().type_card(VISA).await?;
    ann.form().save().await?;
    panel.lists(&["4242"]).await
}

async fn whoever_may_only_look_is_told_so(ann: &Person<'_>) -> Step {
    const WHY: &str = "This sign-in may not change the cards.";
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    let before = panel.ids().await?;
    ann.page.press("[data-action=sign-out]").await?;
    panel.be("accountant").await?;
    panel.lists(&["4242", "4444"]).await?;

    panel.press_at("4444", "make-default").await?;
    ann.page.reads("[data-wallet-alert]", WHY).await?;
    ann.wallet().press("cancel").await?;
    panel.press_at("4444", "delete").await?;
    ann.wallet().press("delete-confirm").await?;
    ann.page.reads("[data-wallet-alert]", WHY).await?;
    ann.wallet().press("cancel").await?;
    ann.try_card(CHALLENGED).await?;
    let words = ann.form().refusal().await?;
    ensure(words.contains(WHY), || format!("the form says {words:?}"))?;
    let after = panel.ids().await?;
    ensure(before == after, || format!("{before:?} became {after:?}"))
}

async fn a_session_that_ends_asks_again_and_loses_nothing(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.wallet().press("add").await?;
    ann.form().type_card(VISA).await?;
    let over = json!({"route": "POST /v1/account/payment-methods", "status": 401});
    ann.wallet_fault(over).await?;
    ann.form().save().await?;
    ann.page.step_out().await?;
    ann.page.find("[data-wallet][data-state=sign-in]").await?;
    ann.wallet().press("sign-in").await?;
    panel.be("owner").await?;
    panel.lists(&["4242"]).await?;

    // A token that really runs out, while the list is on screen.
    ann.page.press("[data-action=sign-out]").await?;
    panel.be("guest").await?;
    panel.lists(&["4242"]).await?;
    tokio::time::sleep(std::time::Duration::from_secs(7)).await;
    panel.press_at("4242", "delete").await?;
    ann.wallet().press("delete-confirm").await?;
    ann.page.find("[data-wallet][data-state=sign-in]").await?;
    ann.wallet().press("sign-in").await?;
    panel.be("owner").await?;
    ann.wallet().is_empty().await
}

async fn a_lost_answer_is_one_card_and_no_new_default(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    let lost = json!({"route": "POST /v1/account/payment-methods", "drop": true, "after": true});
    ann.wallet_fault(lost).await?;
    ann.save_card(MASTERCARD).await?;
    panel.lists(&["4242", "4444"]).await?;
    let ids = panel.ids().await?;
    ensure(ids.len() == 2, || format!("the API lists {ids:?}"))
}

async fn a_card_deleted_elsewhere_is_gone_here_too(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    let ids = panel.ids().await?;
    let path = format!("/payment-methods/{}", ids.first().ok_or("no card")?);
    let (first, _) = panel.call(Method::DELETE, &path).await?;
    let (second, body) = panel.call(Method::DELETE, &path).await?;
    ensure((first, second) == (204, 410), || {
        format!("{first}, then {second} {body}")
    })?;
    panel.press_at("4242", "delete").await?;
    ann.wallet().press("delete-confirm").await?;
    ann.wallet()
        .announces("Visa ending in 4242 was deleted.")
        .await?;
    ann.wallet().is_empty().await
}

async fn another_account_sees_nothing(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.enter().await?;
    ann.save_card(VISA).await?;
    let ids = panel.ids().await?;
    let eve = Panel {
        person: ann,
        account: format!("{}-eve", panel.account),
    };
    eve.enter().await?;
    let id = ids.first().ok_or("no card")?;
    let (status, body) = eve
        .call(Method::DELETE, &format!("/payment-methods/{id}"))
        .await?;
    ensure(status == 410, || format!("{status} {body}"))?;
    ensure(panel.ids().await? == ids, || "the card is gone".to_owned())
}

async fn axe_finds_nothing_in_a_wallet_of_several(ann: &Person<'_>) -> Step {
    let panel = Panel::new(ann);
    panel.open("").await?;
    axe_outside(ann, "the panel, signed out").await?;
    panel.be("owner").await?;
    ann.wallet().is_empty().await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    axe_outside(ann, "several cards").await?;
    ann.driver.prefer_dark(&ann.page.driver).await?;
    axe_outside(ann, "several cards in the dark").await?;
    panel.open("&locale=ar").await?;
    panel.be("owner").await?;
    panel.lists(&["4242", "4444"]).await?;
    axe_outside(ann, "several cards from right to left").await?;
    panel.press_at("4444", "delete").await?;
    ann.page.find("[data-action=delete-confirm]").await?;
    axe_outside(ann, "the delete question").await
}

async fn several_cards_fit_a_small_telephone(ann: &Person<'_>) -> Step {
    ann.driver.narrow(&ann.page.driver).await?;
    let panel = Panel::new(ann);
    panel.enter().await?;
    does_not_scroll_sideways(ann, "the panel").await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    does_not_scroll_sideways(ann, "several cards").await?;
    panel.open("&locale=de").await?;
    panel.be("owner").await?;
    panel.lists(&["4242", "4444"]).await?;
    does_not_scroll_sideways(ann, "several cards with long words").await
}
