//! Repeats a mutation under its `apiRequestKey` after a response that was lost.
//!
//! Called by the typed calls that create or reverse a transaction: only their inputs take the key. Braintree does such a
//! request at most once in 30 days and returns the transaction as it is now, see
//! <https://developer.paypal.com/braintree/graphql/integration_guides/idempotency>. A mutation without the key must never
//! be repeated here.

use std::time::Duration;

use serde_json::Value;

use super::{GatewayError, Vault};
use crate::gateway::MAX_ATTEMPTS;

/// The delay before the second attempt. It doubles for the third. An earlier attempt may still be in progress, which
/// Braintree refuses.
const FIRST_RETRY_DELAY: Duration = Duration::from_millis(250);

impl Vault<'_> {
    /// Sends a mutation with its key, which must be the same for every repeat of the request and stored before.
    pub(super) async fn send_with_key(
        &self,
        document: &'static str,
        mut input: Value,
        key: &str,
    ) -> Result<Value, GatewayError> {
        if let Some(input) = input.as_object_mut() {
            input.insert("apiRequestKey".to_owned(), key.into());
        }
        let (mut attempts, mut delay) = (1, FIRST_RETRY_DELAY);
        loop {
            match self.send(document, input.clone()).await {
                Err(error) if error.is_indeterminate() && attempts < MAX_ATTEMPTS => {
                    tracing::debug!(%error, attempts, "call to the vault failed, repeating it under its key");
                    tokio::time::sleep(delay).await;
                    (attempts, delay) = (attempts + 1, delay * 2);
                }
                other => return other,
            }
        }
    }
}
