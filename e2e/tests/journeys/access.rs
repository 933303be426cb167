//! For everyone: the keyboard alone is enough, and axe finds nothing in our own nodes.

use e2e::card_form::{Bank, CHALLENGED, EXPIRY, VISA};
use e2e::person::{PASSWORD, Person};
use e2e::wait::until;
use e2e::{Step, ensure, fail};
use serde_json::Value;
use thirtyfour::Key;

crate::journeys!(
    the_keyboard_alone_saves_and_deletes_a_card,
    axe_finds_nothing_on_the_booking_page_and_in_the_frame,
    axe_finds_nothing_in_the_dark,
    axe_finds_nothing_from_right_to_left,
    nothing_scrolls_sideways_on_a_small_telephone,
);

/// Waits until the focus is on an element of the top page that matches.
pub async fn focus_rests_on(ann: &Person<'_>, selector: &str) -> Step {
    ann.page.step_out().await?;
    until(&format!("the focus on {selector}"), || async {
        let script = format!("return document.activeElement?.matches({selector:?}) ?? false");
        Ok((ann.page.evaluate(&script).await? == true).then_some(()))
    })
    .await
}

/// Presses Tab until the focus is on an element of the top page that matches, or inside a frame when none is asked.
async fn tab_to(ann: &Person<'_>, selector: &str) -> Step {
    ann.page.step_out().await?;
    for _ in 0..60 {
        let script = format!("return document.activeElement?.matches({selector:?}) ?? false");
        if ann.page.evaluate(&script).await? == true {
            return Ok(());
        }
        ann.page.type_key(Key::Tab).await?;
    }
    fail(format!("Tab never reaches {selector}"))
}

/// Whether the focus is in this field of the form.
async fn is_in(ann: &Person<'_>, field: &str) -> Step<bool> {
    let script = format!("return document.activeElement?.closest('#{field}') !== null");
    Ok(ann.page.evaluate(&script).await? == true)
}

/// Presses Tab until the focus is in this field of the form.
async fn tab_into(ann: &Person<'_>, field: &str) -> Step {
    for _ in 0..6 {
        if is_in(ann, field).await? {
            return Ok(());
        }
        ann.page.type_key(Key::Tab).await?;
    }
    fail(format!("Tab never reaches the {field}"))
}

async fn the_keyboard_alone_saves_and_deletes_a_card(ann: &Person<'_>) -> Step {
    ann.page.visit(&format!("{}/", ann.system.booking)).await?;
    ann.page.find("#sign-up").await?;
    for (name, text) in [
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("email", ann.email.as_str()),
        ("password", PASSWORD),
    ] {
        tab_to(ann, &format!("#sign-up input[name={name}]")).await?;
        ann.page.type_keys(text).await?;
    }
    ann.page.type_key(Key::Enter).await?;
    ann.wallet().is_empty().await?;
    tab_to(ann, "[data-action=add]").await?;
    ann.page.type_key(Key::Enter).await?;
    ann.form().reaches(&["ready"]).await?;

    tab_to(ann, "[data-card-entry] iframe").await?;
    ann.form().enter().await?;
    tab_into(ann, "number").await?;
    // A finished field hands the focus on by itself, as people know it.
    for (field, digits) in [
        ("number", VISA.number),
        ("expiry", EXPIRY),
        ("cvc", VISA.cvc),
    ] {
        until(&format!("the focus in {field}"), || async {
            Ok(is_in(ann, field).await?.then_some(()))
        })
        .await?;
        ann.page.type_keys(digits).await?;
    }
    for _ in 0..8 {
        if ann
            .page
            .evaluate("return document.activeElement?.id === 'save'")
            .await?
            == true
        {
            break;
        }
        ann.page.type_key(Key::Tab).await?;
    }
    ann.page.type_key(Key::Enter).await?;
    ann.wallet().lists("4242").await?;

    tab_to(ann, "[data-action=delete]").await?;
    ann.page.type_key(Key::Enter).await?;
    ann.page.find("[data-action=delete-confirm]").await?;
    tab_to(ann, "[data-action=delete-confirm]").await?;
    ann.page.type_key(Key::Enter).await?;
    ann.wallet().is_empty().await
}

/// Runs axe in the frame stepped into, over our own nodes only: what is inside Stripe's iframes is Stripe's.
async fn axe(ann: &Person<'_>, place: &str, rules: &str) -> Step {
    let file = std::env::var("CARD_ENTRY_AXE").map_err(|_| "CARD_ENTRY_AXE names no axe-core")?;
    let source = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    ann.page.driver.execute(source, vec![]).await?;
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, {iframes: false, resultTypes: ['violations'], rules: RULES}).then(
            found => done({violations: found.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')), passes: found.passes.length}),
            error => done({violations: [String(error)], passes: 0}))"
        .replace("RULES", rules);
    let found = ann
        .page
        .driver
        .execute_async(script, vec![])
        .await?
        .json()
        .clone();
    let passes = found
        .get("passes")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    ensure(passes > 5, || {
        format!("{place}: axe looked at almost nothing")
    })?;
    let violations = found
        .get("violations")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    ensure(violations.is_empty(), || {
        format!("{place}: {violations:#?}")
    })
}

/// Runs axe on the page around the form.
pub async fn axe_outside(ann: &Person<'_>, place: &str) -> Step {
    ann.page.step_out().await?;
    axe(ann, place, "{}").await
}

/// Runs axe in the frame. It is see-through, so it is measured on the colour that lies behind it; and the heading of the
/// page is the booking page's to have.
pub async fn axe_inside(ann: &Person<'_>, place: &str) -> Step {
    ann.page.step_out().await?;
    let script = "for (let node = document.querySelector('[data-card-entry] iframe'); node; node = node.parentElement) {
            const colour = getComputedStyle(node).backgroundColor;
            if (!/^rgba\\(.*, 0\\)$|^transparent$/.test(colour)) return colour;
        }
        return 'white'";
    let behind = ann.page.evaluate(script).await?;
    ann.form().enter().await?;
    ann.page
        .evaluate(&format!(
            "document.documentElement.style.background = {behind}; return 0"
        ))
        .await?;
    axe(ann, place, "{'page-has-heading-one': {enabled: false}}").await
}

async fn axe_in_every_state(ann: &Person<'_>, path: &str) -> Step {
    ann.page
        .visit(&format!("{}{path}", ann.system.booking))
        .await?;
    ann.page.find("#sign-up").await?;
    axe_outside(ann, "signed out").await?;
    ann.sign_up_at(path).await?;
    ann.wallet().is_empty().await?;
    axe_outside(ann, "the empty wallet").await?;
    ann.wallet().press("add").await?;
    ann.form().reaches(&["ready"]).await?;
    axe_inside(ann, "the form").await?;
    axe_outside(ann, "the page around the form").await?;
    ann.form().save().await?;
    ann.page.read("#error-number, #alert").await?;
    axe_inside(ann, "the form with an error").await?;
    ann.form().type_card(VISA).await?;
    ann.form().save().await?;
    ann.wallet().lists("4242").await?;
    axe_outside(ann, "the wallet").await?;
    ann.wallet().press("delete").await?;
    ann.page.find("[data-action=delete-confirm]").await?;
    axe_outside(ann, "the delete question").await
}

async fn axe_finds_nothing_on_the_booking_page_and_in_the_frame(ann: &Person<'_>) -> Step {
    axe_in_every_state(ann, "/").await
}

async fn axe_finds_nothing_in_the_dark(ann: &Person<'_>) -> Step {
    ann.driver.prefer_dark(&ann.page.driver).await?;
    axe_in_every_state(ann, "/").await
}

async fn axe_finds_nothing_from_right_to_left(ann: &Person<'_>) -> Step {
    axe_in_every_state(ann, "/?locale=ar").await
}

pub async fn does_not_scroll_sideways(ann: &Person<'_>, place: &str) -> Step {
    ann.page.step_out().await?;
    let script =
        "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
    let over = ann.page.evaluate(script).await?;
    ensure(over == 0, || {
        format!("{place} is {over} pixels wider than the screen")
    })
}

async fn nothing_scrolls_sideways_on_a_small_telephone(ann: &Person<'_>) -> Step {
    ann.driver.narrow(&ann.page.driver).await?;
    ann.sign_up().await?;
    does_not_scroll_sideways(ann, "the empty wallet").await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().reaches(&["challenge"]).await?;
    does_not_scroll_sideways(ann, "the page around the bank's window").await?;
    ann.form().answer(Bank::Complete).await?;
    ann.wallet().lists("3155").await?;
    does_not_scroll_sideways(ann, "the wallet").await
}
