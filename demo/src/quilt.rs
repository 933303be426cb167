//! The point of sale's sign-in, goods and customers, shared by its page and the demo's server.

use serde::{Deserialize, Serialize};

/// The publishable key of the demo's account.
pub const PUBLISHABLE_KEY: &str = "pk_test_quilt";

/// `external_account_id` of the demo's merchant.
pub const ACCOUNT: &str = "harbour-roasters";

/// The path below which the demo's server forwards calls with the account key.
pub const PROXY: &str = "/quilt";

/// Goods: value in the page, name, price in dollars.
pub const GOODS: [(&str, &str, &str); 3] = [
    ("beans", "Coffee beans, 250 g", "12.99"),
    ("mug", "Stoneware mug", "18.50"),
    ("course", "Brewing course", "45.00"),
];

/// Customers when the URL has no `?customer=`: `external_customer_id` and name.
pub const CUSTOMERS: [(&str, &str); 2] = [
    ("customer_12345", "Ann Lee"),
    ("customer_67890", "Ben Ortiz"),
];

/// Cards of the simulated reader: Stripe's or the sandbox's name, and a description.
pub const SIMULATED_CARDS: [(&str, &str); 5] = [
    ("visa", "Visa 4242, which works"),
    ("mastercard", "Mastercard 4444, which works"),
    ("charge_declined", "A card the bank declines"),
    (
        "charge_declined_insufficient_funds",
        "A card without enough money",
    ),
    ("apple_pay", "A phone (no card can be saved)"),
];

/// The response of `POST /api/quilt/sign-in`. `Debug` omits the token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuiltSession {
    pub token: String,
    /// URL of Stripe Terminal's script.
    pub terminal: String,
}

impl core::fmt::Debug for QuiltSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("QuiltSession(***)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use card_entry_protocol::dialect::quilt::{ExternalAccountId, ExternalCustomerId};
    use card_entry_protocol::money::{Currency, Decimal};

    #[test]
    fn the_api_accepts_the_demo_data() {
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
    fn debug_output_hides_the_token() {
        let session = QuiltSession {
            token: "t".repeat(40),
            terminal: String::new(),
        };
        assert!(!format!("{session:?}").contains("tt"));
    }
}
