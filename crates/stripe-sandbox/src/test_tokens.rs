//! Stripe's test ids: `pm_card_visa`, `tok_visa` and so on. Each use creates a new payment method of the test card. The
//! names are in `card/list/`. Source: <https://docs.stripe.com/testing>.

use crate::card::TestCard;

/// The test card of a test id; `None` for any other id.
#[must_use]
pub fn test_card_of(id: &str) -> Option<&'static TestCard> {
    id.strip_prefix("pm_card_")
        .or_else(|| id.strip_prefix("tok_"))
        .and_then(TestCard::named_by)
}
