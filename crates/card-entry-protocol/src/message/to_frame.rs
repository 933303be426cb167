//! What the parent says on the port. Written by the companion, read by the frame.

use serde::{Deserialize, Serialize};

use super::{Attempt, AttemptError, EmptyBody, direction};
use crate::secret::{ClientSecret, StripeAccount};
use crate::settings::ParsedSettings;

direction!(
    /// Parent to frame.
    ToFrame {
        /// The answer to an intent request.
        "intent" => Intent(IntentMessage),
        /// The wallet has the card.
        "saved" => Saved(Saved),
        /// The wallet did not take the card.
        "not_saved" => NotSaved(NotSaved),
        /// The host's own button was pressed.
        "submit" => Submit(EmptyBody),
        /// Settings changed; the whole of them.
        "update" => Update(Box<Update>),
        /// Empty the form.
        "reset" => Reset(EmptyBody),
        /// Put the focus into the first field.
        "focus" => Focus(EmptyBody),
        /// The iframe came into view of the parent's page, or left it.
        "in_view" => InView(InView),
    }
);

/// The answer to an intent request: exactly one of a secret, none, or an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntentReply {
    /// Confirm this one.
    Secret(ClientSecret, Option<StripeAccount>),
    /// This wallet needs none: a bare payment method is what it takes.
    None,
    /// None could be made.
    Error(AttemptError),
}

#[derive(Serialize, Deserialize)]
struct IntentWire {
    attempt: Attempt,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_secret: Option<ClientSecret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stripe_account: Option<StripeAccount>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    none: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<AttemptError>,
}

/// An [`IntentReply`] with the attempt it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "IntentWire", into = "IntentWire")]
pub struct IntentMessage {
    /// The attempt.
    pub attempt: Attempt,
    /// The answer.
    pub reply: IntentReply,
}

impl TryFrom<IntentWire> for IntentMessage {
    type Error = &'static str;
    fn try_from(wire: IntentWire) -> Result<Self, Self::Error> {
        let reply = match (wire.client_secret, wire.none, wire.error) {
            (Some(secret), None, None) => IntentReply::Secret(secret, wire.stripe_account),
            (None, Some(true), None) => IntentReply::None,
            (None, None, Some(error)) => IntentReply::Error(error),
            _ => return Err("not exactly one of client_secret, none and error"),
        };
        Ok(Self {
            attempt: wire.attempt,
            reply,
        })
    }
}

impl From<IntentMessage> for IntentWire {
    fn from(body: IntentMessage) -> Self {
        let mut wire = Self {
            attempt: body.attempt,
            client_secret: None,
            stripe_account: None,
            none: None,
            error: None,
        };
        match body.reply {
            IntentReply::Secret(secret, account) => {
                wire.client_secret = Some(secret);
                wire.stripe_account = account;
            }
            IntentReply::None => wire.none = Some(true),
            IntentReply::Error(error) => wire.error = Some(error),
        }
        wire
    }
}

/// What the parent sees of its iframe: some engines do not tell a frame of another site that it left the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InView {
    /// Enough of it is in view, by [`crate::visibility::Visibility::is_seen`].
    pub visible: bool,
}

/// The wallet has the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The attempt.
    pub attempt: Attempt,
}

/// The wallet did not take the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSaved {
    /// The attempt.
    pub attempt: Attempt,
    /// A stable code; `checking` when the outcome is not known yet.
    pub code: String,
    /// The sentence for the person.
    pub message: String,
    /// Whether the person can try again in the form.
    pub retryable: bool,
}

/// New settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The whole of them, read one by one.
    pub settings: ParsedSettings,
}
