//! The two window messages that open the port: `hello` from the frame, then `init` from the parent.
//!
//! Each side checks the channel id of the other. A message must never be accepted by its channel alone: its origin and its
//! source window are checked too.

use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::channel::Channel;
use crate::settings::{ParsedSettings, Settings};

/// `{cardEntry: "hello", versions, channel}`, from frame to parent.
///
/// ```
/// use card_entry_protocol::channel::Channel;
/// use card_entry_protocol::message::{Hello, Init};
/// use card_entry_protocol::settings::Settings;
///
/// let channel = Channel::from_random([7; 16]);
/// let hello = Hello::new(channel.clone());
/// assert!(hello.supports_our_version());
///
/// // The parent replies on the same channel.
/// let init = Init::new(channel, Settings::default());
/// assert_eq!(init.channel, hello.channel);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    #[serde(rename = "cardEntry")]
    card_entry: HelloWord,
    /// The protocol versions that the frame supports.
    pub versions: Vec<u8>,
    /// The channel id of the frame URL's hash.
    pub channel: Channel,
}

/// `{cardEntry: "init", version, channel, settings}`, from parent to frame, with one transferred `MessagePort`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Init {
    #[serde(rename = "cardEntry")]
    card_entry: InitWord,
    /// The protocol version that both use from here on.
    pub version: u8,
    /// The channel id of the `hello`.
    pub channel: Channel,
    /// The host's settings. An invalid setting is ignored and the others are used.
    #[serde(default)]
    pub settings: ParsedSettings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum HelloWord {
    #[serde(rename = "hello")]
    Hello,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum InitWord {
    #[serde(rename = "init")]
    Init,
}

impl Hello {
    /// Creates a `hello` on this channel with every version that this crate supports.
    #[must_use]
    pub fn new(channel: Channel) -> Self {
        Self {
            card_entry: HelloWord::Hello,
            versions: vec![VERSION],
            channel,
        }
    }

    /// Whether the frame supports [`VERSION`].
    #[must_use]
    pub fn supports_our_version(&self) -> bool {
        self.versions.contains(&VERSION)
    }
}

impl Init {
    /// Creates an `init` on this channel.
    #[must_use]
    pub fn new(channel: Channel, settings: Settings) -> Self {
        Self {
            card_entry: InitWord::Init,
            version: VERSION,
            channel,
            settings: settings.into(),
        }
    }
}
