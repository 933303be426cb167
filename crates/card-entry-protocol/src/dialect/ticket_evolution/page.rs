//! The paginated lists, and the query that selects a page.
//!
//! A query must never fail because of its numbers: a number out of bounds is moved to the bound.

use serde::{Deserialize, Serialize};

use super::{Address, CardRow, ClientRecord, CreditCard, Phone};
use crate::dialect::lenient_list;
use crate::tree::Tree;

/// The default and the maximum of `per_page`.
const MAX_PER_PAGE: u32 = 100;

/// The query of every list, as it is on the wire.
///
/// ```
/// use card_entry_protocol::dialect::ticket_evolution::PageQuery;
///
/// let query = PageQuery { page: Some(3), per_page: Some(1000) };
/// assert_eq!(query.window().offset(), 200);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PageQuery {
    /// The number of the page, from 1. The default is 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The number of items on a page, 1 to 100. The default is 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_page: Option<u32>,
}

/// The page of a list, within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageBounds {
    /// The number of the page, from 1.
    pub page: u32,
    /// The number of items on a page, 1 to 100.
    pub per_page: u32,
}

impl PageQuery {
    /// The page of the query. A number out of bounds is moved to the bound.
    #[must_use]
    pub fn window(self) -> PageBounds {
        PageBounds {
            page: self.page.unwrap_or(1).max(1),
            per_page: self.per_page.unwrap_or(MAX_PER_PAGE).clamp(1, MAX_PER_PAGE),
        }
    }
}

impl PageBounds {
    /// The number of items before the page.
    #[must_use]
    pub fn offset(self) -> u64 {
        u64::from(self.page - 1) * u64::from(self.per_page)
    }
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $row:ty })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
        pub struct $name {
            /// The items of this page. Items that cannot be read are left out.
            #[serde(deserialize_with = "lenient_list::read")]
            pub $key: Vec<$row>,
            /// The number of items on all pages.
            pub total_entries: u64,
            /// The number of this page, from 1.
            pub current_page: u32,
            /// The number of items on a full page.
            pub per_page: u32,
        }

        impl $name {
            /// Creates one page of a list with this total number of items.
            #[must_use]
            pub fn new($key: Vec<$row>, total_entries: u64, window: PageBounds) -> Self {
                Self {
                    $key,
                    total_entries,
                    current_page: window.page,
                    per_page: window.per_page,
                }
            }
        })+
    };
}

lists! {
    /// The response of `GET …/credit_cards`.
    CardList { credit_cards: CreditCard }
    /// The response of `GET …/addresses`.
    AddressList { addresses: Address }
    /// The response of `GET …/phone_numbers`.
    PhoneList { phone_numbers: Phone }
    /// The response of `GET /clients`.
    ClientList { clients: ClientRecord }
}

impl CardRow {
    /// Reads the cards of a response that lists or creates cards; `None` when it has no `credit_cards`.
    #[must_use]
    pub fn all(answer: &Tree) -> Option<Vec<Self>> {
        answer.lenient_list("credit_cards")
    }
}
