//! One fault: an effect, and the requests it applies to. Read from `POST /sandbox/faults`, held by
//! [`super::registry`]. A rule with a misspelt member must never be accepted.

use super::FaultEffect;
use crate::error::ApiError;
use crate::glob;
use crate::key::Rights;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// The elements whose frame can fail: Stripe's elements, then Braintree's fields.
const ELEMENTS: &[&str] = &[
    "card",
    "cardNumber",
    "cardExpiry",
    "cardCvc",
    "payment",
    "address",
    "linkAuthentication",
    "expressCheckout",
    "number",
    "cvv",
    "expirationDate",
    "expirationMonth",
    "expirationYear",
    "postalCode",
    "cardholderName",
];

const METHODS: &[&str] = &["GET", "POST", "DELETE"];

/// The longest delay in milliseconds: longer than any page waits, and short enough that a test run ends.
const MAX_DELAY_MS: u64 = 600_000;

/// One fault. Every member but `effect` limits the requests it applies to, or describes the effect.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FaultRule {
    #[serde(flatten)]
    pub effect: FaultEffect,
    /// Milliseconds to wait before the effect.
    #[serde(default)]
    pub ms: u64,
    /// The HTTP status of `do: status`; 500 without it.
    pub status: Option<u16>,
    /// Which of Stripe's error codes for `status`: with 429, `lock_timeout` or `rate_limit`.
    pub code: Option<String>,
    /// Store the injected response under the call's idempotency key, as Stripe does once a call was executed.
    #[serde(default)]
    pub keep: bool,
    /// Apply it to a replayed response too, so that every repeat of a call loses its response.
    #[serde(default)]
    pub replays: bool,
    pub method: Option<String>,
    /// Only requests to this path; `*` is one segment, `**` any rest.
    pub path: Option<String>,
    /// Only frames of this element: `cardNumber`, …
    pub element: Option<String>,
    /// Only calls with this kind of key: `publishable` or `secret`.
    pub by: Option<Rights>,
    /// Only script requests whose `Referer` starts with this.
    pub referer: Option<String>,
    /// How many matching requests pass unchanged first.
    #[serde(default)]
    pub skip: u32,
    /// To how many requests the effect is applied; to all without it.
    pub times: Option<u32>,
}

impl FaultRule {
    /// Reads a fault. A member that is misspelt, or has no meaning for the effect, is an error: otherwise the fault
    /// would silently never apply.
    ///
    /// # Errors
    /// A sentence that names the member and its allowed values.
    pub fn parse(value: Value) -> Result<Self, String> {
        let given: Vec<String> = value
            .as_object()
            .ok_or("a fault is an object with `on` and `do`")?
            .keys()
            .cloned()
            .collect();
        let fault: Self = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let known = [
            &["on", "do", "skip", "times"],
            fault.effect.allowed_members(),
        ]
        .concat();
        if let Some(unknown) = given.iter().find(|name| !known.contains(&name.as_str())) {
            return Err(format!(
                "`{unknown}` means nothing here; this fault takes {}",
                known.join(", ")
            ));
        }
        let among = |name: &str, given: &Option<String>, known: &[&str]| match given {
            Some(given) if !known.contains(&given.as_str()) => {
                Err(format!("`{name}` must be one of {}", known.join(", ")))
            }
            _ => Ok(()),
        };
        among("element", &fault.element, ELEMENTS)?;
        among("method", &fault.method, METHODS)?;
        fault.check_numbers()?;
        Ok(fault)
    }

    fn check_numbers(&self) -> Result<(), String> {
        if self
            .status
            .is_some_and(|status| !(400..=599).contains(&status))
        {
            return Err("`status` must be 400 to 599".to_owned());
        }
        if let Some(code) = &self.code {
            let known = ApiError::fault_codes_for(self.status.unwrap_or(500));
            if !known.contains(&code.as_str()) {
                return Err(match known {
                    [] => "`code` goes with `status` 409 or 429 only".to_owned(),
                    known => format!(
                        "`code` must be one of {} with this `status`",
                        known.join(", ")
                    ),
                });
            }
        }
        if self.times == Some(0) {
            return Err("`times` must be 1 or more".to_owned());
        }
        if self.ms > MAX_DELAY_MS {
            return Err(format!("`ms` must be {MAX_DELAY_MS} or less"));
        }
        if self.effect.is_delay_only() && self.ms == 0 {
            return Err("this fault needs `ms`: how late".to_owned());
        }
        Ok(())
    }

    #[must_use]
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.ms)
    }

    #[must_use]
    pub fn matches(&self, target: &FaultTarget<'_>) -> bool {
        let same = |expected: &Option<String>, given: &str| {
            expected.as_deref().is_none_or(|expected| expected == given)
        };
        (self.replays || !target.is_replay)
            && same(&self.method, target.method)
            && self
                .path
                .as_deref()
                .is_none_or(|pattern| glob::matches(pattern, target.path))
            && same(&self.element, target.element)
            && self.by.is_none_or(|rights| target.rights == Some(rights))
            && self
                .referer
                .as_deref()
                .is_none_or(|start| target.referer.starts_with(start))
    }
}

/// The facts of a request that a rule can be limited to.
#[derive(Clone, Copy, Debug, Default)]
pub struct FaultTarget<'a> {
    /// The account the request belongs to, when that is known.
    pub account: Option<&'a str>,
    /// The kind of the request's API key.
    pub rights: Option<Rights>,
    pub method: &'a str,
    pub path: &'a str,
    /// The element of the requested frame.
    pub element: &'a str,
    pub referer: &'a str,
    /// Whether the response is replayed for an idempotency key.
    pub is_replay: bool,
}
