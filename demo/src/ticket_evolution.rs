//! The sign-in of the ticket shop, shared by its page and the demo's server.
//!
//! A visitor of the demo enters a name. The shop's server creates a client at Ticket Evolution with two addresses and a telephone
//! number, and signs the calls of that client.

use serde::{Deserialize, Serialize};

/// The tokenization key of the demo's account.
pub const TOKENIZATION_KEY: &str = "sandbox_demo_tickets";

/// The path below which the site's server signs and forwards calls.
pub const PROXY: &str = "/ticket_evolution";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketShopSignIn {
    pub name: String,
}

/// An address or a telephone number of the client, with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRecord {
    pub id: u64,
    pub text: String,
}

/// The response to [`TicketShopSignIn`]. `Debug` omits the token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketShopSession {
    /// For the `Authorization` header of calls below [`PROXY`].
    pub token: String,
    pub client_id: u64,
    pub name: String,
    pub addresses: Vec<NamedRecord>,
    pub phone_numbers: Vec<NamedRecord>,
}

impl core::fmt::Debug for TicketShopSession {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "TicketShopSession({}, ***)", self.client_id)
    }
}
