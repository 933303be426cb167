//! The ticket shop's own sign-in, as its page and the demo's server both read it.
//!
//! A demo's visitors write their name. The shop's server makes them a client at Ticket Evolution, with two addresses and
//! a telephone number, and signs for that client from then on.

use serde::{Deserialize, Serialize};

/// The tokenization key of the demo's account.
pub const TOKENIZATION_KEY: &str = "sandbox_demo_tickets";

/// Where the site's own server signs for its visitors.
pub const PROXY: &str = "/ticket_evolution";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    pub name: String,
}

/// A thing of the client's, by its id, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub id: u64,
    pub text: String,
}

/// Its answer. `Debug` leaves the token out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// For the `authorization` header of everything beneath [`PROXY`].
    pub token: String,
    pub client_id: u64,
    /// The name, as it was taken.
    pub name: String,
    pub addresses: Vec<Named>,
    pub phone_numbers: Vec<Named>,
}

impl core::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "SignedIn({}, ***)", self.client_id)
    }
}
