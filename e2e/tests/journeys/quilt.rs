//! Quilt, from a sale at the till to a card kept, charged and removed; and whatever can happen at a reader.

use e2e::person::Person;
use e2e::till::{MERCHANT, Till};
use e2e::wire::sent;
use e2e::{Step, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::access::{axe_outside, does_not_scroll_sideways, focus_rests_on};

crate::journeys!(
    a_card_is_taken_kept_charged_and_removed,
    cancel_works_while_a_card_is_awaited,
    cancel_works_while_the_reader_connects,
    cancel_works_while_the_card_is_charged,
    cancel_works_after_a_decline,
    a_lost_reader_is_found_again_and_the_payment_goes_on,
    a_declined_card_gives_way_to_another,
    a_telephone_pays_and_leaves_no_card,
    a_network_that_fails_charges_once,
    a_server_that_does_not_answer_loses_no_payment,
    no_card_is_kept_before_its_payment_is_captured,
    the_account_key_is_nowhere_in_the_browser,
    the_keyboard_alone_takes_a_card,
    a_till_speaks_its_clerk_s_language,
    axe_finds_nothing_at_the_till,
    the_till_fits_a_small_telephone,
);

async fn payments(till: &Till<'_>) -> Step<usize> {
    till.gateway()
        .count("POST", |path| path == "/v1/payment_intents")
        .await
}

async fn a_card_is_taken_kept_charged_and_removed(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    till.sell("mastercard").await?;
    till.says("Mastercard ending in 4444 is saved").await?;
    mia.wallet().lists("4444").await?;
    mia.page
        .press("[data-action=charge][data-last4='4444']")
        .await?;
    let said = mia.page.reads("[data-stored-status]", "charged to").await?;
    ensure(said.contains("$12.99"), || said.clone())?;
    mia.wallet().press("delete").await?;
    mia.wallet().press("delete-confirm").await?;
    mia.wallet().is_empty().await?;
    ensure(till.cards().await?.is_empty(), || {
        "the card is still there".to_owned()
    })
}

/// The fault keeps a step from ending, so that there is time to press Cancel in it.
async fn cancels(till: &Till<'_>, fault: Value, at: &str) -> Step {
    till.open().await?;
    till.person.gateway.fault(fault).await?;
    till.press("take").await?;
    till.reaches(at).await?;
    till.press("cancel").await?;
    till.reaches("canceled").await?;
    till.says("Nothing was charged").await?;
    let cards = till.cards().await?;
    ensure(cards.is_empty(), || format!("kept: {cards:?}"))
}

async fn cancel_works_while_a_card_is_awaited(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    cancels(
        &till,
        json!({"on": "terminal", "do": "never_presented"}),
        "waiting",
    )
    .await?;
    // And the till is ready for the next sale.
    mia.gateway.heal().await?;
    till.sell("visa").await
}

async fn cancel_works_while_the_reader_connects(mia: &Person<'_>) -> Step {
    let fault = json!({
        "on": "terminal", "do": "slow", "ms": 8000, "path": "/sandbox/terminal/connect"
    });
    cancels(&Till::new(mia), fault, "connecting").await
}

async fn cancel_works_while_the_card_is_charged(mia: &Person<'_>) -> Step {
    let fault = json!({
        "on": "terminal", "do": "slow", "ms": 3000, "path": "/sandbox/terminal/process"
    });
    let till = Till::new(mia);
    cancels(&till, fault, "processing").await?;
    let released =
        |path: &str| path.starts_with("/v1/payment_intents/") && path.ends_with("/cancel");
    let count = till.gateway().count("POST", released).await?;
    ensure(count > 0, || "the bank still holds the money".to_owned())
}

async fn cancel_works_after_a_decline(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    till.hold("charge_declined").await?;
    till.press("take").await?;
    till.reaches("failed").await?;
    till.press("cancel").await?;
    till.reaches("canceled").await
}

async fn a_lost_reader_is_found_again_and_the_payment_goes_on(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    let before = payments(&till).await?;
    mia.gateway
        .fault(json!({"on": "terminal", "do": "lost", "times": 1}))
        .await?;
    till.press("take").await?;
    till.says("lost its connection").await?;
    till.press("retry").await?;
    till.reaches("saved").await?;
    let made = payments(&till).await? - before;
    ensure(made == 1, || format!("{made} payments"))
}

async fn a_declined_card_gives_way_to_another(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    let before = payments(&till).await?;
    till.hold("charge_declined").await?;
    till.press("take").await?;
    till.says("The card was declined. Try again with another card.")
        .await?;
    till.hold("visa").await?;
    till.press("retry").await?;
    till.reaches("saved").await?;
    let made = payments(&till).await? - before;
    ensure(made == 1, || format!("{made} payments"))
}

async fn a_telephone_pays_and_leaves_no_card(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    till.hold("apple_pay").await?;
    till.press("take").await?;
    till.reaches("paid").await?;
    till.says("a phone or watch was used").await?;
    mia.wallet().is_empty().await
}

async fn a_network_that_fails_charges_once(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    mia.gateway
        .fault(json!({"on": "terminal", "do": "network_error", "times": 1}))
        .await?;
    till.press("take").await?;
    till.says("nothing is charged twice").await?;
    till.press("retry").await?;
    till.reaches("saved").await
}

async fn a_server_that_does_not_answer_loses_no_payment(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    let before = payments(&till).await?;
    let lost = json!({"route": "POST /v1/payment/capture", "drop": true, "after": true});
    mia.wallet_fault(lost).await?;
    till.press("take").await?;
    till.reaches("saved").await?;
    let made = payments(&till).await? - before;
    ensure(made == 1, || format!("{made} payments"))
}

async fn no_card_is_kept_before_its_payment_is_captured(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    let begun = till.begin().await?;
    let body = json!({
        "payment_id": begun.get("payment_id"), "external_customer_id": till.customer,
        "external_account_id": MERCHANT,
    });
    let (status, refused) = till
        .call(Method::POST, "/customer/card", Some(body))
        .await?;
    let code = refused.pointer("/error/code").and_then(Value::as_str);
    ensure((status, code) == (200, Some("not_captured")), || {
        format!("{status} {refused}")
    })?;
    ensure(till.cards().await?.is_empty(), || "kept".to_owned())
}

async fn the_account_key_is_nowhere_in_the_browser(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    till.sell("visa").await?;
    let key = mia.system.told("/quilt/account_key")?;
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
    // A page can neither call the API itself, not even with the key, nor use the till without a session.
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

async fn the_keyboard_alone_takes_a_card(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    mia.gateway
        .fault(json!({"on": "terminal", "do": "never_presented", "times": 1}))
        .await?;
    let focus = "document.querySelector('[data-card-present] [data-action=take]').focus()";
    mia.page.evaluate(focus).await?;
    mia.page.type_key(thirtyfour::Key::Enter).await?;
    till.reaches("waiting").await?;
    mia.page.type_key(thirtyfour::Key::Escape).await?;
    till.reaches("canceled").await?;
    focus_rests_on(mia, "[data-action=take]").await?;
    mia.page.type_key(thirtyfour::Key::Enter).await?;
    till.reaches("saved").await?;
    // The list that is read again leaves the focus on the next sale.
    mia.wallet().lists("4242").await?;
    focus_rests_on(mia, "[data-action=take]").await?;

    let focus = "document.querySelector('[data-action=charge]').focus()";
    mia.page.evaluate(focus).await?;
    mia.page.type_key(thirtyfour::Key::Enter).await?;
    mia.page.reads("[data-stored-status]", "charged to").await?;
    focus_rests_on(mia, "[data-action=charge]").await
}

async fn a_till_speaks_its_clerk_s_language(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open_in("de").await?;
    mia.page
        .reads("[data-wallet] h2", "Karten des Kunden")
        .await?;
    till.hold("charge_declined").await?;
    till.press("take").await?;
    till.says("Die Karte wurde abgelehnt.").await?;
    till.hold("visa").await?;
    till.press("retry").await?;
    till.reaches("saved").await?;
    till.says("Visa mit Endziffern 4242 ist für das nächste Mal gespeichert.")
        .await?;
    till.open_in("en").await?;
    mia.page
        .reads("[data-wallet] h2", "Customer’s cards")
        .await
        .map(drop)
}

async fn axe_finds_nothing_at_the_till(mia: &Person<'_>) -> Step {
    let till = Till::new(mia);
    till.open().await?;
    axe_outside(mia, "the till").await?;
    till.hold("charge_declined").await?;
    till.press("take").await?;
    till.reaches("failed").await?;
    axe_outside(mia, "a decline at the reader").await?;
    till.hold("visa").await?;
    till.press("retry").await?;
    till.reaches("saved").await?;
    mia.wallet().lists("4242").await?;
    axe_outside(mia, "a card kept").await?;
    mia.driver.prefer_dark(&mia.page.driver).await?;
    axe_outside(mia, "a card kept, in the dark").await
}

async fn the_till_fits_a_small_telephone(mia: &Person<'_>) -> Step {
    mia.driver.narrow(&mia.page.driver).await?;
    let till = Till::new(mia);
    till.open().await?;
    does_not_scroll_sideways(mia, "the till").await?;
    till.sell("visa").await?;
    mia.wallet().lists("4242").await?;
    does_not_scroll_sideways(mia, "the till with a card").await
}
