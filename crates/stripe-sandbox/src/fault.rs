//! One fault: what goes wrong on purpose, and for which requests. Held by [`crate::faults`].

use crate::glob;
use crate::key::Rights;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// What goes wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", content = "do", rename_all = "snake_case")]
pub enum Trouble {
    /// The request for Stripe.js.
    Script(ScriptTrouble),
    /// A field's frame.
    Fields(FieldTrouble),
    /// A call to the API.
    Api(ApiTrouble),
    /// The intent that is confirmed next.
    Intent(IntentTrouble),
    /// The bank's page.
    Challenge(ChallengeTrouble),
}

/// How Stripe.js fails to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptTrouble {
    /// 404.
    NotFound,
    /// Never answered.
    Hang,
    /// An HTML page where a script should be.
    WrongType,
    /// A script that throws.
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
    /// The frame reports `loaderror`.
    Loaderror,
}

/// How a call fails.
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
}

/// What has become of an intent by the time it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentTrouble {
    /// It has succeeded already, with the very card that is sent.
    Succeeded,
    /// It was cancelled.
    Canceled,
    /// Confirming it leaves it `processing`.
    Processing,
}

/// How the bank's page fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeTrouble {
    /// It shows no buttons and never ends.
    Hang,
}

/// One fault, and which requests it spoils.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// `on` and `do`.
    #[serde(flatten)]
    pub trouble: Trouble,
    /// Milliseconds to wait first.
    #[serde(default)]
    pub ms: u64,
    /// HTTP status of `do: status`; 500 unless told.
    pub status: Option<u16>,
    /// Keep the spoiled answer under the call's idempotency key, as Stripe does once a call has begun.
    #[serde(default)]
    pub keep: bool,
    /// Only this method.
    pub method: Option<String>,
    /// Only this path; `*` is one segment, `**` any rest.
    pub path: Option<String>,
    /// Only this element: `cardNumber`, …
    pub element: Option<String>,
    /// Only calls with this kind of key.
    pub by: Option<Rights>,
    /// Only script requests whose `Referer` starts with this.
    pub referer: Option<String>,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub skip: u32,
    /// How many are spoiled; all, unless told.
    pub times: Option<u32>,
}

impl Fault {
    const MEMBERS: &'static [&'static str] = &[
        "on", "do", "ms", "status", "keep", "method", "path", "element", "by", "referer", "skip",
        "times",
    ];

    /// Reads a fault; a misspelt member is an error, not a fault that never happens.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(value: Value) -> Result<Self, String> {
        if let Some(unknown) = value
            .as_object()
            .into_iter()
            .flat_map(|o| o.keys())
            .find(|key| !Self::MEMBERS.contains(&key.as_str()))
        {
            return Err(format!(
                "unknown member `{unknown}`; known are {}",
                Self::MEMBERS.join(", ")
            ));
        }
        let fault: Self = serde_json::from_value(value).map_err(|error| error.to_string())?;
        if fault
            .status
            .is_some_and(|status| !(400..=599).contains(&status))
        {
            return Err("`status` must be 400 to 599".to_owned());
        }
        Ok(fault)
    }

    /// How long to wait first.
    #[must_use]
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.ms)
    }

    /// Whether the fault is meant for this request.
    #[must_use]
    pub fn fits(&self, hit: &Hit<'_>) -> bool {
        let same = |wanted: &Option<String>, given: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == given)
        };
        same(&self.method, hit.method)
            && self
                .path
                .as_deref()
                .is_none_or(|pattern| glob::matches(pattern, hit.path))
            && same(&self.element, hit.element)
            && self.by.is_none_or(|rights| hit.rights == Some(rights))
            && self
                .referer
                .as_deref()
                .is_none_or(|start| hit.referer.starts_with(start))
    }
}

/// A request, as far as a fault may ask about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hit<'a> {
    /// Whose request, when that is known.
    pub account: Option<&'a str>,
    /// With which kind of key.
    pub rights: Option<Rights>,
    /// HTTP method.
    pub method: &'a str,
    /// Path without the query.
    pub path: &'a str,
    /// Which element a frame is for.
    pub element: &'a str,
    /// The `Referer` header.
    pub referer: &'a str,
}
