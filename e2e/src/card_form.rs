//! The card form in the browser: three fields on another origin, a save button, the bank's challenge.
//!
//! Called by the journeys through [`crate::user::User`].

use thirtyfour::Key;

use crate::page::Page;
use crate::wait::until;
use crate::{StepResult, fail};

/// The values typed for a card.
#[derive(Debug, Clone, Copy)]
pub struct CardInput {
    /// Digits only. Test numbers: <https://docs.stripe.com/testing>.
    pub number: &'static str,
    pub cvc: &'static str,
}

/// Succeeds without a challenge.
pub const VISA: CardInput = CardInput {
    number: "4242424242424242",
    cvc: "123",
};
pub const MASTERCARD: CardInput = CardInput {
    number: "5555555555554444",
    cvc: "123",
};
/// Requires 3-D Secure at setup.
pub const CHALLENGED: CardInput = CardInput {
    number: "4000002500003155",
    cvc: "123",
};

/// Typed with every card.
pub const EXPIRY: &str = "1234";

/// Selector of the companion's iframe.
pub const COMPANION_FRAME: &str = "[data-card-entry] iframe";
/// Selector of the iframe on the plain listener's page.
pub const PLAIN_LISTENER_FRAME: &str = "iframe#card-form";

/// The button pressed in the bank's challenge.
#[derive(Debug, Clone, Copy)]
pub enum ChallengeAnswer {
    Complete,
    Fail,
    Close,
}

/// The form inside a host page.
pub struct CardForm {
    pub page: Page,
    /// Selector of its iframe on the page.
    pub frame: &'static str,
}

impl CardForm {
    /// Enters the frame.
    ///
    /// # Errors
    /// When it does not exist.
    pub async fn enter(&self) -> StepResult {
        self.page.enter_frames(&[self.frame]).await
    }

    /// Waits until the form is in one of the phases.
    ///
    /// # Errors
    /// The actual phase after the timeout.
    pub async fn wait_state(&self, phases: &[&str]) -> StepResult<String> {
        self.enter().await?;
        until(&format!("the form to be {phases:?}"), || async {
            let phase = self.phase().await?;
            if phases.contains(&phase.as_str()) {
                Ok(Some(phase))
            } else {
                fail(format!("it is {phase}"))
            }
        })
        .await
    }

    /// The form's current phase.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn phase(&self) -> StepResult<String> {
        let phase = self
            .page
            .evaluate("return document.querySelector('#card-entry')?.dataset.phase ?? 'none'")
            .await?;
        Ok(phase.as_str().unwrap_or("none").to_owned())
    }

    /// Types into a field, replacing its value.
    ///
    /// # Errors
    /// When the field does not appear.
    pub async fn type_field(&self, mount: &str, input: &str, text: &str) -> StepResult {
        let field = format!("#{mount} iframe");
        self.page.enter_frames(&[self.frame, &field]).await?;
        let input = self.page.find(&format!("input[name={input}]")).await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys(Key::Backspace + "").await?;
        input.send_keys(text).await?;
        self.enter().await
    }

    /// Types number, expiry and CVC.
    ///
    /// # Errors
    /// When a field does not appear.
    pub async fn type_card(&self, card: CardInput) -> StepResult {
        self.wait_state(&["ready"]).await?;
        self.type_field("number", "cardnumber", card.number).await?;
        self.type_field("expiry", "exp-date", EXPIRY).await?;
        self.type_field("cvc", "cvc", card.cvc).await
    }

    /// Clicks the save button.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn save(&self) -> StepResult {
        self.enter().await?;
        self.page.click("#save").await
    }

    /// Answers the bank's challenge.
    ///
    /// # Errors
    /// When no challenge appears.
    pub async fn answer_challenge(&self, bank: ChallengeAnswer) -> StepResult {
        let button = match bank {
            ChallengeAnswer::Complete => "#complete",
            ChallengeAnswer::Fail => "#fail",
            ChallengeAnswer::Close => "#close",
        };
        self.wait_state(&["challenge"]).await?;
        until(&format!("the bank's {button}"), || async {
            let overlay = ".__PrivateStripeChallenge iframe";
            self.page
                .enter_frames(&[self.frame, overlay, "#challengeFrame"])
                .await?;
            self.page.click(button).await?;
            Ok(Some(()))
        })
        .await
    }

    /// The error message that the form shows.
    ///
    /// # Errors
    /// When it shows none.
    pub async fn error_message(&self) -> StepResult<String> {
        self.enter().await?;
        self.page.read("#alert").await
    }
}
