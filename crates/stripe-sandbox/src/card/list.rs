//! The tables of test cards, one for each section of Stripe's testing page. Read by [`super::TestCard::find`], by
//! [`crate::test_tokens`] and by the dashboard. They must never contain a number that Stripe does not publish.

mod authentication;
mod brands;
mod countries;
mod declines;
mod disputes;
mod radar;

use super::TestCard;
pub use declines::NAMES_ONLY;

/// The sections, in the order of the page.
const SECTIONS: &[&[TestCard]] = &[
    brands::BRANDS,
    countries::COUNTRIES,
    declines::DECLINES,
    radar::RADAR,
    disputes::DISPUTES,
    authentication::AUTHENTICATION,
];

/// Every card with a number of its own. No other number is accepted.
pub fn cards() -> impl Iterator<Item = &'static TestCard> {
    SECTIONS.iter().copied().flatten()
}
