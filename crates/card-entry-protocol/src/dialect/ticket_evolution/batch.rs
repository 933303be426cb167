//! `{clients:[…]}`: every create takes an array and answers with one, even for one.

use serde::{Deserialize, Serialize};

use super::{Address, ClientRecord, CreditCard, NewAddress, NewClient, NewPhone, Phone};
use crate::dialect::lenient_list;

macro_rules! batches {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $row:ty })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Rows that cannot be read are left out.
            #[serde(deserialize_with = "lenient_list::read")]
            pub $key: Vec<$row>,
        })+
    };
}

macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $row:ty })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// All or nothing: one that cannot be read refuses the rest.
            pub $key: Vec<$row>,
        })+
    };
}

batches! {
    /// Of `POST …/credit_cards`, 201.
    CardBatch { credit_cards: CreditCard }
    /// Of `POST …/addresses`, 201.
    AddressBatch { addresses: Address }
    /// Of `POST …/phone_numbers`, 201.
    PhoneBatch { phone_numbers: Phone }
    /// Of `POST /clients`, 201.
    ClientBatch { clients: ClientRecord }
}

requests! {
    /// `POST …/addresses`.
    NewAddresses { addresses: NewAddress }
    /// `POST …/phone_numbers`.
    NewPhones { phone_numbers: NewPhone }
    /// `POST /clients`.
    NewClients { clients: NewClient }
}
