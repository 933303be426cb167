//! The name and value pairs of a form-urlencoded query, as browsers write it.
//!
//! [`super::FrameQuery`] calls it. It must never accept a parameter with two different values.

use crate::code::FrameErrorCode;
use crate::encoding::form_decode;

/// The known parameters. All others are ignored, whatever their value is.
const KNOWN: [&str; 10] = [
    "stripe_publishable_key",
    "amount",
    "currency",
    "creditCardsOnly",
    "isForFutureUsage",
    "notifyOnFormHeight",
    "locale",
    "color_scheme",
    "stripe_account",
    "parent_origin",
];

/// The tokenization key. Only builds with Braintree read this parameter.
pub(super) const BRAINTREE_KEY: &str = "braintree_tokenization_key";

fn is_known(name: &str) -> bool {
    KNOWN.contains(&name) || (crate::braintree::KNOWN && name == BRAINTREE_KEY)
}

/// The decoded pairs, in their order.
pub(super) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(super) fn parse(raw: &str) -> Result<Self, FrameErrorCode> {
        let pairs = raw.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((form_decode(name)?, form_decode(value)?))
        });
        pairs
            .collect::<Option<Vec<_>>>()
            .map(Self)
            .ok_or(FrameErrorCode::BadEncoding)
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether any name or any value passes the check.
    pub(super) fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.0.iter().any(|(name, value)| is(name) || is(value))
    }

    /// Refuses a known parameter with two different values.
    pub(super) fn check_duplicates(&self) -> Result<(), FrameErrorCode> {
        let differs = |(name, value): &(String, String)| {
            is_known(name) && self.get(name).is_some_and(|first| first != value)
        };
        if self.0.iter().any(differs) {
            Err(FrameErrorCode::DuplicateParam)
        } else {
            Ok(())
        }
    }
}
