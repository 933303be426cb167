//! Stripe's ready-made test ids: `pm_card_visa` and its kind, and the `tok_…` of the same names.
//! Each use makes a new payment method of the card behind the name; the names stand with their cards in `card/list/`.

use crate::card::TestCard;

/// The card behind a ready-made id, if `id` is one.
#[must_use]
pub fn test_card_of(id: &str) -> Option<&'static TestCard> {
    id.strip_prefix("pm_card_")
        .or_else(|| id.strip_prefix("tok_"))
        .and_then(TestCard::named_by)
}
