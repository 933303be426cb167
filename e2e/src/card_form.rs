//! The card form as a person meets it: labels, three fields on another origin, one button, the bank's window.
//!
//! Called by the journeys through [`crate::person::Person`].

use thirtyfour::Key;

use crate::page::Page;
use crate::wait::until;
use crate::{Step, fail};

/// What is typed from a card.
#[derive(Debug, Clone, Copy)]
pub struct TestCard {
    /// The number, digits only. Test numbers: <https://docs.stripe.com/testing>.
    pub number: &'static str,
    pub cvc: &'static str,
}

/// A card that simply works.
pub const VISA: TestCard = TestCard {
    number: "4242424242424242",
    cvc: "123",
};
pub const MASTERCARD: TestCard = TestCard {
    number: "5555555555554444",
    cvc: "123",
};
/// One whose bank asks for a verification at setup.
pub const CHALLENGED: TestCard = TestCard {
    number: "4000002500003155",
    cvc: "123",
};

/// The expiry typed with every card.
pub const EXPIRY: &str = "1234";

/// The one iframe of the companion.
pub const COMPANION: &str = "[data-card-entry] iframe";
/// The iframe of the plain listener's page.
pub const PLAIN: &str = "iframe#card-form";

/// How the bank is answered.
#[derive(Debug, Clone, Copy)]
pub enum Bank {
    /// The person is who they say.
    Complete,
    Fail,
    Close,
}

/// The form inside a host page.
pub struct CardForm {
    pub page: Page,
    /// The selector of its iframe on the host page.
    pub frame: &'static str,
}

impl CardForm {
    /// Steps into the frame.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn enter(&self) -> Step {
        self.page.step_into(&[self.frame]).await
    }

    /// Waits until the form is in a phase.
    ///
    /// # Errors
    /// The phase it is in instead.
    pub async fn reaches(&self, phases: &[&str]) -> Step<String> {
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

    /// The phase of the form now.
    ///
    /// # Errors
    /// The browser's.
    pub async fn phase(&self) -> Step<String> {
        let phase = self
            .page
            .evaluate("return document.querySelector('#card-entry')?.dataset.phase ?? 'none'")
            .await?;
        Ok(phase.as_str().unwrap_or("none").to_owned())
    }

    /// Types one field, replacing what is there.
    ///
    /// # Errors
    /// When the field does not come.
    pub async fn type_field(&self, mount: &str, input: &str, text: &str) -> Step {
        let field = format!("#{mount} iframe");
        self.page.step_into(&[self.frame, &field]).await?;
        let input = self.page.find(&format!("input[name={input}]")).await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys(Key::Backspace + "").await?;
        input.send_keys(text).await?;
        self.enter().await
    }

    /// Types a whole card.
    ///
    /// # Errors
    /// When a field does not come.
    pub async fn type_card(&self, card: TestCard) -> Step {
        self.reaches(&["ready"]).await?;
        self.type_field("number", "cardnumber", card.number).await?;
        self.type_field("expiry", "exp-date", EXPIRY).await?;
        self.type_field("cvc", "cvc", card.cvc).await
    }

    /// Presses Save.
    ///
    /// # Errors
    /// When it cannot be pressed.
    pub async fn save(&self) -> Step {
        self.enter().await?;
        self.page.press("#save").await
    }

    /// Answers the bank's window, when it opens.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn answer(&self, bank: Bank) -> Step {
        let button = match bank {
            Bank::Complete => "#complete",
            Bank::Fail => "#fail",
            Bank::Close => "#close",
        };
        self.reaches(&["challenge"]).await?;
        until(&format!("the bank's {button}"), || async {
            let overlay = ".__PrivateStripeChallenge iframe";
            self.page
                .step_into(&[self.frame, overlay, "#challengeFrame"])
                .await?;
            self.page.press(button).await?;
            Ok(Some(()))
        })
        .await
    }

    /// The refusal the form shows.
    ///
    /// # Errors
    /// When it shows none.
    pub async fn refusal(&self) -> Step<String> {
        self.enter().await?;
        self.page.read("#alert").await
    }
}
