//! Every decline: its message, and nothing is saved.

use e2e::card_form::{CardInput, VISA};
use e2e::user::User;
use e2e::{StepResult, ensure};

crate::journeys!(
    each_decline_has_its_message_and_saves_nothing,
    a_declined_card_leaves_the_form_usable,
);

const fn card(number: &'static str) -> CardInput {
    CardInput { number, cvc: "123" }
}

const GENERIC: &str =
    "Your bank didn’t accept this card. Please use another card, or ask your bank.";

/// The declines of <https://docs.stripe.com/testing#declined-payments> at setup, and their messages.
const DECLINES: [(CardInput, &str); 8] = [
    (card("4000000000000002"), GENERIC),
    (card("4000000000009987"), GENERIC), // lost
    (card("4000000000009979"), GENERIC), // stolen
    (
        card("4000000000009995"),
        "This card doesn’t have enough funds. Please use another card.",
    ),
    (
        card("4000000000006975"),
        "This card has reached its limit. Please use another card.",
    ),
    (
        card("4000000000000069"),
        "This card has expired. Please use another card.",
    ),
    (
        card("4000000000000127"),
        "The security code doesn’t match. Please check it and try again.",
    ),
    (
        card("4000000000000119"),
        "The bank couldn’t answer just now. Please try again in a moment.",
    ),
];

async fn each_decline_has_its_message_and_saves_nothing(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet().click("add").await?;
    for (card, sentence) in DECLINES {
        ann.form().type_card(card).await?;
        ann.form().save().await?;
        ann.page
            .wait_text("#alert", sentence)
            .await
            .map_err(|error| format!("{}: {error}", card.number))?;
        let said = ann.form().error_message().await?;
        ensure(said == sentence, || {
            format!("{}: the form says {said:?}", card.number)
        })?;
    }
    ensure(ann.card_ids().await?.is_empty(), || {
        "a declined card was saved".to_owned()
    })
}

async fn a_declined_card_leaves_the_form_usable(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.try_card(card("4000000000000002")).await?;
    ann.form().error_message().await?;
    ann.form().type_card(VISA).await?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4242").await.map(drop)
}
