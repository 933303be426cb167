//! BokaMera: a booking paid on Stripe's page and in the salon's, and everything else that can become of it.

use e2e::card_form::{TestCard, VISA};
use e2e::person::Person;
use e2e::salon::Salon;
use e2e::{Step, ensure};
use serde_json::json;

use crate::access::{axe_outside, does_not_scroll_sideways, focus_rests_on};

crate::journeys!(
    paid_on_stripes_page_and_told_on_the_way_back,
    who_turns_back_is_told_that_nothing_was_charged,
    paid_in_the_salons_page,
    a_declined_card_says_so_and_the_next_one_pays,
    a_newer_checkout_ends_the_older_page,
    an_expired_payment_can_be_started_again,
    nothing_chosen_is_said_in_words,
    a_cancel_url_with_embedded_is_refused,
    a_payment_nobody_here_made_is_not_found,
    axe_finds_nothing_at_the_salon,
);

const DECLINED: TestCard = TestCard {
    number: "4000000000000002",
    cvc: "123",
};

async fn paid_on_stripes_page_and_told_on_the_way_back(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    salon.go().await?;
    salon.pay_with(VISA).await?;
    salon.stands("complete").await?;
    ann.page
        .reads("[data-checkout-status]", "Your payment is complete")
        .await?;
    ann.page.reads("[data-checkout-email]", &ann.email).await?;
    ann.page.press("[data-action=another]").await?;
    ann.page.find("#choice-title").await?;
    ann.page.reads("[data-total]", "0 kr").await.map(drop)
}

async fn who_turns_back_is_told_that_nothing_was_charged(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    salon.go().await?;
    ann.page.press("#back").await?;
    ann.page
        .reads("[data-page-status]", "Nothing was charged")
        .await?;
    ann.page.reads("[data-total]", "495 kr").await.map(drop)
}

async fn paid_in_the_salons_page(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    salon.open_form().await?;
    salon.pay_with(VISA).await?;
    salon.stands("complete").await?;
    focus_rests_on(ann, "[data-checkout-status]").await?;
    let frames = ann.page.count("iframe[name=embedded-checkout]").await?;
    ensure(frames == 0, || "the form stayed behind".to_owned())?;
    // A second form in the same page, after the first was taken down.
    ann.page.press("[data-action=another]").await?;
    ann.page.press("[data-treatment='103']").await?;
    salon.open_form().await?;
    salon.pay_with(VISA).await?;
    salon.stands("complete").await
}

async fn a_declined_card_says_so_and_the_next_one_pays(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    salon.open_form().await?;
    salon.pay_with(DECLINED).await?;
    ann.page.reads("#alert", "declined").await?;
    salon.pay_with(VISA).await?;
    salon.stands("complete").await
}

async fn a_newer_checkout_ends_the_older_page(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    let first = salon.go().await?;
    ann.page.press("#back").await?;
    salon.open_form().await?;
    ann.page.visit(&first).await?;
    ann.page.find("#checkout[data-state=expired]").await?;
    let session = first.rsplit('/').next().unwrap_or_default().to_owned();
    let session = session.split(['?', '#']).next().unwrap_or_default();
    let back = format!("{}/bokamera.html?session={session}", ann.system.booking);
    ann.page.visit(&back).await?;
    salon.stands("expired").await
}

async fn an_expired_payment_can_be_started_again(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    let first = salon.go().await?;
    ann.page.press("#back").await?;
    let reference = salon.reference().await?;
    let (status, body) = salon
        .asks(json!({"InternalReferenceId": reference}))
        .await?;
    ensure(status == 200, || format!("{status} {body}"))?;
    let session = first.rsplit('/').next().unwrap_or_default().to_owned();
    let session = session.split(['?', '#']).next().unwrap_or_default();
    let back = format!("{}/bokamera.html?session={session}", ann.system.booking);
    ann.page.visit(&back).await?;
    salon.stands("expired").await?;
    ann.page
        .reads("[data-checkout-status]", "Nothing was charged")
        .await?;
    ann.page
        .press("[data-checkout] [data-action=again]")
        .await?;
    ann.page.reads("[data-total]", "495 kr").await?;
    salon.open_form().await?;
    salon.pay_with(VISA).await?;
    salon.stands("complete").await
}

async fn nothing_chosen_is_said_in_words(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    salon.enter().await?;
    ann.page.press("[data-treatment='101']").await?;
    ann.page.press("[data-action=pay-here]").await?;
    ann.page
        .reads("[data-choice-alert]", "choose a treatment")
        .await
        .map(drop)
}

async fn a_cancel_url_with_embedded_is_refused(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    let cancel = format!("{}/bokamera.html", ann.system.booking);
    let (status, body) = salon
        .asks(json!({"UiMode": "embedded", "CancelUrl": cancel}))
        .await?;
    let said = body.pointer("/ResponseStatus/Message");
    let wanted = "CancelUrl is not allowed when UiMode is embedded.";
    ensure(
        status == 400 && said.and_then(|said| said.as_str()) == Some(wanted),
        || format!("{status} {body}"),
    )
}

/// The way back with an address somebody changed: nothing is told of a payment that is none of this salon's.
async fn a_payment_nobody_here_made_is_not_found(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    let booking = &ann.system.booking;
    let back = format!("{booking}/bokamera.html?session=cs_test_a1b2c3d4e5f6g7h8i9");
    ann.page.visit(&back).await?;
    salon.stands("stopped").await?;
    ann.page
        .reads("[data-checkout]", "We can’t find this payment.")
        .await
        .map(drop)
}

async fn axe_finds_nothing_at_the_salon(ann: &Person<'_>) -> Step {
    let salon = Salon { person: ann };
    ann.driver.narrow(&ann.page.driver).await?;
    salon.enter().await?;
    axe_outside(ann, "the salon").await?;
    does_not_scroll_sideways(ann, "the salon").await?;
    salon.open_form().await?;
    ann.page.step_out().await?;
    axe_outside(ann, "the salon").await?;
    does_not_scroll_sideways(ann, "the salon").await
}
