//! Lists, page by page.

use serde::{Deserialize, Serialize};

use super::{Address, CardRow, ClientRecord, CreditCard, Phone};
use crate::dialect::lenient_list;
use crate::tree::Tree;

/// Rows of a page unless fewer are asked for, and at most.
const MAX_PER_PAGE: u32 = 100;

/// The query of every list, as it is on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageQuery {
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// 1 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_page: Option<u32>,
}

/// Which rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageBounds {
    /// From 1.
    pub page: u32,
    /// 1 to 100.
    pub per_page: u32,
}

impl PageQuery {
    /// The window meant; what is out of bounds is moved to them.
    #[must_use]
    pub fn window(self) -> PageBounds {
        PageBounds {
            page: self.page.unwrap_or(1).max(1),
            per_page: self.per_page.unwrap_or(MAX_PER_PAGE).clamp(1, MAX_PER_PAGE),
        }
    }
}

impl PageBounds {
    /// Rows before it.
    #[must_use]
    pub fn offset(self) -> u64 {
        u64::from(self.page - 1) * u64::from(self.per_page)
    }
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $row:ty })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// The rows of this page; those that cannot be read are left out.
            #[serde(deserialize_with = "lenient_list::read")]
            pub $key: Vec<$row>,
            /// Rows of all pages.
            pub total_entries: u64,
            /// From 1.
            pub current_page: u32,
            /// Rows of a full page.
            pub per_page: u32,
        }

        impl $name {
            /// The page of a window.
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
    /// Of `GET …/credit_cards`.
    CardList { credit_cards: CreditCard }
    /// Of `GET …/addresses`.
    AddressList { addresses: Address }
    /// Of `GET …/phone_numbers`.
    PhoneList { phone_numbers: Phone }
    /// Of `GET /clients`.
    ClientList { clients: ClientRecord }
}

impl CardRow {
    /// The cards of an answer, whether it lists them or has just kept them; `None` when it is no such answer.
    #[must_use]
    pub fn all(answer: &Tree) -> Option<Vec<Self>> {
        answer.lenient_list("credit_cards")
    }
}
