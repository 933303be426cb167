//! The messages that the parent sends on the port. The companion writes them, the frame reads them.
//!
//! A message must never carry a client secret that was not requested by an `intent_request`.

use serde::{Deserialize, Serialize};

use super::{Attempt, AttemptError, EmptyBody, direction};
use crate::secret::{ClientSecret, StripeAccount};
use crate::settings::ParsedSettings;

direction!(
    /// A message from parent to frame.
    ///
    /// ```
    /// use card_entry_protocol::message::{Attempt, Saved, ToFrame};
    ///
    /// let message = ToFrame::Saved(Saved { attempt: Attempt(1) });
    /// assert_eq!(message.kind(), "saved");
    /// let body = message.write(serde_json::value::Serializer)?;
    /// assert_eq!(body, serde_json::json!({"attempt": 1}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ToFrame {
        /// The reply to an `intent_request`.
        "intent" => Intent(IntentMessage),
        /// The wallet saved the card.
        "saved" => Saved(Saved),
        /// The wallet did not save the card, or the outcome is not known yet.
        "not_saved" => NotSaved(NotSaved),
        /// The person pressed the host's own button.
        "submit" => Submit(EmptyBody),
        /// The host changed its settings. The message contains all of them.
        "update" => Update(Box<Update>),
        /// Empties the form for another card.
        "reset" => Reset(EmptyBody),
        /// Focuses the first field of the form.
        "focus" => Focus(EmptyBody),
        /// The iframe came into view of the parent page, or left it.
        "in_view" => InView(InView),
    }
);

/// The reply to an `intent_request`: exactly one of a client secret, none, or an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntentReply {
    /// The client secret of the intent to confirm, and the connected account that owns the intent.
    Secret(ClientSecret, Option<StripeAccount>),
    /// The wallet needs no intent: it saves an unconfirmed payment method.
    None,
    /// The server could not create an intent.
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

/// An [`IntentReply`] with its attempt, body of `intent`. On the wire it has one of the fields `client_secret`, `none` and
/// `error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "IntentWire", into = "IntentWire")]
pub struct IntentMessage {
    /// The attempt of the `intent_request`.
    pub attempt: Attempt,
    /// The client secret, none, or an error.
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

/// Whether the parent's iframe is in view, body of `in_view`. Some browser engines do not tell a frame of another site that
/// it left the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InView {
    /// Whether enough of it is in view, by [`crate::visibility::Visibility::is_seen`].
    pub visible: bool,
}

/// The wallet saved the card, body of `saved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The attempt of the `result` message.
    pub attempt: Attempt,
}

/// The wallet did not save the card, or the outcome is not known yet; body of `not_saved`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSaved {
    /// The attempt of the `result` message.
    pub attempt: Attempt,
    /// A stable error code; `checking` when the outcome is not known yet.
    pub code: String,
    /// The sentence for the person.
    pub message: String,
    /// Whether the person can try again in the form.
    pub retryable: bool,
}

/// The host's new settings, body of `update`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// All settings. An invalid setting is ignored and the others are used.
    pub settings: ParsedSettings,
}
