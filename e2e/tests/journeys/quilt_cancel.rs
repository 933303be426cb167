//! Quilt: cancelling a payment in each of its states. A cancelled payment must never charge or save a card.

use e2e::point_of_sale::PointOfSale;
use e2e::user::User;
use e2e::{StepResult, ensure};
use serde_json::{Value, json};

crate::journeys!(
    cancel_works_while_a_card_is_awaited,
    cancel_works_while_the_reader_connects,
    cancel_works_while_the_card_is_charged,
    cancel_works_after_a_decline,
);

/// Cancels in a state that the fault prolongs.
async fn cancels(pos: &PointOfSale<'_>, fault: Value, at: &str) -> StepResult {
    pos.open().await?;
    pos.user.sandbox.fault(fault).await?;
    pos.click("take").await?;
    pos.wait_state(at).await?;
    pos.click("cancel").await?;
    pos.wait_state("canceled").await?;
    pos.wait_text("Nothing was charged").await?;
    let cards = pos.cards().await?;
    ensure(cards.is_empty(), || format!("kept: {cards:?}"))
}

async fn cancel_works_while_a_card_is_awaited(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    cancels(
        &pos,
        json!({"on": "terminal", "do": "never_presented"}),
        "waiting",
    )
    .await?;
    // The next sale works.
    mia.sandbox.clear_faults().await?;
    pos.sell("visa").await
}

async fn cancel_works_while_the_reader_connects(mia: &User<'_>) -> StepResult {
    let fault = json!({
        "on": "terminal", "do": "slow", "ms": 8000, "path": "/sandbox/terminal/connect"
    });
    cancels(&PointOfSale::new(mia), fault, "connecting").await
}

async fn cancel_works_while_the_card_is_charged(mia: &User<'_>) -> StepResult {
    let fault = json!({
        "on": "terminal", "do": "slow", "ms": 3000, "path": "/sandbox/terminal/process"
    });
    let pos = PointOfSale::new(mia);
    cancels(&pos, fault, "processing").await?;
    let released =
        |path: &str| path.starts_with("/v1/payment_intents/") && path.ends_with("/cancel");
    let count = pos.sandbox().count("POST", released).await?;
    ensure(count > 0, || "the bank still holds the money".to_owned())
}

async fn cancel_works_after_a_decline(mia: &User<'_>) -> StepResult {
    let pos = PointOfSale::new(mia);
    pos.open().await?;
    pos.select_card("charge_declined").await?;
    pos.click("take").await?;
    pos.wait_state("failed").await?;
    pos.click("cancel").await?;
    pos.wait_state("canceled").await
}
