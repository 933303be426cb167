//! The two window messages before the port: hello and init.

use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::channel::Channel;
use crate::settings::{ParsedSettings, Settings};

/// `{cardEntry: "hello", versions, channel}`, frame to parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    #[serde(rename = "cardEntry")]
    card_entry: HelloWord,
    /// The versions the frame speaks.
    pub versions: Vec<u8>,
    /// The channel of its hash.
    pub channel: Channel,
}

/// `{cardEntry: "init", version, channel, settings}`, parent to frame, with one transferred `MessagePort`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Init {
    #[serde(rename = "cardEntry")]
    card_entry: InitWord,
    /// The version both speak.
    pub version: u8,
    /// The channel of the hello.
    pub channel: Channel,
    /// What the host set, read one by one.
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
    /// A hello on this channel, in every version we speak.
    #[must_use]
    pub fn new(channel: Channel) -> Self {
        Self {
            card_entry: HelloWord::Hello,
            versions: vec![VERSION],
            channel,
        }
    }

    /// Whether the frame speaks a version we do.
    #[must_use]
    pub fn supports_our_version(&self) -> bool {
        self.versions.contains(&VERSION)
    }
}

impl Init {
    /// An init on this channel.
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
