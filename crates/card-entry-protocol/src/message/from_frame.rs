//! What the frame says on the port. Written by the frame, read by the companion, which trusts none of it.

use serde::{Deserialize, Serialize};

use super::{Attempt, ConsentProof, direction};
use crate::card::{Brand, CardDetails, PaymentMethodId};
use crate::code::FrameErrorCode;
use crate::settings::IgnoredSetting;

direction!(
    /// Frame to parent.
    FromFrame {
        /// The fields can be used.
        "ready" => Ready(EmptyBody),
        /// The page's height changed.
        "height" => Height(Height),
        /// What is typed changed.
        "change" => Change(FormChange),
        /// A field got the focus.
        "focus" => Focus(FieldEvent),
        /// A field lost the focus.
        "blur" => Blur(FieldEvent),
        /// Escape was pressed in a field.
        "escape" => Escape(FieldEvent),
        /// The frame wants an intent for this attempt.
        "intent_request" => IntentRequest(IntentRequest),
        /// 3DS opened or closed.
        "challenge" => Challenge(Challenge),
        /// The card became a payment method; repeated until `saved` or `not_saved` answers.
        "result" => Result(CardResult),
        /// The attempt failed before there was anything to save.
        "failure" => Failure(FailureReport),
        /// The frame cannot work.
        "unusable" => Unusable(UnusableReport),
        /// Something worth a line in the host's log.
        "log" => Log(Log),
        /// Save was pressed, by the person or by the host, and no save began.
        "not_submitted" => NotSubmitted(NotSubmitted),
        /// The networks a typed number runs on changed.
        "networks_change" => NetworksChange(NetworksChange),
        /// The frame is out of view, or cannot move the focus into itself: the parent scrolls to its iframe.
        "needs_view" => NeedsView(NeedsView),
    }
);

/// An empty body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptyBody {}

/// The height the page needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Height {
    /// CSS pixels, rounded up.
    pub height: u32,
}

/// What is typed, as far as a parent may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormChange {
    /// Everything could be submitted.
    pub complete: bool,
    /// Nothing is typed.
    pub empty: bool,
    /// The brand, once it shows.
    #[serde(default)]
    pub brand: Option<Brand>,
    /// The field error shown last.
    #[serde(default)]
    pub error: Option<FieldError>,
}

/// An error beside a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Stripe's validation code, such as `incomplete_number`.
    pub code: String,
    /// The sentence beside the field.
    pub message: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// The card number.
    Number,
    /// The expiry.
    Expiry,
    /// The security code.
    Cvc,
    /// All of them in one: the Payment Element.
    Payment,
    /// The name on the card.
    Name,
    /// The postal code.
    PostalCode,
    /// The country.
    Country,
    /// The consent box.
    Consent,
}

impl FieldName {
    /// The name in messages, and of the element's id on the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expiry",
            Self::Cvc => "cvc",
            Self::Payment => "payment",
            Self::Name => "name",
            Self::PostalCode => "postal_code",
            Self::Country => "country",
            Self::Consent => "consent",
        }
    }
}

/// Which field an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldEvent {
    /// The field.
    pub field: FieldName,
}

/// Why a press of Save began no save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotSubmittedReason {
    /// A field is not filled in, or not right.
    Incomplete,
    /// The form cannot be seen.
    Unseen,
    /// The fields are not there yet.
    Loading,
    /// A save is under way.
    Busy,
    /// The card is saved; a reset empties the form for another.
    Saved,
    /// The form cannot work.
    Unusable,
}

impl NotSubmittedReason {
    /// The word in messages and events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::Unseen => "unseen",
            Self::Loading => "loading",
            Self::Busy => "busy",
            Self::Saved => "saved",
            Self::Unusable => "unusable",
        }
    }
}

/// A press of Save that began no save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSubmitted {
    /// Why.
    pub reason: NotSubmittedReason,
    /// The first field that is not filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
}

/// The networks the typed number runs on; of more than one the person chooses in the field itself.
/// See <https://docs.stripe.com/js/element/events/on_networkschange>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworksChange {
    /// Empty while none is known.
    pub networks: Vec<Brand>,
}

/// Asks the parent for an intent's client secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentRequest {
    /// The attempt it is for.
    pub attempt: Attempt,
}

/// 3DS opened or closed: while open the parent gives at least 400 x 600 CSS pixels and never shrinks them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Open now.
    pub open: bool,
}

/// Asks the parent to bring its iframe into view, which a frame of another site cannot do in every engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsView {
    /// A field has the focus in the frame's document, and the iframe should have it in the parent's.
    pub focus: bool,
}

/// The SetupIntent's or PaymentIntent's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentResult {
    /// The intent's id.
    pub id: String,
    /// Its status, as Stripe says it.
    pub status: String,
}

/// A payment method to be saved. A hint, never proof: the server re-reads it from the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardResult {
    /// The attempt.
    pub attempt: Attempt,
    /// The payment method.
    pub id: PaymentMethodId,
    /// What is known of the card.
    pub card: CardDetails,
    /// The confirmed intent; `None` when no secret was given, and then the card is not authenticated.
    #[serde(default)]
    pub setup: Option<IntentResult>,
    /// What the person agreed to, when the host asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentProof>,
}

/// Why an attempt failed, in Stripe's terms and with our sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptError {
    /// Stripe's error type, such as `card_error`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A stable code.
    pub code: String,
    /// The sentence the person reads.
    pub message: String,
    /// The bank's code, left out where it would help a thief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline_code: Option<String>,
    /// The parameter Stripe complains about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

/// An attempt that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureReport {
    /// The attempt.
    pub attempt: Attempt,
    /// Why.
    pub error: AttemptError,
    /// Whether the person can try again in the form.
    pub retryable: bool,
}

/// The frame cannot work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusableReport {
    /// The stable code.
    pub code: FrameErrorCode,
    /// The sentence the person reads.
    pub message: String,
}

/// The fixed list of what the frame logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogEvent {
    /// Stripe.js was loaded again after a failure.
    ScriptRetried,
    /// A message was dropped; the detail is a reason of a fixed list.
    MessageDropped,
    /// An attempt began.
    AttemptStarted,
    /// An attempt ended; the detail is a stable code.
    AttemptEnded,
    /// A card number was typed into another field, and refused.
    NumberInText,
    /// Something on the host page took the frame out of its place. The companion's own line; no frame sends it.
    FrameRemoved,
    /// The companion's: the browser did not bring the iframe into view, or did not give it the focus; the detail says
    /// `scroll` or `focus`.
    ViewRefused,
    /// A setting was ignored; the detail is its name, and what would be right.
    SettingIgnored,
    /// An attribute of the companion's element was ignored; the detail is the same.
    AttributeIgnored,
}

/// A line for the host's log: redacted by construction, since the detail is one of our own stable words, or a name of
/// the page's own with words of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// What happened.
    pub event: LogEvent,
    /// A stable word, never anything typed.
    pub detail: String,
}

impl From<&IgnoredSetting> for Log {
    fn from(fault: &IgnoredSetting) -> Self {
        Self {
            event: LogEvent::SettingIgnored,
            detail: fault.detail(),
        }
    }
}
