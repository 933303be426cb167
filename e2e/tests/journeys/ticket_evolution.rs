//! Ticket Evolution, from a name to several cards at Braintree: saved, labelled, chosen, deleted, refused.

use e2e::person::Person;
use e2e::tickets::{DECLINED, MASTERCARD, Shop, VISA};
use e2e::wire::sent;
use e2e::{Step, ensure};
use reqwest::Method;
use serde_json::json;

use crate::access::{axe_outside, does_not_scroll_sideways, focus_rests_on};

crate::journeys!(
    a_card_is_saved_with_its_label_and_address,
    a_second_card_is_chosen_changed_and_deleted,
    a_card_the_bank_refuses_says_so_and_the_next_one_saves,
    the_same_card_twice_is_said_and_kept_once,
    an_unfinished_card_is_marked_and_not_sent,
    a_vault_that_is_away_keeps_nothing,
    another_client_s_cards_are_nobody_else_s,
    no_digit_reaches_the_shop_or_the_wallet_server,
    axe_finds_nothing_at_the_shop,
    digits_are_seen_in_the_dark,
    the_shop_fits_a_small_telephone,
);

async fn a_card_is_saved_with_its_label_and_address(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    ann.page.write("#label", "Travel").await?;
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
    // One card's label is not the next one's.
    let next = "return document.querySelector('#label').value";
    ensure(ann.page.evaluate(next).await? == "", || {
        "the next card has a label already".to_owned()
    })?;
    let bodies = ann.gateway.of("tickets").requests().await?;
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

async fn a_second_card_is_chosen_changed_and_deleted(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    shop.save_card(VISA).await?;
    shop.save_card(MASTERCARD).await?;
    shop.lists(&["1111", "4444"]).await?;
    shop.press_at("4444", "make-default").await?;
    shop.lists(&["4444", "1111"]).await?;
    // There and back: each is a request of its own.
    shop.press_at("1111", "make-default").await?;
    shop.lists(&["1111", "4444"]).await?;

    ann.page
        .write("#new-label", "A label that is far too long")
        .await?;
    ann.page.press("[data-action=change]").await?;
    ann.page
        .reads("#new-label-error", "20 characters at most")
        .await?;
    let all = thirtyfour::Key::Control + "a";
    ann.page.find("#new-label").await?.send_keys(all).await?;
    ann.page.write("#new-label", "Dinner").await?;
    ann.page
        .evaluate("document.querySelector('[data-action=change]').focus()")
        .await?;
    ann.page.type_key(thirtyfour::Key::Enter).await?;
    ann.page
        .reads("[data-page-status]", "Your changes are saved.")
        .await?;
    ann.page
        .reads("[data-card][data-last4='1111']", "Dinner")
        .await?;
    focus_rests_on(ann, "[data-action=change]").await?;

    shop.press_at("1111", "delete").await?;
    ann.wallet().press("delete-confirm").await?;
    shop.lists(&["4444"]).await?;
    ann.page
        .find("[data-last4='4444'] [data-badge=default]")
        .await
        .map(drop)
}

async fn a_card_the_bank_refuses_says_so_and_the_next_one_saves(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    shop.try_card(DECLINED).await?;
    let words = ann.form().refusal().await?;
    ensure(words.contains("declined by its bank"), || {
        format!("the form says {words:?}")
    })?;
    shop.type_card(VISA).await?;
    ann.form().save().await?;
    shop.lists(&["1111"]).await
}

async fn the_same_card_twice_is_said_and_kept_once(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    shop.save_card(VISA).await?;
    shop.try_card(VISA).await?;
    let words = ann.form().refusal().await?;
    ensure(words.contains("in this wallet already"), || {
        format!("the form says {words:?}")
    })?;
    shop.lists(&["1111"]).await
}

/// How many cards Braintree's fields sent off.
async fn tokenized(ann: &Person<'_>) -> Step<usize> {
    let calls = ann.gateway.of("tickets").requests().await?;
    let field = |call: &&serde_json::Value| call.to_string().contains("tokenizeCreditCard(");
    Ok(calls.iter().filter(field).count())
}

async fn an_unfinished_card_is_marked_and_not_sent(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    let before = tokenized(ann).await?;
    ann.wallet().press("add").await?;
    ann.form().reaches(&["ready"]).await?;
    shop.type_field("number", "4111 1111").await?;
    ann.form().save().await?;
    ann.page
        .reads("#error-number", "Please enter the card number.")
        .await?;
    let words = ann.page.read("#status, #card-entry").await?;
    ensure(words.contains("Braintree"), || {
        format!("the form says {words:?}")
    })?;
    let after = tokenized(ann).await?;
    ensure(after == before, || "half a card was sent off".to_owned())
}

async fn a_vault_that_is_away_keeps_nothing(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    ann.wallet().press("add").await?;
    shop.type_card(VISA).await?;
    let gateway = ann.gateway.of("tickets");
    // The browser's own call passes; the server's fails.
    let away =
        json!({"on": "braintree", "do": "graphql_status", "status": 503, "skip": 1, "times": 20});
    gateway.fault(away).await?;
    ann.form().save().await?;
    let words = ann.form().refusal().await?;
    ensure(
        words.contains("not saved") || words.contains("couldn’t"),
        || format!("the form says {words:?}"),
    )?;
    gateway.heal().await?;
    ann.page.step_out().await?;
    shop.open("").await?;
    shop.sign_in("Ned Flanders").await?;
    ann.wallet().is_empty().await
}

/// The id of the client who is signed in, out of the addresses the page called.
async fn own_id(ann: &Person<'_>) -> Step<String> {
    let sent = sent(&ann.driver.url, &ann.page.driver).await?;
    let id = sent.iter().find_map(|request| {
        let (_, rest) = request.url.split_once("/ticket_evolution/v9/clients/")?;
        rest.split_once('/').map(|(id, _)| id.to_owned())
    });
    id.ok_or_else(|| "the page called for no client".into())
}

async fn another_client_s_cards_are_nobody_else_s(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    shop.save_card(VISA).await?;
    let ned = own_id(ann).await?;
    for (method, rest) in [
        (Method::GET, "credit_cards"),
        (Method::DELETE, "credit_cards/1"),
        (Method::POST, "braintree_client_token"),
    ] {
        let path = format!("{ned}/{rest}");
        let status = shop.as_another(method, &path).await?;
        ensure(status == 404, || format!("{path} answers {status}"))?;
    }
    shop.lists(&["1111"]).await
}

async fn no_digit_reaches_the_shop_or_the_wallet_server(ann: &Person<'_>) -> Step {
    let shop = Shop::enter(ann).await?;
    shop.save_card(VISA).await?;
    ann.page.step_out().await?;
    let html = ann
        .page
        .evaluate("return document.documentElement.outerHTML")
        .await?;
    ensure(!html.to_string().contains("41111111"), || {
        "the shop's page has digits".to_owned()
    })?;
    // What reached Braintree: the field's own call has them, and nothing that the wallet server sent.
    let calls = ann.gateway.of("tickets").requests().await?;
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

async fn axe_finds_nothing_at_the_shop(ann: &Person<'_>) -> Step {
    let shop = Shop { person: ann };
    shop.open("").await?;
    axe_outside(ann, "the shop, signed out").await?;
    let shop = Shop::enter(ann).await?;
    shop.save_card(VISA).await?;
    ann.wallet().press("add").await?;
    ann.form().reaches(&["ready"]).await?;
    axe_outside(ann, "the shop with a card and the form").await?;
    ann.driver.prefer_dark(&ann.page.driver).await?;
    axe_outside(ann, "the shop in the dark").await
}

/// A browser paints a frame white whose page is of another colour scheme than its element: light digits would be unseen.
async fn digits_are_seen_in_the_dark(ann: &Person<'_>) -> Step {
    ann.driver.prefer_dark(&ann.page.driver).await?;
    let shop = Shop::enter(ann).await?;
    ann.wallet().press("add").await?;
    ann.form().reaches(&["ready"]).await?;
    shop.type_field("number", "4111").await?;
    let element = "return getComputedStyle(document.querySelector('#number iframe')).colorScheme";
    let element = ann.page.evaluate(element).await?;
    let field = [ann.form().frame, "#number iframe"];
    ann.page.step_into(&field).await?;
    let page = "return getComputedStyle(document.documentElement).colorScheme";
    let page = ann.page.evaluate(page).await?;
    ensure(
        element == "light" && (page == "normal" || page == "light"),
        || format!("the field's element is {element}, its page {page}"),
    )
}

async fn the_shop_fits_a_small_telephone(ann: &Person<'_>) -> Step {
    ann.driver.narrow(&ann.page.driver).await?;
    let shop = Shop::enter(ann).await?;
    shop.save_card(VISA).await?;
    does_not_scroll_sideways(ann, "the shop").await
}
