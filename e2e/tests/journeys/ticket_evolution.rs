//! Ticket Evolution: several cards at Braintree, saved, labelled, made primary, deleted and declined.

use e2e::network_log::sent;
use e2e::ticket_shop::{DECLINED, MASTERCARD, TicketShop, VISA};
use e2e::user::User;
use e2e::{StepResult, ensure};
use reqwest::Method;
use serde_json::json;

use crate::accessibility::{axe_outside, does_not_scroll_sideways, focus_rests_on};

crate::journeys!(
    a_card_is_saved_with_its_label_and_address,
    a_second_card_can_become_primary_change_and_be_deleted,
    a_declined_card_can_be_replaced,
    a_duplicate_card_is_reported_and_saved_once,
    an_incomplete_card_is_marked_and_not_sent,
    a_failed_vault_call_saves_nothing,
    another_client_s_cards_are_not_accessible,
    no_card_number_reaches_the_shop_or_the_wallet_server,
    axe_finds_no_violations_in_the_ticket_shop,
    digits_are_visible_in_the_dark_scheme,
    the_ticket_shop_fits_320_pixels,
);

async fn a_card_is_saved_with_its_label_and_address(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    ann.page.type_into("#label", "Travel").await?;
    ann.page
        .find("#address option:nth-child(2)")
        .await?
        .click()
        .await?;
    let row = shop.save_card(VISA).await?;
    for words in ["Travel", "100 Industrial Way, Eugene, OR, 97401", "12/34"] {
        ensure(row.contains(words), || format!("the row says {row:?}"))?;
    }
    ann.page
        .find("[data-last4='1111'] [data-badge=default]")
        .await?;
    // The label field is empty again for the next card.
    let next = "return document.querySelector('#label').value";
    ensure(ann.page.evaluate(next).await? == "", || {
        "the next card has a label already".to_owned()
    })?;
    let bodies = ann.sandbox.for_account("tickets").requests().await?;
    let sent = serde_json::to_string(&bodies)?;
    for call in [
        "vaultCreditCard(",
        "authorizePaymentMethod(",
        "reverseTransaction(",
    ] {
        ensure(sent.contains(call), || format!("no {call} at Braintree"))?;
    }
    Ok(())
}

async fn a_second_card_can_become_primary_change_and_be_deleted(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.save_card(VISA).await?;
    shop.save_card(MASTERCARD).await?;
    shop.wait_listed(&["1111", "4444"]).await?;
    shop.click_card_action("4444", "make-default").await?;
    shop.wait_listed(&["4444", "1111"]).await?;
    // Changing the primary card back is a new request.
    shop.click_card_action("1111", "make-default").await?;
    shop.wait_listed(&["1111", "4444"]).await?;

    ann.page
        .type_into("#new-label", "A label that is far too long")
        .await?;
    ann.page.click("[data-action=change]").await?;
    ann.page
        .wait_text("#new-label-error", "20 characters at most")
        .await?;
    let all = thirtyfour::Key::Control + "a";
    ann.page.find("#new-label").await?.send_keys(all).await?;
    ann.page.type_into("#new-label", "Dinner").await?;
    ann.page
        .evaluate("document.querySelector('[data-action=change]').focus()")
        .await?;
    ann.page.type_key(thirtyfour::Key::Enter).await?;
    ann.page
        .wait_text("[data-page-status]", "Your changes are saved.")
        .await?;
    ann.page
        .wait_text("[data-card][data-last4='1111']", "Dinner")
        .await?;
    focus_rests_on(ann, "[data-action=change]").await?;

    shop.click_card_action("1111", "delete").await?;
    ann.wallet().click("delete-confirm").await?;
    shop.wait_listed(&["4444"]).await?;
    ann.page
        .find("[data-last4='4444'] [data-badge=default]")
        .await
        .map(drop)
}

async fn a_declined_card_can_be_replaced(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.try_card(DECLINED).await?;
    let words = ann.form().error_message().await?;
    ensure(words.contains("declined by its bank"), || {
        format!("the form says {words:?}")
    })?;
    shop.type_card(VISA).await?;
    ann.form().save().await?;
    shop.wait_listed(&["1111"]).await
}

async fn a_duplicate_card_is_reported_and_saved_once(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.save_card(VISA).await?;
    shop.try_card(VISA).await?;
    let words = ann.form().error_message().await?;
    ensure(words.contains("in this wallet already"), || {
        format!("the form says {words:?}")
    })?;
    shop.wait_listed(&["1111"]).await
}

/// The number of tokenization requests.
async fn tokenized(ann: &User<'_>) -> StepResult<usize> {
    let calls = ann.sandbox.for_account("tickets").requests().await?;
    let field = |call: &&serde_json::Value| call.to_string().contains("tokenizeCreditCard(");
    Ok(calls.iter().filter(field).count())
}

async fn an_incomplete_card_is_marked_and_not_sent(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    let before = tokenized(ann).await?;
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["ready"]).await?;
    shop.type_field("number", "4111 1111").await?;
    ann.form().save().await?;
    ann.page
        .wait_text("#error-number", "Please enter the card number.")
        .await?;
    let words = ann.page.read("#status, #card-entry").await?;
    ensure(words.contains("Braintree"), || {
        format!("the form says {words:?}")
    })?;
    let after = tokenized(ann).await?;
    ensure(after == before, || "half a card was sent off".to_owned())
}

async fn a_failed_vault_call_saves_nothing(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    ann.wallet().click("add").await?;
    shop.type_card(VISA).await?;
    let gateway = ann.sandbox.for_account("tickets");
    // The browser's call to Braintree succeeds; the server's fails.
    let away =
        json!({"on": "braintree", "do": "graphql_status", "status": 503, "skip": 1, "times": 20});
    gateway.fault(away).await?;
    ann.form().save().await?;
    let words = ann.form().error_message().await?;
    ensure(
        words.contains("not saved") || words.contains("couldn’t"),
        || format!("the form says {words:?}"),
    )?;
    gateway.clear_faults().await?;
    ann.page.leave_frames().await?;
    shop.open("").await?;
    shop.sign_in("Ned Flanders").await?;
    ann.wallet().wait_empty().await
}

/// The id of the signed-in client, taken from the URLs that the page called.
async fn own_id(ann: &User<'_>) -> StepResult<String> {
    let sent = sent(&ann.driver.url, &ann.page.driver).await?;
    let id = sent.iter().find_map(|request| {
        let (_, rest) = request.url.split_once("/ticket_evolution/v9/clients/")?;
        rest.split_once('/').map(|(id, _)| id.to_owned())
    });
    id.ok_or_else(|| "the page called for no client".into())
}

async fn another_client_s_cards_are_not_accessible(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.save_card(VISA).await?;
    let ned = own_id(ann).await?;
    for (method, rest) in [
        (Method::GET, "credit_cards"),
        (Method::DELETE, "credit_cards/1"),
        (Method::POST, "braintree_client_token"),
    ] {
        let path = format!("{ned}/{rest}");
        let status = shop.call_as_other_client(method, &path).await?;
        ensure(status == 404, || format!("{path} answers {status}"))?;
    }
    shop.wait_listed(&["1111"]).await
}

async fn no_card_number_reaches_the_shop_or_the_wallet_server(ann: &User<'_>) -> StepResult {
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.save_card(VISA).await?;
    ann.page.leave_frames().await?;
    let html = ann
        .page
        .evaluate("return document.documentElement.outerHTML")
        .await?;
    ensure(!html.to_string().contains("41111111"), || {
        "the shop's page has digits".to_owned()
    })?;
    // At Braintree only the field's own call holds the digits, and no call of the wallet server.
    let calls = ann.sandbox.for_account("tickets").requests().await?;
    let with = calls.iter().map(ToString::to_string);
    let (from_field, other): (Vec<_>, Vec<_>) = with
        .filter(|call| call.contains(VISA))
        .partition(|call| call.contains("tokenizeCreditCard("));
    ensure(!from_field.is_empty() && other.is_empty(), || {
        format!(
            "{} calls of a field have the number, {} others",
            from_field.len(),
            other.len()
        )
    })
}

async fn axe_finds_no_violations_in_the_ticket_shop(ann: &User<'_>) -> StepResult {
    let shop = TicketShop { user: ann };
    shop.open("").await?;
    axe_outside(ann, "the shop, signed out").await?;
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.save_card(VISA).await?;
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["ready"]).await?;
    axe_outside(ann, "the shop with a card and the form").await?;
    ann.driver.prefer_dark(&ann.page.driver).await?;
    axe_outside(ann, "the shop in the dark").await
}

/// A browser paints a frame white if its color scheme differs from its element's, which would hide light digits.
async fn digits_are_visible_in_the_dark_scheme(ann: &User<'_>) -> StepResult {
    ann.driver.prefer_dark(&ann.page.driver).await?;
    let shop = TicketShop::open_signed_in(ann).await?;
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["ready"]).await?;
    shop.type_field("number", "4111").await?;
    let element = "return getComputedStyle(document.querySelector('#number iframe')).colorScheme";
    let element = ann.page.evaluate(element).await?;
    let field = [ann.form().frame, "#number iframe"];
    ann.page.enter_frames(&field).await?;
    let page = "return getComputedStyle(document.documentElement).colorScheme";
    let page = ann.page.evaluate(page).await?;
    ensure(
        element == "light" && (page == "normal" || page == "light"),
        || format!("the field's element is {element}, its page {page}"),
    )
}

async fn the_ticket_shop_fits_320_pixels(ann: &User<'_>) -> StepResult {
    ann.driver.narrow(&ann.page.driver).await?;
    let shop = TicketShop::open_signed_in(ann).await?;
    shop.save_card(VISA).await?;
    does_not_scroll_sideways(ann, "the shop").await
}
