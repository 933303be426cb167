//! What the gateway's customer carries of a person: what an operator needs to find the person in the gateway's dashboard.
//!
//! Made by the wallet from its own record. It must never carry more than a name, an e-mail address and the site's own id: no
//! address, no telephone number.

use card_entry_protocol::number::id_contains_card_number;
use serde_json::{Map, Value, json};

use crate::secret::Fingerprint;

/// The longest name and e-mail address that both gateways take, in characters.
const MAX_CHARS: usize = 255;

/// The longest value of Stripe's metadata, in characters: <https://docs.stripe.com/api/metadata>.
const MAX_METADATA_CHARS: usize = 500;

/// Name, e-mail address and the site's own id, as far as the person's record has them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CustomerProfile {
    pub name: Option<String>,
    pub email: Option<String>,
    /// The booking site's own id.
    pub reference: Option<String>,
}

/// Without the values, which are personal data.
impl core::fmt::Debug for CustomerProfile {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CustomerProfile").finish_non_exhaustive()
    }
}

impl CustomerProfile {
    /// The parameters of Stripe's customer, beside the owner's number.
    pub(super) fn stripe_form(&self) -> Vec<(&'static str, &str)> {
        let values = [
            ("name", &self.name, MAX_CHARS),
            ("email", &self.email, MAX_CHARS),
            ("metadata[reference]", &self.reference, MAX_METADATA_CHARS),
        ];
        let shown = values.into_iter().filter_map(|(name, value, max)| {
            // A value that the gateway would refuse is left out: a card matters more than a name in the dashboard. The
            // site chose its id, so one that could be a card number is left out too.
            let value = value.as_deref().filter(|value| fits(value, max));
            let value = value.filter(|value| !id_contains_card_number(value));
            value.map(|value| (name, value))
        });
        shown.collect()
    }

    /// The members of Braintree's customer. A whole name is the last name there, because that is what its search finds.
    pub(super) fn braintree_input(&self) -> Value {
        let mut customer = Map::new();
        for (member, value) in [("lastName", &self.name), ("email", &self.email)] {
            if let Some(value) = value.as_deref().filter(|value| fits(value, MAX_CHARS)) {
                customer.insert(member.to_owned(), value.into());
            }
        }
        json!({ "customer": customer })
    }

    /// A text for the idempotency key: other details need another key.
    pub(super) fn key_part(&self) -> String {
        let all = json!([self.name, self.email, self.reference]).to_string();
        Fingerprint::of(&all).to_hex().chars().take(16).collect()
    }
}

fn fits(value: &str, max: usize) -> bool {
    (1..=max).contains(&value.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_and_fits_is_sent() {
        let none = CustomerProfile::default();
        assert!(none.stripe_form().is_empty());
        assert_eq!(none.braintree_input(), json!({"customer": {}}));
        let ann = CustomerProfile {
            name: Some("Ann Lee".to_owned()),
            email: Some("a".repeat(256)),
            reference: Some("user-1".to_owned()),
        };
        let number = CustomerProfile {
            reference: Some("4242424242424242".to_owned()),
            ..none.clone()
        };
        assert!(number.stripe_form().is_empty());
        let form = [("name", "Ann Lee"), ("metadata[reference]", "user-1")];
        assert_eq!(ann.stripe_form(), form);
        let input = json!({"customer": {"lastName": "Ann Lee"}});
        assert_eq!(ann.braintree_input(), input);
        assert_ne!(ann.key_part(), none.key_part());
        assert!(!format!("{ann:?}").contains("Ann"));
    }
}
