//! `apiRequestKey`: a transaction is made at most once under a key, for thirty days. Asked by [`super::calls`] before money
//! moves.
//!
//! A repeated request is answered with the transaction as it now stands; one with other input is a `VALIDATION` error. A
//! request that made no transaction leaves its key unused. Source:
//! <https://developer.paypal.com/braintree/graphql/integration_guides/idempotency>, and `ChargePaymentMethodInput` of the
//! reference. The words of the error are the sandbox's own.

use super::graphql::{ErrorClass, GraphError};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// How long a key is known, in seconds.
const KNOWN_FOR: i64 = 30 * 24 * 60 * 60;

const PATH: &[&str] = &["input", "apiRequestKey"];

/// What was made under each key.
#[derive(Debug, Default)]
pub struct RequestKeys(HashMap<String, Made>);

#[derive(Debug)]
struct Made {
    sent: Map<String, Value>,
    transaction: String,
    at: i64,
}

impl RequestKeys {
    /// What two requests must have in common to be one: what is done, and the input but for what only names the request.
    #[must_use]
    pub fn input(does: &str, input: &Map<String, Value>) -> Map<String, Value> {
        let mut sent = input.clone();
        sent.remove("clientMutationId");
        sent.insert("apiRequestDoes".to_owned(), does.into());
        sent
    }

    /// The transaction made under `key`, if one was within the time before `now`.
    ///
    /// # Errors
    /// `VALIDATION` when it was made of other input.
    pub fn made(
        &self,
        key: &str,
        sent: &Map<String, Value>,
        now: i64,
    ) -> Result<Option<String>, GraphError> {
        match self.0.get(key) {
            Some(made) if now.saturating_sub(made.at) >= KNOWN_FOR => Ok(None),
            Some(made) if made.sent == *sent => Ok(Some(made.transaction.clone())),
            Some(_) => Err(GraphError::of(
                ErrorClass::Validation,
                "This apiRequestKey was used for a request with other input values.",
            )
            .at_input(PATH)),
            None => Ok(None),
        }
    }

    /// Remembers what was made under `key`.
    pub fn keep(&mut self, key: &str, sent: Map<String, Value>, transaction: &str, now: i64) {
        let made = Made {
            sent,
            transaction: transaction.to_owned(),
            at: now,
        };
        self.0.insert(key.to_owned(), made);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_is_known_for_thirty_days_and_free_again_after() {
        let mut keys = RequestKeys::default();
        let sent = RequestKeys::input("charge", &Map::new());
        keys.keep("k", sent.clone(), "one", 0);
        assert_eq!(
            keys.made("k", &sent, KNOWN_FOR - 1).unwrap().as_deref(),
            Some("one")
        );
        let other = RequestKeys::input("authorize", &Map::new());
        assert!(keys.made("k", &other, KNOWN_FOR - 1).is_err());
        assert_eq!(keys.made("k", &other, KNOWN_FOR).unwrap(), None);
        keys.keep("k", other.clone(), "two", KNOWN_FOR);
        assert_eq!(
            keys.made("k", &other, KNOWN_FOR + 1).unwrap().as_deref(),
            Some("two")
        );
    }
}
