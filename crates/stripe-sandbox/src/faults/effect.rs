//! What can go wrong on purpose, for each origin. Chosen in a [`super::FaultRule`], applied by the code of the origin.

use serde::{Deserialize, Serialize};

/// What goes wrong (`do`), and where (`on`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", content = "do", rename_all = "snake_case")]
pub enum FaultEffect {
    Script(ScriptEffect),
    Fields(FieldEffect),
    Api(ApiEffect),
    /// The next intent that is confirmed.
    Intent(IntentEffect),
    Challenge(ChallengeEffect),
    Braintree(BraintreeEffect),
    Terminal(TerminalEffect),
}

/// How the request for Stripe.js fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptEffect {
    NotFound,
    Hang,
    /// The response is an HTML page.
    WrongType,
    Throws,
    /// The script does not define `Stripe`.
    NoStripe,
    /// The response is correct and `ms` milliseconds late.
    Slow,
    /// The connection is closed without a response.
    Drop,
}

/// How a field's frame fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldEffect {
    /// The frame loads and never reports `ready`.
    NeverReady,
    /// The frame is `ms` milliseconds late.
    Late,
    Loaderror,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiEffect {
    /// The response is correct and `ms` milliseconds late.
    Latency,
    /// The call is not executed; the response has `status`.
    Status,
    /// The call is not executed; the connection is closed.
    Drop,
    /// The call is executed; the connection is closed without a response.
    DropAfter,
    /// The call is executed; the connection is closed after half of the response body.
    Cut,
}

/// The state an intent is in when it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentEffect {
    /// It has already succeeded, with the card of this confirmation.
    Succeeded,
    Canceled,
    /// The confirmation leaves it `processing`.
    Processing,
    /// The account of the key has no such intent.
    WrongAccount,
}

/// How the bank's 3D Secure page misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeEffect {
    /// The page shows no buttons and never ends.
    Hang,
    Late,
    /// The page responds with 503.
    Broken,
    /// The page reports the end to Stripe.js twice.
    Twice,
    /// The bank shows no challenge: a card that needs one passes as authenticated.
    Frictionless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BraintreeEffect {
    /// The response to a script is 404.
    ScriptNotFound,
    /// A script gets no response.
    ScriptHang,
    /// A field's frame loads and never reports that it is ready.
    FieldsNeverReady,
    /// A field's frame is `ms` milliseconds late.
    FieldsLate,
    /// The response is correct and `ms` milliseconds late.
    GraphqlLatency,
    /// The call is not executed; the response has `status`.
    GraphqlStatus,
    /// The call is not executed; the connection is closed.
    GraphqlDrop,
    /// The call is executed; the connection is closed without a response.
    GraphqlDropAfter,
    /// The call is executed; the connection is closed after half of the response body.
    GraphqlCut,
}

impl BraintreeEffect {
    /// Whether it applies to requests for scripts.
    #[must_use]
    pub fn affects_script(self) -> bool {
        matches!(self, Self::ScriptNotFound | Self::ScriptHang)
    }

    /// Whether it applies to the fields' frames.
    #[must_use]
    pub fn affects_fields(self) -> bool {
        matches!(self, Self::FieldsNeverReady | Self::FieldsLate)
    }

    /// Whether it applies to calls of the gateway.
    #[must_use]
    pub fn affects_api(self) -> bool {
        !self.affects_script() && !self.affects_fields()
    }
}

/// What happens at the simulated reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TerminalEffect {
    /// The connection to the reader is lost while it waits for a card.
    Lost,
    NeverPresented,
    /// A phone wallet is tapped. Such a card cannot be saved.
    Wallet,
    /// The bank declines the charge, whichever card it is.
    Decline,
    /// The reader cannot reach Stripe; the charge is not executed.
    NetworkError,
    /// The response is correct and `ms` milliseconds late.
    Slow,
}

impl TerminalEffect {
    /// Whether it applies to this command of the reader.
    #[must_use]
    pub fn applies_to(self, command: &str) -> bool {
        match self {
            Self::Lost | Self::NeverPresented | Self::Wallet => command == "collect",
            Self::Decline | Self::NetworkError => command == "process",
            Self::Slow => matches!(command, "connect" | "collect" | "process"),
        }
    }
}

impl FaultEffect {
    /// The members a rule with this effect can have, beside `on`, `do`, `skip` and `times`.
    #[must_use]
    pub fn allowed_members(self) -> &'static [&'static str] {
        match self {
            Self::Script(_) => &["ms", "path", "referer"],
            Self::Fields(_) => &["ms", "element"],
            Self::Api(ApiEffect::Status) => {
                &["ms", "status", "code", "keep", "method", "path", "by"]
            }
            Self::Api(ApiEffect::DropAfter) => &["ms", "method", "path", "by", "replays"],
            Self::Api(_) => &["ms", "method", "path", "by"],
            Self::Intent(_) => &["path", "by"],
            Self::Challenge(ChallengeEffect::Frictionless) => &["path", "by"],
            Self::Challenge(_) => &["ms"],
            Self::Braintree(BraintreeEffect::GraphqlStatus) => &["ms", "status"],
            Self::Braintree(it) if it.affects_script() => &["ms", "path", "referer"],
            Self::Braintree(it) if it.affects_fields() => &["ms", "element"],
            Self::Braintree(_) => &["ms"],
            Self::Terminal(TerminalEffect::Slow) => &["ms", "path"],
            Self::Terminal(_) => &["ms"],
        }
    }

    /// Whether it only delays the response, so that it needs `ms`.
    #[must_use]
    pub fn is_delay_only(self) -> bool {
        matches!(
            self,
            Self::Script(ScriptEffect::Slow)
                | Self::Fields(FieldEffect::Late)
                | Self::Api(ApiEffect::Latency)
                | Self::Challenge(ChallengeEffect::Late)
                | Self::Braintree(BraintreeEffect::FieldsLate | BraintreeEffect::GraphqlLatency)
                | Self::Terminal(TerminalEffect::Slow)
        )
    }
}
