//! The table of test cards, section by section of Stripe's testing page. Read by [`super::TestCard::find`], by
//! [`crate::test_tokens`] and by the page for people.

mod authentication;
mod brands;
mod countries;
mod declines;
mod disputes;
mod radar;

use super::TestCard;
pub use declines::NAMES_ONLY;

/// Every section, in the page's order.
const SECTIONS: &[&[TestCard]] = &[
    brands::BRANDS,
    countries::COUNTRIES,
    declines::DECLINES,
    radar::RADAR,
    disputes::DISPUTES,
    authentication::AUTHENTICATION,
];

/// Every card with a number of its own: all that is taken.
pub fn cards() -> impl Iterator<Item = &'static TestCard> {
    SECTIONS.iter().copied().flatten()
}
