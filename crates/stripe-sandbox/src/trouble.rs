//! What can go wrong on purpose, place by place. Chosen in a [`crate::fault::Fault`], acted out by the place.

use serde::{Deserialize, Serialize};

/// What goes wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", content = "do", rename_all = "snake_case")]
pub enum Trouble {
    Script(ScriptTrouble),
    Fields(FieldTrouble),
    /// A call to the API.
    Api(ApiTrouble),
    /// The intent that is confirmed next.
    Intent(IntentTrouble),
    Challenge(ChallengeTrouble),
    Braintree(BraintreeTrouble),
    Terminal(TerminalTrouble),
}

/// How Stripe.js fails to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptTrouble {
    NotFound,
    Hang,
    /// An HTML page where a script should be.
    WrongType,
    Throws,
    /// A script that leaves no `Stripe`.
    NoStripe,
    /// The right script, `ms` late.
    Slow,
    /// The connection is closed without an answer.
    Drop,
}

/// How a field's frame fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldTrouble {
    /// The frame loads and never says `ready`.
    NeverReady,
    /// The frame comes `ms` late.
    Late,
    Loaderror,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiTrouble {
    /// The right answer, `ms` late.
    Latency,
    /// Nothing is done; the answer is `status`.
    Status,
    /// Nothing is done; the connection is closed.
    Drop,
    /// The call is carried out; the connection is closed without an answer.
    DropAfter,
    /// The call is carried out; the connection is closed half-way through the answer's body.
    Cut,
}

/// What has become of an intent by the time it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentTrouble {
    /// It has succeeded already, with the very card that is sent.
    Succeeded,
    Canceled,
    /// Confirming it leaves it `processing`.
    Processing,
    /// The key's account knows no such intent.
    WrongAccount,
}

/// How the bank's page departs from the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeTrouble {
    /// It shows no buttons and never ends.
    Hang,
    Late,
    /// It cannot be shown: 503.
    Broken,
    /// Its answer reaches Stripe.js twice.
    Twice,
    /// The bank asks nothing: whoever would be challenged passes as authenticated.
    Frictionless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BraintreeTrouble {
    /// A script is answered with 404.
    ScriptNotFound,
    /// A script is never answered.
    ScriptHang,
    /// A field's frame loads and never says that it is ready.
    FieldsNeverReady,
    /// A field's frame comes `ms` late.
    FieldsLate,
    /// The right answer, `ms` late.
    GraphqlLatency,
    /// Nothing is done; the answer is `status`.
    GraphqlStatus,
    /// Nothing is done; the connection is closed.
    GraphqlDrop,
    /// The call is carried out; the connection is closed without an answer.
    GraphqlDropAfter,
    /// The call is carried out; the connection is closed half-way through the answer's body.
    GraphqlCut,
}

impl BraintreeTrouble {
    /// Whether the request for a script acts it out.
    #[must_use]
    pub fn is_of_script(self) -> bool {
        matches!(self, Self::ScriptNotFound | Self::ScriptHang)
    }

    /// Whether a field's frame acts it out.
    #[must_use]
    pub fn is_of_fields(self) -> bool {
        matches!(self, Self::FieldsNeverReady | Self::FieldsLate)
    }

    /// Whether a call acts it out.
    #[must_use]
    pub fn is_of_api(self) -> bool {
        !self.is_of_script() && !self.is_of_fields()
    }
}

/// What happens at the simulated reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TerminalTrouble {
    /// The reader is gone while a card is to be presented.
    Lost,
    NeverPresented,
    /// A telephone's wallet is tapped: such a card cannot be saved.
    Wallet,
    /// The bank refuses the charge, whichever card it is.
    Decline,
    /// The charge does not get through; nothing is done.
    NetworkError,
    /// The right answer, `ms` late.
    Slow,
}

impl TerminalTrouble {
    /// Whether the reader meets it at `verb`.
    #[must_use]
    pub fn meets(self, verb: &str) -> bool {
        match self {
            Self::Lost | Self::NeverPresented | Self::Wallet => verb == "collect",
            Self::Decline | Self::NetworkError => verb == "process",
            Self::Slow => matches!(verb, "connect" | "collect" | "process"),
        }
    }
}

impl Trouble {
    /// The members that mean something here, beside `on`, `do`, `skip` and `times`.
    #[must_use]
    pub fn members(self) -> &'static [&'static str] {
        match self {
            Self::Script(_) => &["ms", "path", "referer"],
            Self::Fields(_) => &["ms", "element"],
            Self::Api(ApiTrouble::Status) => {
                &["ms", "status", "code", "keep", "method", "path", "by"]
            }
            Self::Api(_) => &["ms", "method", "path", "by"],
            Self::Intent(_) => &["path", "by"],
            Self::Challenge(ChallengeTrouble::Frictionless) => &["path", "by"],
            Self::Challenge(_) => &["ms"],
            Self::Braintree(BraintreeTrouble::GraphqlStatus) => &["ms", "status"],
            Self::Braintree(it) if it.is_of_script() => &["ms", "path", "referer"],
            Self::Braintree(it) if it.is_of_fields() => &["ms", "element"],
            Self::Braintree(_) => &["ms"],
            Self::Terminal(TerminalTrouble::Slow) => &["ms", "path"],
            Self::Terminal(_) => &["ms"],
        }
    }

    /// Whether it is nothing but lateness, and so nothing at all without `ms`.
    #[must_use]
    pub fn is_lateness(self) -> bool {
        matches!(
            self,
            Self::Script(ScriptTrouble::Slow)
                | Self::Fields(FieldTrouble::Late)
                | Self::Api(ApiTrouble::Latency)
                | Self::Challenge(ChallengeTrouble::Late)
                | Self::Braintree(BraintreeTrouble::FieldsLate | BraintreeTrouble::GraphqlLatency)
                | Self::Terminal(TerminalTrouble::Slow)
        )
    }
}
