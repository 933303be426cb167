//! BokaMera: payments on Stripe's page and in the salon's page, and their failures.

use e2e::card_form::{CardInput, VISA};
use e2e::salon_page::SalonPage;
use e2e::user::User;
use e2e::{StepResult, ensure};
use serde_json::json;

use crate::accessibility::{axe_outside, does_not_scroll_sideways, focus_rests_on};

crate::journeys!(
    a_payment_on_stripes_page_is_confirmed_after_the_return,
    a_return_without_payment_says_that_nothing_was_charged,
    an_embedded_payment_is_confirmed,
    a_declined_card_can_be_replaced,
    a_newer_checkout_expires_the_older_one,
    an_expired_payment_can_be_started_again,
    paying_without_a_choice_shows_an_error,
    a_cancel_url_with_embedded_is_refused,
    an_unknown_checkout_session_is_not_found,
    axe_finds_no_violations_on_the_salon_page,
);

const DECLINED: CardInput = CardInput {
    number: "4000000000000002",
    cvc: "123",
};

async fn a_payment_on_stripes_page_is_confirmed_after_the_return(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    salon.open_payment_page().await?;
    salon.pay_with(VISA).await?;
    salon.wait_state("complete").await?;
    ann.page
        .wait_text("[data-checkout-status]", "Your payment is complete")
        .await?;
    ann.page
        .wait_text("[data-checkout-email]", &ann.email)
        .await?;
    ann.page.click("[data-action=another]").await?;
    ann.page.find("#choice-title").await?;
    ann.page.wait_text("[data-total]", "0 kr").await.map(drop)
}

async fn a_return_without_payment_says_that_nothing_was_charged(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    salon.open_payment_page().await?;
    ann.page.click("#back").await?;
    ann.page
        .wait_text("[data-page-status]", "Nothing was charged")
        .await?;
    ann.page.wait_text("[data-total]", "495 kr").await.map(drop)
}

async fn an_embedded_payment_is_confirmed(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    salon.open_form().await?;
    salon.pay_with(VISA).await?;
    salon.wait_state("complete").await?;
    focus_rests_on(ann, "[data-checkout-status]").await?;
    let frames = ann.page.count("iframe[name=embedded-checkout]").await?;
    ensure(frames == 0, || "the form stayed behind".to_owned())?;
    // A second form in the same page, after the first was removed.
    ann.page.click("[data-action=another]").await?;
    ann.page.click("[data-treatment='103']").await?;
    salon.open_form().await?;
    salon.pay_with(VISA).await?;
    salon.wait_state("complete").await
}

async fn a_declined_card_can_be_replaced(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    salon.open_form().await?;
    salon.pay_with(DECLINED).await?;
    ann.page.wait_text("#alert", "declined").await?;
    salon.pay_with(VISA).await?;
    salon.wait_state("complete").await
}

async fn a_newer_checkout_expires_the_older_one(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    let first = salon.open_payment_page().await?;
    ann.page.click("#back").await?;
    salon.open_form().await?;
    ann.page.visit(&first).await?;
    ann.page.find("#checkout[data-state=expired]").await?;
    let session = first.rsplit('/').next().unwrap_or_default().to_owned();
    let session = session.split(['?', '#']).next().unwrap_or_default();
    let back = format!("{}/bokamera.html?session={session}", ann.system.booking);
    ann.page.visit(&back).await?;
    salon.wait_state("expired").await
}

async fn an_expired_payment_can_be_started_again(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    let first = salon.open_payment_page().await?;
    ann.page.click("#back").await?;
    let reference = salon.reference().await?;
    let (status, body) = salon
        .call(json!({"InternalReferenceId": reference}))
        .await?;
    ensure(status == 200, || format!("{status} {body}"))?;
    let session = first.rsplit('/').next().unwrap_or_default().to_owned();
    let session = session.split(['?', '#']).next().unwrap_or_default();
    let back = format!("{}/bokamera.html?session={session}", ann.system.booking);
    ann.page.visit(&back).await?;
    salon.wait_state("expired").await?;
    ann.page
        .wait_text("[data-checkout-status]", "Nothing was charged")
        .await?;
    ann.page
        .click("[data-checkout] [data-action=again]")
        .await?;
    ann.page.wait_text("[data-total]", "495 kr").await?;
    salon.open_form().await?;
    salon.pay_with(VISA).await?;
    salon.wait_state("complete").await
}

async fn paying_without_a_choice_shows_an_error(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    salon.open().await?;
    ann.page.click("[data-treatment='101']").await?;
    ann.page.click("[data-action=pay-here]").await?;
    ann.page
        .wait_text("[data-choice-alert]", "choose a treatment")
        .await
        .map(drop)
}

async fn a_cancel_url_with_embedded_is_refused(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    let cancel = format!("{}/bokamera.html", ann.system.booking);
    let (status, body) = salon
        .call(json!({"UiMode": "embedded", "CancelUrl": cancel}))
        .await?;
    let said = body.pointer("/ResponseStatus/Message");
    let wanted = "CancelUrl is not allowed when UiMode is embedded.";
    ensure(
        status == 400 && said.and_then(|said| said.as_str()) == Some(wanted),
        || format!("{status} {body}"),
    )
}

/// A return with a manipulated session id must reveal nothing about another company's payment.
async fn an_unknown_checkout_session_is_not_found(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    let booking = &ann.system.booking;
    let back = format!("{booking}/bokamera.html?session=cs_test_a1b2c3d4e5f6g7h8i9");
    ann.page.visit(&back).await?;
    salon.wait_state("stopped").await?;
    ann.page
        .wait_text("[data-checkout]", "We can’t find this payment.")
        .await
        .map(drop)
}

async fn axe_finds_no_violations_on_the_salon_page(ann: &User<'_>) -> StepResult {
    let salon = SalonPage { user: ann };
    ann.driver.narrow(&ann.page.driver).await?;
    salon.open().await?;
    axe_outside(ann, "the salon").await?;
    does_not_scroll_sideways(ann, "the salon").await?;
    salon.open_form().await?;
    ann.page.leave_frames().await?;
    axe_outside(ann, "the salon").await?;
    does_not_scroll_sideways(ann, "the salon").await
}
