//! The arrays of the create calls, e.g. `{clients:[…]}`. Request and response are always arrays, even for one item.
//!
//! A request must never be executed partly: one invalid item refuses all.

use serde::{Deserialize, Serialize};

use super::{Address, ClientRecord, CreditCard, NewAddress, NewClient, NewPhone, Phone};
use crate::dialect::lenient_list;

macro_rules! batches {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $row:ty })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
        pub struct $name {
            /// The created items. Items that cannot be read are left out.
            #[serde(deserialize_with = "lenient_list::read")]
            pub $key: Vec<$row>,
        })+
    };
}

macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $row:ty })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
        pub struct $name {
            /// The items to create. One item that cannot be read refuses the whole request.
            pub $key: Vec<$row>,
        })+
    };
}

batches! {
    /// The response of `POST …/credit_cards`, status 201.
    CardBatch { credit_cards: CreditCard }
    /// The response of `POST …/addresses`, status 201.
    AddressBatch { addresses: Address }
    /// The response of `POST …/phone_numbers`, status 201.
    PhoneBatch { phone_numbers: Phone }
    /// The response of `POST /clients`, status 201.
    ClientBatch { clients: ClientRecord }
}

requests! {
    /// The body of `POST …/addresses`.
    NewAddresses { addresses: NewAddress }
    /// The body of `POST …/phone_numbers`.
    NewPhones { phone_numbers: NewPhone }
    /// The body of `POST /clients`.
    NewClients { clients: NewClient }
}
