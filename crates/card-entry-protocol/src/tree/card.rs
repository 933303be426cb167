//! Card details, keys, accounts and amounts as trees.
//!
//! An amount must never pass through a float: only a quoted decimal is read.

use super::{FromTree, ToTree, Tree, records, texts};
use crate::card::{Brand, CardDetails, Country, Funding, Last4, PaymentMethodId};
use crate::channel::Channel;
use crate::expiry::{ExpMonth, ExpYear};
use crate::money::{Currency, Decimal};
use crate::secret::{ClientSecret, StripeAccount};

texts!(
    PaymentMethodId,
    Last4,
    Country,
    Brand,
    Funding,
    Channel,
    ClientSecret,
    StripeAccount,
    Currency,
    // The exact digits of a JSON number are lost when it is in a tree, so only a quoted decimal is read and written.
    Decimal,
);

macro_rules! small_numbers {
    ($($kind:ty),+) => {
        $(impl FromTree for $kind {
            fn from_tree(tree: &Tree) -> Option<Self> {
                u16::try_from(u32::from_tree(tree)?).ok()?.try_into().ok()
            }
        }

        impl ToTree for $kind {
            fn to_tree(&self) -> Tree {
                u32::from(u16::from(*self)).to_tree()
            }
        })+
    };
}

small_numbers!(ExpMonth, ExpYear);

records! {
    CardDetails {
        all "brand" brand,
        all "last4" last4,
        all "exp_month" exp_month,
        all "exp_year" exp_year,
        all "funding" funding,
        all "country" country,
        some "preferred_network" preferred_network,
    }
}
