//! `apiRequestKey`: creates or reverses at most one transaction per key within thirty days. [`super::resolvers`] checks the
//! key before it does so. Mutations of the vault do not take one.
//!
//! A repeated request returns the transaction in its current state; the same key with other input is a `VALIDATION` error. A
//! request that created no transaction leaves its key unused. Source:
//! <https://developer.paypal.com/braintree/graphql/integration_guides/idempotency>, and `ChargePaymentMethodInput` and
//! `ReverseTransactionInput` of the reference. The error message is the sandbox's own.

use super::graphql::{ErrorClass, GraphError};
use serde_json::{Map, Value};
use std::collections::HashMap;

const MAX_KEY_AGE_SECONDS: i64 = 30 * 24 * 60 * 60;

const PATH: &[&str] = &["input", "apiRequestKey"];

/// The transaction of each key, created or reversed.
#[derive(Debug, Default)]
pub struct RequestKeys(HashMap<String, KeyedTransaction>);

#[derive(Debug)]
struct KeyedTransaction {
    input: Map<String, Value>,
    transaction: String,
    created_at: i64,
}

impl RequestKeys {
    /// The input by which two requests count as the same: the operation and all members but `clientMutationId`.
    #[must_use]
    pub fn comparable_input(operation: &str, input: &Map<String, Value>) -> Map<String, Value> {
        let mut comparable = input.clone();
        comparable.remove("clientMutationId");
        comparable.insert("__operation".to_owned(), operation.into());
        comparable
    }

    /// The legacy id of the transaction created under `key`, if the key has not expired at `now` (Unix seconds).
    ///
    /// # Errors
    /// `VALIDATION` when the key was used with other input.
    pub fn find(
        &self,
        key: &str,
        input: &Map<String, Value>,
        now: i64,
    ) -> Result<Option<String>, GraphError> {
        match self.0.get(key) {
            Some(keyed) if now.saturating_sub(keyed.created_at) >= MAX_KEY_AGE_SECONDS => Ok(None),
            Some(keyed) if keyed.input == *input => Ok(Some(keyed.transaction.clone())),
            Some(_) => Err(GraphError::of(
                ErrorClass::Validation,
                "This apiRequestKey was used for a request with other input values.",
            )
            .at_input(PATH)),
            None => Ok(None),
        }
    }

    /// Records the transaction created under `key`.
    pub fn record(&mut self, key: &str, input: Map<String, Value>, transaction: &str, now: i64) {
        let keyed = KeyedTransaction {
            input,
            transaction: transaction.to_owned(),
            created_at: now,
        };
        self.0.insert(key.to_owned(), keyed);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_expires_after_thirty_days() {
        let mut keys = RequestKeys::default();
        let charge = RequestKeys::comparable_input("charge", &Map::new());
        keys.record("k", charge.clone(), "one", 0);
        assert_eq!(
            keys.find("k", &charge, MAX_KEY_AGE_SECONDS - 1)
                .unwrap()
                .as_deref(),
            Some("one")
        );
        let authorize = RequestKeys::comparable_input("authorize", &Map::new());
        assert!(keys.find("k", &authorize, MAX_KEY_AGE_SECONDS - 1).is_err());
        assert_eq!(
            keys.find("k", &authorize, MAX_KEY_AGE_SECONDS).unwrap(),
            None
        );
        keys.record("k", authorize.clone(), "two", MAX_KEY_AGE_SECONDS);
        assert_eq!(
            keys.find("k", &authorize, MAX_KEY_AGE_SECONDS + 1)
                .unwrap()
                .as_deref(),
            Some("two")
        );
    }
}
