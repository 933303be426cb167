//! The messages between frame and parent page: the handshake, the messages on the port, and the plain window messages for
//! a parent without a companion (legacy mode).
//!
//! Each direction is one enum. A message is `{v: 1, type, …body}`. [`FromFrame::read`] and [`ToFrame::read`] take the
//! `type` and a deserialiser of the body, so that the same code reads JSON in native tests and JavaScript values in the
//! browser. An unknown type reads as `None` and is ignored. A message must never contain a card number.

mod consent;
mod field;
mod from_frame;
mod handshake;
mod legacy;
mod log;
mod result;
mod to_frame;

pub use consent::{ConsentLocale, ConsentProof, ConsentText, UtcTimestamp};
pub use field::{FieldError, FieldEvent, FieldName, NotSubmitted, NotSubmittedReason};
pub use from_frame::{
    Challenge, EmptyBody, FormChange, FromFrame, Height, IntentRequest, NeedsView, NetworksChange,
};
pub use handshake::{Hello, Init};
pub use legacy::LegacyMessage;
pub use log::{Log, LogEvent, UnusableReport};
pub use result::{AttemptError, AttemptResult, FailureReport, IntentResult};
pub use to_frame::{InView, IntentMessage, IntentReply, NotSaved, Saved, ToFrame, Update};

use serde::{Deserialize, Serialize};

/// The version of this protocol, `v` of every message on the port.
pub const VERSION: u8 = 1;

/// The number of an attempt to save a card. The frame counts them from 1, and every message about an attempt has its number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Attempt(pub u32);

impl Attempt {
    /// The number of the next attempt.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Declares the messages of one direction: the enum, the `type` of each message, and how its body is read and written.
macro_rules! direction {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $kind:literal => $variant:ident($body:ty)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$vdoc])* $variant($body),)+
        }

        impl $name {
            /// The `type` of the message, e.g. `ready`.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $kind,)+
                }
            }

            /// Reads the body of a message of this `type`; `Ok(None)` for a type that this version does not know.
            ///
            /// # Errors
            /// The deserialiser's error, when the body of a known type is invalid.
            pub fn read<'de, D: serde::Deserializer<'de>>(kind: &str, body: D) -> Result<Option<Self>, D::Error> {
                match kind {
                    $($kind => <$body as serde::Deserialize>::deserialize(body).map(|body| Some(Self::$variant(body))),)+
                    _ => Ok(None),
                }
            }

            /// Writes the body alone. The sender adds `v` and `type`.
            ///
            /// # Errors
            /// The serialiser's error.
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
