//! MikroCloud: several cards per account, saved, made default and deleted with signed tokens.

use e2e::billing_page::BillingPage;
use e2e::card_form::{CHALLENGED, CardInput, ChallengeAnswer, MASTERCARD, VISA};
use e2e::user::User;
use e2e::wait::until;
use e2e::{StepResult, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use crate::accessibility::{axe_outside, does_not_scroll_sideways};

crate::journeys!(
    a_card_is_saved_with_a_signed_token,
    the_default_can_be_changed_and_deleted,
    a_duplicate_card_is_reported_and_saved_once,
    a_card_with_a_challenge_is_saved_beside_another,
    a_declined_card_can_be_replaced,
    a_read_only_role_cannot_change_cards,
    an_expired_session_asks_for_sign_in_and_keeps_the_form,
    a_lost_response_saves_one_card_and_keeps_the_default,
    a_card_deleted_in_another_tab_disappears,
    another_account_sees_no_cards,
    axe_finds_no_violations_in_a_wallet_of_several_cards,
    several_cards_fit_320_pixels,
);

const DECLINED: CardInput = CardInput {
    number: "4000000000000002",
    cvc: "123",
};

async fn a_card_is_saved_with_a_signed_token(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    ann.wallet()
        .wait_announcement("Visa ending in 4242 was saved.")
        .await?;
    ann.page
        .find("[data-last4='4242'] [data-badge=default]")
        .await?;
    ann.page
        .wait_text("[data-charged]", "Visa ending in 4242")
        .await?;

    let ids = panel.ids().await?;
    let [id] = ids.as_slice() else {
        return Err(format!("the API lists {ids:?}").into());
    };
    let known = ann
        .sandbox
        .for_account("mikrocloud")
        .payment_method(id)
        .await?;
    ensure(known.get("customer").is_some_and(Value::is_string), || {
        format!("{id} is attached to nobody: {known}")
    })
}

async fn the_default_can_be_changed_and_deleted(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    panel.wait_listed(&["4242", "4444"]).await?;
    let before = panel.ids().await?;

    panel.click_card_action("4444", "make-default").await?;
    ann.wallet()
        .wait_announcement("is now your default card")
        .await?;
    panel.wait_listed(&["4444", "4242"]).await?;
    ann.page
        .wait_text("[data-charged]", "Mastercard ending in 4444")
        .await?;
    let chosen = panel.ids().await?;
    let turned: Vec<&String> = before.iter().rev().collect();
    ensure(chosen.iter().eq(turned), || {
        format!("{before:?} became {chosen:?}")
    })?;

    panel.click_card_action("4444", "delete").await?;
    ann.wallet().click("delete-confirm").await?;
    ann.wallet()
        .wait_announcement("Mastercard ending in 4444 was deleted.")
        .await?;
    panel.wait_listed(&["4242"]).await?;
    ann.page
        .find("[data-last4='4242'] [data-badge=default]")
        .await?;
    let gateway = ann.sandbox.for_account("mikrocloud");
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

async fn a_duplicate_card_is_reported_and_saved_once(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(MASTERCARD).await?;
    ann.save_card(VISA).await?;
    let before = panel.ids().await?;
    ann.try_card(VISA).await?;
    ann.wallet().wait_announcement("was already saved").await?;
    let after = panel.ids().await?;
    ensure(before == after, || format!("{before:?} became {after:?}"))
}

async fn a_card_with_a_challenge_is_saved_beside_another(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    ann.try_card(CHALLENGED).await?;
    ann.form()
        .answer_challenge(ChallengeAnswer::Complete)
        .await?;
    panel.wait_listed(&["4242", "3155"]).await
}

async fn a_declined_card_can_be_replaced(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.try_card(DECLINED).await?;
    let words = ann.form().error_message().await?;
    ensure(words.contains("didn’t accept this card"), || {
        format!("the form says {words:?}")
    })?;
    ann.form().type_card(VISA).await?;
    ann.form().save().await?;
    panel.wait_listed(&["4242"]).await
}

async fn a_read_only_role_cannot_change_cards(ann: &User<'_>) -> StepResult {
    const WHY: &str = "This sign-in may not change the cards.";
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    let before = panel.ids().await?;
    ann.page.click("[data-action=sign-out]").await?;
    panel.sign_in_as("accountant").await?;
    panel.wait_listed(&["4242", "4444"]).await?;

    panel.click_card_action("4444", "make-default").await?;
    ann.page.wait_text("[data-wallet-alert]", WHY).await?;
    ann.wallet().click("cancel").await?;
    panel.click_card_action("4444", "delete").await?;
    ann.wallet().click("delete-confirm").await?;
    ann.page.wait_text("[data-wallet-alert]", WHY).await?;
    ann.wallet().click("cancel").await?;
    ann.try_card(CHALLENGED).await?;
    let words = ann.form().error_message().await?;
    ensure(words.contains(WHY), || format!("the form says {words:?}"))?;
    let after = panel.ids().await?;
    ensure(before == after, || format!("{before:?} became {after:?}"))
}

async fn an_expired_session_asks_for_sign_in_and_keeps_the_form(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.wallet().click("add").await?;
    ann.form().type_card(VISA).await?;
    let over = json!({"route": "POST /v1/account/payment-methods", "status": 401});
    ann.wallet_fault(over).await?;
    ann.form().save().await?;
    ann.page.leave_frames().await?;
    ann.page.find("[data-wallet][data-state=sign-in]").await?;
    ann.wallet().click("sign-in").await?;
    panel.sign_in_as("owner").await?;
    panel.wait_listed(&["4242"]).await?;

    // A token that expires while the list is shown.
    ann.page.click("[data-action=sign-out]").await?;
    panel.sign_in_as("guest").await?;
    panel.wait_listed(&["4242"]).await?;
    tokio::time::sleep(std::time::Duration::from_secs(16)).await;
    panel.click_card_action("4242", "delete").await?;
    ann.wallet().click("delete-confirm").await?;
    ann.page.find("[data-wallet][data-state=sign-in]").await?;
    ann.wallet().click("sign-in").await?;
    panel.sign_in_as("owner").await?;
    ann.wallet().wait_empty().await
}

async fn a_lost_response_saves_one_card_and_keeps_the_default(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    let lost = json!({"route": "POST /v1/account/payment-methods", "drop": true, "after": true});
    ann.wallet_fault(lost).await?;
    ann.save_card(MASTERCARD).await?;
    panel.wait_listed(&["4242", "4444"]).await?;
    let ids = panel.ids().await?;
    ensure(ids.len() == 2, || format!("the API lists {ids:?}"))
}

async fn a_card_deleted_in_another_tab_disappears(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    let ids = panel.ids().await?;
    let path = format!("/payment-methods/{}", ids.first().ok_or("no card")?);
    let (first, _) = panel.call(Method::DELETE, &path).await?;
    let (second, body) = panel.call(Method::DELETE, &path).await?;
    ensure((first, second) == (204, 410), || {
        format!("{first}, then {second} {body}")
    })?;
    panel.click_card_action("4242", "delete").await?;
    ann.wallet().click("delete-confirm").await?;
    ann.wallet()
        .wait_announcement("Visa ending in 4242 was deleted.")
        .await?;
    ann.wallet().wait_empty().await
}

async fn another_account_sees_no_cards(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    ann.save_card(VISA).await?;
    let ids = panel.ids().await?;
    let eve = BillingPage {
        user: ann,
        account: format!("{}-eve", panel.account),
    };
    eve.open_as_owner().await?;
    let id = ids.first().ok_or("no card")?;
    let (status, body) = eve
        .call(Method::DELETE, &format!("/payment-methods/{id}"))
        .await?;
    ensure(status == 410, || format!("{status} {body}"))?;
    ensure(panel.ids().await? == ids, || "the card is gone".to_owned())
}

async fn axe_finds_no_violations_in_a_wallet_of_several_cards(ann: &User<'_>) -> StepResult {
    let panel = BillingPage::new(ann);
    panel.open("").await?;
    axe_outside(ann, "the panel, signed out").await?;
    panel.sign_in_as("owner").await?;
    ann.wallet().wait_empty().await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    axe_outside(ann, "several cards").await?;
    ann.driver.prefer_dark(&ann.page.driver).await?;
    axe_outside(ann, "several cards in the dark").await?;
    panel.open("&locale=ar").await?;
    panel.sign_in_as("owner").await?;
    panel.wait_listed(&["4242", "4444"]).await?;
    axe_outside(ann, "several cards from right to left").await?;
    panel.click_card_action("4444", "delete").await?;
    ann.page.find("[data-action=delete-confirm]").await?;
    axe_outside(ann, "the delete question").await
}

async fn several_cards_fit_320_pixels(ann: &User<'_>) -> StepResult {
    ann.driver.narrow(&ann.page.driver).await?;
    let panel = BillingPage::new(ann);
    panel.open_as_owner().await?;
    does_not_scroll_sideways(ann, "the panel").await?;
    ann.save_card(VISA).await?;
    ann.save_card(MASTERCARD).await?;
    does_not_scroll_sideways(ann, "several cards").await?;
    panel.open("&locale=de").await?;
    panel.sign_in_as("owner").await?;
    panel.wait_listed(&["4242", "4444"]).await?;
    does_not_scroll_sideways(ann, "several cards with long words").await
}
