//! The till's own sign-in and goods, as its page and the demo's server both read them.

use serde::{Deserialize, Serialize};

/// The publishable key of the demo's account.
pub const PUBLISHABLE_KEY: &str = "pk_test_quilt";

/// The merchant, as the demo's requests name it: `external_account_id`.
pub const ACCOUNT: &str = "harbour-roasters";

/// Where the demo's server hands calls on with the account key.
pub const PROXY: &str = "/quilt";

/// What is sold: its word in the page, its name, its price in dollars.
pub const GOODS: [(&str, &str, &str); 3] = [
    ("beans", "Coffee beans, 250 g", "12.99"),
    ("mug", "Stoneware mug", "18.50"),
    ("course", "Brewing course", "45.00"),
];

/// Who stands at the counter when the address names nobody: `external_customer_id`, and the name.
pub const CUSTOMERS: [(&str, &str); 2] = [
    ("customer_12345", "Ann Lee"),
    ("customer_67890", "Ben Ortiz"),
];

/// What the simulated reader reads: Stripe's name for it, or the sandbox's, and what it is.
pub const CARDS: [(&str, &str); 5] = [
    ("visa", "Visa 4242, which works"),
    ("mastercard", "Mastercard 4444, which works"),
    ("charge_declined", "A card the bank declines"),
    (
        "charge_declined_insufficient_funds",
        "A card without enough money",
    ),
    ("apple_pay", "A phone (no card can be saved)"),
];

/// The answer of `POST /api/quilt/sign-in`. `Debug` leaves the token out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub token: String,
    /// Where Stripe Terminal's script is.
    pub terminal: String,
}

impl core::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SignedIn(***)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use card_entry_protocol::dialect::quilt::{ExternalAccountId, ExternalCustomerId};
    use card_entry_protocol::money::{Currency, Decimal};

    #[test]
    fn the_counter_is_what_the_api_takes() {
        let usd = Currency::parse("usd").unwrap();
        for (_, _, price) in GOODS {
            assert!(Decimal::parse(price).unwrap().charge_amount(&usd).is_ok());
        }
        for (id, _) in CUSTOMERS {
            assert!(ExternalCustomerId::parse(id).is_some());
        }
        assert!(ExternalAccountId::parse(ACCOUNT).is_some());
    }

    #[test]
    fn a_sign_in_never_prints_its_token() {
        let answer = SignedIn {
            token: "t".repeat(40),
            terminal: String::new(),
        };
        assert!(!format!("{answer:?}").contains("tt"));
    }
}
