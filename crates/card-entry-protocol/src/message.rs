//! What frame and parent say to each other: the handshake, the port's messages, and the plain messages of legacy mode.
//!
//! Each direction is one enum. A message travels as `{v: 1, type, …body}`; [`FromFrame::read`] and [`ToFrame::read`]
//! take the `type` and a deserialiser for the rest, so that the same reading runs on JSON in native tests and on
//! JavaScript values in the browser. Unknown types read as `None` and are ignored.

mod consent;
mod from_frame;
mod handshake;
mod legacy;
mod to_frame;

pub use consent::{ConsentLocale, ConsentProof, ConsentText, UtcTimestamp};
pub use from_frame::{
    AttemptError, CardResult, Challenge, EmptyBody, FailureReport, FieldError, FieldEvent,
    FieldName, FormChange, FromFrame, Height, IntentRequest, IntentResult, Log, LogEvent,
    NeedsView, NetworksChange, NotSubmitted, NotSubmittedReason, UnusableReport,
};
pub use handshake::{Hello, Init};
pub use legacy::LegacyMessage;
pub use to_frame::{InView, IntentMessage, IntentReply, NotSaved, Saved, ToFrame, Update};

use serde::{Deserialize, Serialize};

/// The version of this protocol.
pub const VERSION: u8 = 1;

/// One press of Save, counted from 1 by the frame; every answer names the attempt it answers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Attempt(pub u32);

impl Attempt {
    /// The attempt after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Declares one direction's messages: the enum, each message's `type`, and how its body is read and written.
macro_rules! direction {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $kind:literal => $variant:ident($body:ty)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$vdoc])* $variant($body),)+
        }

        impl $name {
            /// The message's `type`.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $kind,)+
                }
            }

            /// Reads the body of a message of this `type`; `Ok(None)` for a type this version does not know.
            ///
            /// # Errors
            /// The deserialiser's own, when a known type has a body that is not of its form.
            pub fn read<'de, D: serde::Deserializer<'de>>(kind: &str, body: D) -> Result<Option<Self>, D::Error> {
                match kind {
                    $($kind => <$body as serde::Deserialize>::deserialize(body).map(|body| Some(Self::$variant(body))),)+
                    _ => Ok(None),
                }
            }

            /// Writes the body alone; `v` and `type` are the sender's to add.
            ///
            /// # Errors
            /// The serialiser's own.
            pub fn write<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(body) => serde::Serialize::serialize(body, to),)+
                }
            }
        }
    };
}
use direction;

#[cfg(test)]
mod tests;
