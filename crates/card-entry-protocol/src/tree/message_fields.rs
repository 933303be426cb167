//! Writes the messages of both directions, of the handshake and of legacy mode as trees, and reads those to the frame.
//!
//! A message must never be read partly: one invalid member refuses the whole message.

use super::{FromTree, ToTree, Tree, records, texts, words};
use crate::code::FrameErrorCode;
use crate::message::{
    Attempt, AttemptError, AttemptResult, Challenge, ConsentLocale, ConsentProof, ConsentText,
    EmptyBody, FailureReport, FieldError, FieldEvent, FieldName, FormChange, FromFrame, Height,
    Hello, InView, Init, IntentMessage, IntentReply, IntentRequest, IntentResult, LegacyMessage,
    Log, LogEvent, NeedsView, NetworksChange, NotSaved, NotSubmitted, NotSubmittedReason, Saved,
    ToFrame, UnusableReport, Update, UtcTimestamp,
};
use crate::settings::Settings;

texts!(FrameErrorCode, ConsentText, ConsentLocale, UtcTimestamp);

words! {
    LogEvent {
        ScriptRetried = "script_retried",
        MessageDropped = "message_dropped",
        AttemptStarted = "attempt_started",
        AttemptEnded = "attempt_ended",
        NumberInText = "number_in_text",
        FrameRemoved = "frame_removed",
        ViewRefused = "view_refused",
        SettingIgnored = "setting_ignored",
        AttributeIgnored = "attribute_ignored",
    }
    NotSubmittedReason {
        Incomplete = "incomplete",
        Unseen = "unseen",
        Loading = "loading",
        Busy = "busy",
        Saved = "saved",
        Unusable = "unusable",
    }
    FieldName {
        Number = "number",
        Expiry = "expiry",
        Cvc = "cvc",
        Payment = "payment",
        Name = "name",
        PostalCode = "postal_code",
        Country = "country",
        Consent = "consent",
    }
}

impl FromTree for Attempt {
    fn from_tree(tree: &Tree) -> Option<Self> {
        u32::from_tree(tree).map(Self)
    }
}

impl ToTree for Attempt {
    fn to_tree(&self) -> Tree {
        self.0.to_tree()
    }
}

impl FromTree for EmptyBody {
    fn from_tree(tree: &Tree) -> Option<Self> {
        tree.is_map().then_some(Self {})
    }
}

impl ToTree for EmptyBody {
    fn to_tree(&self) -> Tree {
        Tree::map(&mut [])
    }
}

records! {
    Height { all "height" height, }
    FieldError { all "code" code, all "message" message, }
    FormChange { all "complete" complete, all "empty" empty, all "brand" brand, all "error" error, }
    FieldEvent { all "field" field, }
    NotSubmitted { all "reason" reason, some "field" field, }
    NetworksChange { all "networks" networks, }
    IntentRequest { all "attempt" attempt, }
    Challenge { all "open" open, }
    NeedsView { all "focus" focus, }
    InView { all "visible" visible, }
    IntentResult { all "id" id, all "status" status, }
    AttemptResult { all "attempt" attempt, all "id" id, all "card" card, all "setup" setup, some "consent" consent, }
    ConsentProof {
        all "text" text,
        all "locale" locale,
        all "shown_at" shown_at,
        all "accepted_at" accepted_at,
    }
    AttemptError {
        all "type" kind,
        all "code" code,
        all "message" message,
        some "decline_code" decline_code,
        some "param" param,
    }
    FailureReport { all "attempt" attempt, all "error" error, all "retryable" retryable, }
    UnusableReport { all "code" code, all "message" message, }
    Log { all "event" event, all "detail" detail, }
    Saved { all "attempt" attempt, }
    NotSaved { all "attempt" attempt, all "code" code, all "message" message, all "retryable" retryable, }
    Update { all "settings" settings, }
}

impl FromTree for IntentMessage {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let secret = tree.read("client_secret")?;
        let none: Option<bool> = tree.read("none")?;
        let error = tree.read("error")?;
        let reply = match (secret, none, error) {
            (Some(secret), None, None) => IntentReply::Secret(secret, tree.read("stripe_account")?),
            (None, Some(true), None) => IntentReply::None,
            (None, None, Some(error)) => IntentReply::Error(error),
            _ => return None,
        };
        Some(Self {
            attempt: tree.read("attempt")?,
            reply,
        })
    }
}

impl ToTree for IntentMessage {
    fn to_tree(&self) -> Tree {
        let attempt = ("attempt", self.attempt.to_tree());
        match &self.reply {
            IntentReply::Secret(secret, account) => Tree::sparse(&mut [
                attempt,
                ("client_secret", secret.to_tree()),
                ("stripe_account", account.to_tree()),
            ]),
            IntentReply::None => Tree::map(&mut [attempt, ("none", Tree::Flag(true))]),
            IntentReply::Error(error) => Tree::map(&mut [attempt, ("error", error.to_tree())]),
        }
    }
}

impl FromTree for Hello {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let mut hello = Self::new(tree.read("channel")?);
        let versions: Vec<u32> = tree.read("versions")?;
        hello.versions = versions
            .into_iter()
            .map(u8::try_from)
            .collect::<Result<_, _>>()
            .ok()?;
        (tree.get("cardEntry").as_text() == Some("hello")).then_some(hello)
    }
}

impl ToTree for Hello {
    fn to_tree(&self) -> Tree {
        let versions = self
            .versions
            .iter()
            .map(|version| u32::from(*version).to_tree());
        Tree::map(&mut [
            ("cardEntry", Tree::text("hello")),
            ("versions", Tree::List(versions.collect())),
            ("channel", self.channel.to_tree()),
        ])
    }
}

impl FromTree for Init {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let mut init = Self::new(tree.read("channel")?, Settings::default());
        init.settings = tree.read("settings")?;
        init.version = u8::try_from(tree.read::<u32>("version")?).ok()?;
        (tree.get("cardEntry").as_text() == Some("init")).then_some(init)
    }
}

impl ToTree for Init {
    fn to_tree(&self) -> Tree {
        Tree::map(&mut [
            ("cardEntry", Tree::text("init")),
            ("version", u32::from(self.version).to_tree()),
            ("channel", self.channel.to_tree()),
            ("settings", self.settings.to_tree()),
        ])
    }
}

impl ToTree for LegacyMessage {
    fn to_tree(&self) -> Tree {
        match self {
            Self::Saved { id, card, setup } => Tree::map(&mut [
                ("isStripeCallback", Tree::Flag(true)),
                ("id", id.to_tree()),
                ("card", card.to_tree()),
                ("setup", setup.to_tree()),
            ]),
            Self::Failed(error) => Tree::map(&mut [
                ("isStripeCallback", Tree::Flag(true)),
                ("error", error.to_tree()),
            ]),
            Self::Height(height) => Tree::map(&mut [
                ("isStripeFormHeight", Tree::Flag(true)),
                ("height", height.to_tree()),
            ]),
            Self::Ready => Tree::map(&mut [("isStripeFormReady", Tree::Flag(true))]),
        }
    }
}

impl ToFrame {
    /// Reads the body of a message of this `type`; `Some(None)` for a type that this version does not know, `None` when the
    /// body of a known type is invalid.
    #[must_use]
    pub fn from_tree(kind: &str, body: &Tree) -> Option<Option<Self>> {
        Some(Some(match kind {
            "intent" => Self::Intent(FromTree::from_tree(body)?),
            "saved" => Self::Saved(FromTree::from_tree(body)?),
            "not_saved" => Self::NotSaved(FromTree::from_tree(body)?),
            "submit" => Self::Submit(FromTree::from_tree(body)?),
            "update" => Self::Update(Box::new(FromTree::from_tree(body)?)),
            "reset" => Self::Reset(FromTree::from_tree(body)?),
            "focus" => Self::Focus(FromTree::from_tree(body)?),
            "in_view" => Self::InView(FromTree::from_tree(body)?),
            _ => return Some(None),
        }))
    }
}

impl ToTree for FromFrame {
    /// Writes the body alone. The sender adds `v` and `type`.
    fn to_tree(&self) -> Tree {
        match self {
            Self::Ready(body) => body.to_tree(),
            Self::Height(body) => body.to_tree(),
            Self::Change(body) => body.to_tree(),
            Self::Focus(body) | Self::Blur(body) | Self::Escape(body) => body.to_tree(),
            Self::IntentRequest(body) => body.to_tree(),
            Self::Challenge(body) => body.to_tree(),
            Self::Result(body) => body.to_tree(),
            Self::Failure(body) => body.to_tree(),
            Self::Unusable(body) => body.to_tree(),
            Self::Log(body) => body.to_tree(),
            Self::NotSubmitted(body) => body.to_tree(),
            Self::NetworksChange(body) => body.to_tree(),
            Self::NeedsView(body) => body.to_tree(),
        }
    }
}
