//! Quilt: payments at a card reader and their failures, and saved cards.

use e2e::network_log::sent;
use e2e::point_of_sale::{MERCHANT, PointOfSale};
use e2e::user::User;
use e2e::{StepResult, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::accessibility::{axe_outside, does_not_scroll_sideways, focus_rests_on};

crate::journeys!(
    a_card_is_paid_with_saved_charged_and_deleted,
    a_payment_continues_after_the_reader_reconnects,
    a_declined_card_can_be_replaced,
    a_phone_payment_saves_no_card,
    a_network_failure_charges_once,
    a_server_without_response_loses_no_payment,
    no_card_is_saved_before_its_payment_is_captured,
    the_account_key_never_reaches_the_browser,
    a_payment_can_be_taken_by_keyboard,
    the_point_of_sale_uses_the_clerk_s_locale,
    axe_finds_no_violations_on_the_point_of_sale,
    the_point_of_sale_fits_320_pixels,
);

async fn payments(pos: &PointOfSale<'_>) -> StepResult<usize> {
    pos.sandbox()
        .count("POST", |path| path == "/v1/payment_intents")
        .await
}

async fn a_card_is_paid_with_saved_charged_and_deleted(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    pos.sell("mastercard").await?;
    pos.wait_text("Mastercard ending in 4444 is saved").await?;
    mia.wallet().wait_listed("4444").await?;
    mia.page
        .click("[data-action=charge][data-last4='4444']")
        .await?;
    let text = mia
        .page
        .wait_text("[data-stored-status]", "charged to")
        .await?;
    ensure(text.contains("$12.99"), || text.clone())?;
    mia.wallet().click("delete").await?;
    mia.wallet().click("delete-confirm").await?;
    mia.wallet().wait_empty().await?;
    ensure(pos.cards().await?.is_empty(), || {
        "the card is still there".to_owned()
    })
}

async fn a_payment_continues_after_the_reader_reconnects(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    let before = payments(&pos).await?;
    mia.sandbox
        .fault(json!({"on": "terminal", "do": "lost", "times": 1}))
        .await?;
    pos.click("take").await?;
    pos.wait_text("lost its connection").await?;
    pos.click("retry").await?;
    pos.wait_state("saved").await?;
    let made = payments(&pos).await? - before;
    ensure(made == 1, || format!("{made} payments"))
}

async fn a_declined_card_can_be_replaced(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    let before = payments(&pos).await?;
    pos.select_card("charge_declined").await?;
    pos.click("take").await?;
    pos.wait_text("The card was declined. Try again with another card.")
        .await?;
    pos.select_card("visa").await?;
    pos.click("retry").await?;
    pos.wait_state("saved").await?;
    let made = payments(&pos).await? - before;
    ensure(made == 1, || format!("{made} payments"))
}

async fn a_phone_payment_saves_no_card(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    pos.select_card("apple_pay").await?;
    pos.click("take").await?;
    pos.wait_state("paid").await?;
    pos.wait_text("a phone or watch was used").await?;
    mia.wallet().wait_empty().await
}

async fn a_network_failure_charges_once(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    mia.sandbox
        .fault(json!({"on": "terminal", "do": "network_error", "times": 1}))
        .await?;
    pos.click("take").await?;
    pos.wait_text("nothing is charged twice").await?;
    pos.click("retry").await?;
    pos.wait_state("saved").await
}

async fn a_server_without_response_loses_no_payment(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    let before = payments(&pos).await?;
    let lost = json!({"route": "POST /v1/payment/capture", "drop": true, "after": true});
    mia.wallet_fault(lost).await?;
    pos.click("take").await?;
    pos.wait_state("saved").await?;
    let made = payments(&pos).await? - before;
    ensure(made == 1, || format!("{made} payments"))
}

async fn no_card_is_saved_before_its_payment_is_captured(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    let begun = pos.create_intent().await?;
    let body = json!({
        "payment_id": begun.get("payment_id"), "external_customer_id": pos.customer,
        "external_account_id": MERCHANT,
    });
    let (status, refused) = pos.call(Method::POST, "/customer/card", Some(body)).await?;
    let code = refused.pointer("/error/code").and_then(Value::as_str);
    ensure((status, code) == (200, Some("not_captured")), || {
        format!("{status} {refused}")
    })?;
    ensure(pos.cards().await?.is_empty(), || "kept".to_owned())
}

async fn the_account_key_never_reaches_the_browser(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    pos.sell("visa").await?;
    let key = mia.system.demo_output("/quilt/account_key")?;
    ensure(key.len() >= 16, || "this would find nothing".to_owned())?;
    let kept = "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])";
    let seen = [
        mia.all_html().await?,
        mia.page.evaluate(kept).await?.to_string(),
    ];
    let sent = sent(&mia.driver.url, &mia.page.driver).await?;
    ensure(sent.len() > 5, || {
        format!("only {} requests were seen", sent.len())
    })?;
    let mut everywhere = seen.iter().chain(sent.iter().map(|request| &request.all));
    ensure(!everywhere.any(|text| text.contains(&key)), || {
        "the browser has the account's key".to_owned()
    })?;
    // A page can neither call the API itself, not even with the key, nor use the proxy without a session.
    let wallet = &mia.system.wallet;
    let direct = Client::new()
        .post(format!("{wallet}/v1/payment/intent"))
        .header("origin", mia.system.booking.as_str())
        .bearer_auth(key)
        .json(&json!({}));
    let direct = direct.send().await?.status().as_u16();
    ensure(direct == 403, || {
        format!("a page was answered with {direct}")
    })?;
    let url = format!("{}/quilt/v1/payment/intent", mia.system.booking);
    let stranger = Client::new().post(url).json(&json!({})).send().await?;
    let stranger = stranger.status().as_u16();
    ensure(stranger == 401, || {
        format!("a stranger was answered with {stranger}")
    })
}

async fn a_payment_can_be_taken_by_keyboard(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    mia.sandbox
        .fault(json!({"on": "terminal", "do": "never_presented", "times": 1}))
        .await?;
    let focus = "document.querySelector('[data-card-present] [data-action=take]').focus()";
    mia.page.evaluate(focus).await?;
    mia.page.type_key(thirtyfour::Key::Enter).await?;
    pos.wait_state("waiting").await?;
    mia.page.type_key(thirtyfour::Key::Escape).await?;
    pos.wait_state("canceled").await?;
    focus_rests_on(mia, "[data-action=take]").await?;
    mia.page.type_key(thirtyfour::Key::Enter).await?;
    pos.wait_state("saved").await?;
    // Loading the list again does not move the focus.
    mia.wallet().wait_listed("4242").await?;
    focus_rests_on(mia, "[data-action=take]").await?;

    let focus = "document.querySelector('[data-action=charge]').focus()";
    mia.page.evaluate(focus).await?;
    mia.page.type_key(thirtyfour::Key::Enter).await?;
    mia.page
        .wait_text("[data-stored-status]", "charged to")
        .await?;
    focus_rests_on(mia, "[data-action=charge]").await
}

async fn the_point_of_sale_uses_the_clerk_s_locale(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open_in("de").await?;
    mia.page
        .wait_text("[data-wallet] h2", "Karten des Kunden")
        .await?;
    pos.select_card("charge_declined").await?;
    pos.click("take").await?;
    pos.wait_text("Die Karte wurde abgelehnt.").await?;
    pos.select_card("visa").await?;
    pos.click("retry").await?;
    pos.wait_state("saved").await?;
    pos.wait_text("Visa mit Endziffern 4242 ist für das nächste Mal gespeichert.")
        .await?;
    pos.open_in("en").await?;
    mia.page
        .wait_text("[data-wallet] h2", "Customer’s cards")
        .await
        .map(drop)
}

async fn axe_finds_no_violations_on_the_point_of_sale(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    axe_outside(mia, "the pos").await?;
    pos.select_card("charge_declined").await?;
    pos.click("take").await?;
    pos.wait_state("failed").await?;
    axe_outside(mia, "a decline at the reader").await?;
    pos.select_card("visa").await?;
    pos.click("retry").await?;
    pos.wait_state("saved").await?;
    mia.wallet().wait_listed("4242").await?;
    axe_outside(mia, "a card kept").await?;
    mia.driver.prefer_dark(&mia.page.driver).await?;
    axe_outside(mia, "a card kept, in the dark").await
}

async fn the_point_of_sale_fits_320_pixels(mia: &User<'_>) -> StepResult {
    mia.driver.narrow(&mia.page.driver).await?;
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    does_not_scroll_sideways(mia, "the pos").await?;
    pos.sell("visa").await?;
    mia.wallet().wait_listed("4242").await?;
    does_not_scroll_sideways(mia, "the pos with a card").await
}
