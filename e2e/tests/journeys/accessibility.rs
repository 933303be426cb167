//! Accessibility: keyboard operation, and axe finds no violations in our own nodes.

use e2e::card_form::{CHALLENGED, ChallengeAnswer, EXPIRY, VISA};
use e2e::user::{PASSWORD, User};
use e2e::wait::until;
use e2e::{StepResult, ensure, fail};
use serde_json::Value;
use thirtyfour::Key;

crate::journeys!(
    a_card_can_be_saved_and_deleted_by_keyboard,
    axe_finds_no_violations_on_the_booking_page_and_in_the_frame,
    axe_finds_no_violations_in_the_dark_scheme,
    axe_finds_no_violations_in_a_right_to_left_locale,
    the_booking_page_does_not_scroll_sideways_at_320_pixels,
);

/// Waits until an element of the top frame that matches has the focus.
pub async fn focus_rests_on(ann: &User<'_>, selector: &str) -> StepResult {
    ann.page.leave_frames().await?;
    until(&format!("the focus on {selector}"), || async {
        let script = format!("return document.activeElement?.matches({selector:?}) ?? false");
        Ok((ann.page.evaluate(&script).await? == true).then_some(()))
    })
    .await
}

/// Presses Tab until a matching element of the top frame has the focus; with an empty selector, until a frame has it.
async fn tab_to(ann: &User<'_>, selector: &str) -> StepResult {
    ann.page.leave_frames().await?;
    for _ in 0..60 {
        let script = format!("return document.activeElement?.matches({selector:?}) ?? false");
        if ann.page.evaluate(&script).await? == true {
            return Ok(());
        }
        ann.page.type_key(Key::Tab).await?;
    }
    fail(format!("Tab never reaches {selector}"))
}

/// Whether this field of the form has the focus.
async fn is_in(ann: &User<'_>, field: &str) -> StepResult<bool> {
    let script = format!("return document.activeElement?.closest('#{field}') !== null");
    Ok(ann.page.evaluate(&script).await? == true)
}

/// Presses Tab until this field of the form has the focus.
async fn tab_into(ann: &User<'_>, field: &str) -> StepResult {
    for _ in 0..6 {
        if is_in(ann, field).await? {
            return Ok(());
        }
        ann.page.type_key(Key::Tab).await?;
    }
    fail(format!("Tab never reaches the {field}"))
}

async fn a_card_can_be_saved_and_deleted_by_keyboard(ann: &User<'_>) -> StepResult {
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
    ann.wallet().wait_empty().await?;
    tab_to(ann, "[data-action=add]").await?;
    ann.page.type_key(Key::Enter).await?;
    ann.form().wait_state(&["ready"]).await?;

    tab_to(ann, "[data-card-entry] iframe").await?;
    ann.form().enter().await?;
    tab_into(ann, "number").await?;
    // A complete field moves the focus to the next one.
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
    ann.wallet().wait_listed("4242").await?;

    tab_to(ann, "[data-action=delete]").await?;
    ann.page.type_key(Key::Enter).await?;
    ann.page.find("[data-action=delete-confirm]").await?;
    tab_to(ann, "[data-action=delete-confirm]").await?;
    ann.page.type_key(Key::Enter).await?;
    ann.wallet().wait_empty().await
}

/// Runs axe in the current frame over our own nodes, without Stripe's iframes.
async fn axe(ann: &User<'_>, place: &str, rules: &str) -> StepResult {
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

/// Runs axe on the page without the form.
pub async fn axe_outside(ann: &User<'_>, place: &str) -> StepResult {
    ann.page.leave_frames().await?;
    axe(ann, place, "{}").await
}

/// Runs axe in the frame. The frame is transparent, so contrast is measured against the page's color. The rule about a page heading
/// does not apply.
pub async fn axe_inside(ann: &User<'_>, place: &str) -> StepResult {
    ann.page.leave_frames().await?;
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

async fn axe_in_every_state(ann: &User<'_>, path: &str) -> StepResult {
    ann.page
        .visit(&format!("{}{path}", ann.system.booking))
        .await?;
    ann.page.find("#sign-up").await?;
    axe_outside(ann, "signed out").await?;
    ann.sign_up_at(path).await?;
    ann.wallet().wait_empty().await?;
    axe_outside(ann, "the empty wallet").await?;
    ann.wallet().click("add").await?;
    ann.form().wait_state(&["ready"]).await?;
    axe_inside(ann, "the form").await?;
    axe_outside(ann, "the page around the form").await?;
    ann.form().save().await?;
    ann.page.read("#error-number, #alert").await?;
    axe_inside(ann, "the form with an error").await?;
    ann.form().type_card(VISA).await?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4242").await?;
    axe_outside(ann, "the wallet").await?;
    ann.wallet().click("delete").await?;
    ann.page.find("[data-action=delete-confirm]").await?;
    axe_outside(ann, "the delete question").await
}

async fn axe_finds_no_violations_on_the_booking_page_and_in_the_frame(
    ann: &User<'_>,
) -> StepResult {
    axe_in_every_state(ann, "/").await
}

async fn axe_finds_no_violations_in_the_dark_scheme(ann: &User<'_>) -> StepResult {
    ann.driver.prefer_dark(&ann.page.driver).await?;
    axe_in_every_state(ann, "/").await
}

async fn axe_finds_no_violations_in_a_right_to_left_locale(ann: &User<'_>) -> StepResult {
    axe_in_every_state(ann, "/?locale=ar").await
}

pub async fn does_not_scroll_sideways(ann: &User<'_>, place: &str) -> StepResult {
    ann.page.leave_frames().await?;
    let script =
        "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
    let over = ann.page.evaluate(script).await?;
    ensure(over == 0, || {
        format!("{place} is {over} pixels wider than the screen")
    })
}

async fn the_booking_page_does_not_scroll_sideways_at_320_pixels(ann: &User<'_>) -> StepResult {
    ann.driver.narrow(&ann.page.driver).await?;
    ann.sign_up().await?;
    does_not_scroll_sideways(ann, "the empty wallet").await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().wait_state(&["challenge"]).await?;
    does_not_scroll_sideways(ann, "the page around the bank's window").await?;
    ann.form()
        .answer_challenge(ChallengeAnswer::Complete)
        .await?;
    ann.wallet().wait_listed("3155").await?;
    does_not_scroll_sideways(ann, "the wallet").await
}
