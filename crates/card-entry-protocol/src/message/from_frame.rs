//! The messages that the frame sends on the port, and the bodies that have no file of their own.
//!
//! The frame writes them. The companion reads them and must never trust them: the server reads the card again from the
//! gateway.

use serde::{Deserialize, Serialize};

use super::{
    Attempt, AttemptResult, FailureReport, FieldError, FieldEvent, Log, NotSubmitted,
    UnusableReport, direction,
};
use crate::card::Brand;

direction!(
    /// A message from frame to parent.
    ///
    /// ```
    /// use card_entry_protocol::message::{FromFrame, Height};
    ///
    /// let body = serde_json::json!({"height": 412});
    /// let message = FromFrame::read("height", &body)?;
    /// assert_eq!(message, Some(FromFrame::Height(Height { height: 412 })));
    ///
    /// // A type that this version does not know is ignored.
    /// assert_eq!(FromFrame::read("later", &body)?, None);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    FromFrame {
        /// The card fields have loaded.
        "ready" => Ready(EmptyBody),
        /// The height of the page changed.
        "height" => Height(Height),
        /// The content of a field changed.
        "change" => Change(FormChange),
        /// A field received the focus.
        "focus" => Focus(FieldEvent),
        /// A field lost the focus.
        "blur" => Blur(FieldEvent),
        /// The person pressed Escape in a field.
        "escape" => Escape(FieldEvent),
        /// The frame needs an intent for this attempt.
        "intent_request" => IntentRequest(IntentRequest),
        /// A 3D Secure challenge opened or closed.
        "challenge" => Challenge(Challenge),
        /// The card became a payment method. The frame repeats the message until it gets `saved` or `not_saved`.
        "result" => Result(AttemptResult),
        /// The attempt failed before there was a payment method.
        "failure" => Failure(FailureReport),
        /// The frame cannot work, for the reason of a stable code.
        "unusable" => Unusable(UnusableReport),
        /// A line for the host's log.
        "log" => Log(Log),
        /// The person or the host submitted the form, and no attempt began.
        "not_submitted" => NotSubmitted(NotSubmitted),
        /// The card networks of the typed number changed.
        "networks_change" => NetworksChange(NetworksChange),
        /// The frame is out of view, or cannot take the focus: the parent scrolls to its iframe.
        "needs_view" => NeedsView(NeedsView),
    }
);

/// A message body without fields, `{}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptyBody {}

/// The height that the frame's page needs, body of `height`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Height {
    /// The height in CSS pixels, rounded up.
    pub height: u32,
}

/// The state of the card fields without their content, body of `change`. The fields are those of Stripe's change event.
/// See <https://docs.stripe.com/js/element/events/on_change>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormChange {
    /// Whether every field is complete and valid.
    pub complete: bool,
    /// Whether every field is empty.
    pub empty: bool,
    /// The card brand, once it is known from the first digits.
    #[serde(default)]
    pub brand: Option<Brand>,
    /// The field error that was shown last.
    #[serde(default)]
    pub error: Option<FieldError>,
}

/// The card networks of the typed number, body of `networks_change`. If there is more than one, the person chooses in the
/// card field. See <https://docs.stripe.com/js/element/events/on_networkschange>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworksChange {
    /// The networks; empty while none is known.
    pub networks: Vec<Brand>,
}

/// Requests the client secret of an intent, body of `intent_request`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentRequest {
    /// The attempt that needs the intent.
    pub attempt: Attempt,
}

/// A 3D Secure challenge opened or closed, body of `challenge`. While it is open, the parent gives the iframe at least
/// 400 x 600 CSS pixels and does not shrink it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Whether the challenge is open now.
    pub open: bool,
}

/// Asks the parent to scroll its iframe into view, body of `needs_view`. A frame of another site cannot do that itself in
/// every browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsView {
    /// Whether the iframe should also receive the focus, because a field has the focus in the frame's document.
    pub focus: bool,
}
