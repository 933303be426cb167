//! One fault: what goes wrong on purpose, and for which requests. Held by [`crate::faults`].

use crate::error::ApiError;
use crate::glob;
use crate::key::Rights;
use crate::trouble::Trouble;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// Every element whose frame can fail, Braintree's fields after Stripe's elements.
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

/// HTTP methods a call can have.
const METHODS: &[&str] = &["GET", "POST", "DELETE"];

/// The longest wait: longer than any page waits, short enough that a test run ends.
const MS_MAX: u64 = 600_000;

/// One fault, and which requests it spoils.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    #[serde(flatten)]
    pub trouble: Trouble,
    #[serde(default)]
    pub ms: u64,
    /// HTTP status of `do: status`; 500 unless told.
    pub status: Option<u16>,
    /// Which of the errors Stripe sends with `status`: `lock_timeout` or `rate_limit` with 429.
    pub code: Option<String>,
    /// Keep the spoiled answer under the call's idempotency key, as Stripe does once a call has begun.
    #[serde(default)]
    pub keep: bool,
    pub method: Option<String>,
    /// Only this path; `*` is one segment, `**` any rest.
    pub path: Option<String>,
    /// Only this element: `cardNumber`, …
    pub element: Option<String>,
    /// Only calls with this kind of key: `publishable` or `secret`.
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
    /// Reads a fault; what is misspelt or means nothing here is an error, not a fault that never happens.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(value: Value) -> Result<Self, String> {
        let given: Vec<String> = value
            .as_object()
            .ok_or("a fault is an object with `on` and `do`")?
            .keys()
            .cloned()
            .collect();
        let fault: Self = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let known = [&["on", "do", "skip", "times"], fault.trouble.members()].concat();
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
            let known = ApiError::codes_with(self.status.unwrap_or(500));
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
        if self.ms > MS_MAX {
            return Err(format!("`ms` must be {MS_MAX} or less"));
        }
        if self.trouble.is_lateness() && self.ms == 0 {
            return Err("this fault needs `ms`: how late".to_owned());
        }
        Ok(())
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
    pub method: &'a str,
    pub path: &'a str,
    /// Which element a frame is for.
    pub element: &'a str,
    pub referer: &'a str,
}
