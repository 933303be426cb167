//! The page without a companion: a plain listener, as MyTime's how-to writes it, saves a card.

use e2e::card_form::{MASTERCARD, TestCard, VISA};
use e2e::person::Person;
use e2e::{Step, ensure};

crate::journeys!(
    a_plain_listener_saves_a_card_for_future_usage,
    a_plain_listener_saves_a_card_for_one_off_usage,
    a_plain_listener_is_told_of_a_refusal,
);

async fn saves(ann: &Person<'_>, path: &str, card: TestCard) -> Step {
    ann.sign_up_at(path).await?;
    ann.plain_form().type_card(card).await?;
    ann.plain_form().save().await?;
    ann.page.step_out().await?;
    ann.page
        .reads(
            "#wallet [data-card]",
            card.number.get(12..).unwrap_or_default(),
        )
        .await?;
    let (customer, method) = ann.one_card().await?;
    ensure(ann.gateway.cards_of(&customer).await? == [method], || {
        "the gateway has other cards".to_owned()
    })
}

async fn a_plain_listener_saves_a_card_for_future_usage(ann: &Person<'_>) -> Step {
    saves(ann, "/legacy.html", VISA).await
}

async fn a_plain_listener_saves_a_card_for_one_off_usage(ann: &Person<'_>) -> Step {
    saves(ann, "/legacy.html?isForFutureUsage=false", MASTERCARD).await
}

async fn a_plain_listener_is_told_of_a_refusal(ann: &Person<'_>) -> Step {
    ann.sign_up_at("/legacy.html").await?;
    ann.plain_form()
        .type_card(TestCard {
            number: "4000000000000002",
            cvc: "123",
        })
        .await?;
    ann.plain_form().save().await?;
    ann.page.step_out().await?;
    ann.page
        .reads("#status", "Your bank didn’t accept this card")
        .await?;
    ensure(ann.card_ids().await?.is_empty(), || {
        "a declined card was saved".to_owned()
    })
}
