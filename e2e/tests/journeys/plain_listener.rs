//! The page without a companion: a plain `message` listener after MyTime's how-to saves a card.

use e2e::card_form::{CardInput, MASTERCARD, VISA};
use e2e::user::User;
use e2e::{StepResult, ensure};

crate::journeys!(
    a_plain_listener_saves_a_card_for_future_usage,
    a_plain_listener_saves_a_card_for_one_off_usage,
    a_plain_listener_receives_declines,
);

async fn saves(ann: &User<'_>, path: &str, card: CardInput) -> StepResult {
    ann.sign_up_at(path).await?;
    ann.plain_listener_form().type_card(card).await?;
    ann.plain_listener_form().save().await?;
    ann.page.leave_frames().await?;
    ann.page
        .wait_text(
            "#wallet [data-card]",
            card.number.get(12..).unwrap_or_default(),
        )
        .await?;
    let (customer, method) = ann.one_card().await?;
    ensure(ann.sandbox.cards_of(&customer).await? == [method], || {
        "the gateway has other cards".to_owned()
    })
}

async fn a_plain_listener_saves_a_card_for_future_usage(ann: &User<'_>) -> StepResult {
    saves(ann, "/legacy.html", VISA).await
}

async fn a_plain_listener_saves_a_card_for_one_off_usage(ann: &User<'_>) -> StepResult {
    saves(ann, "/legacy.html?isForFutureUsage=false", MASTERCARD).await
}

async fn a_plain_listener_receives_declines(ann: &User<'_>) -> StepResult {
    ann.sign_up_at("/legacy.html").await?;
    ann.plain_listener_form()
        .type_card(CardInput {
            number: "4000000000000002",
            cvc: "123",
        })
        .await?;
    ann.plain_listener_form().save().await?;
    ann.page.leave_frames().await?;
    ann.page
        .wait_text("#status", "Your bank didn’t accept this card")
        .await?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "a declined card was saved".to_owned()
    })
}
