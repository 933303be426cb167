//! What an account has for payments in person: places, tokens for the Terminal script, and whoever is
//! connected to its simulated reader. Held by the account, changed by `api/terminal.rs` and
//! [`crate::terminal`].

use crate::collection::Collection;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

#[derive(Clone, Debug)]
pub struct TerminalLocation {
    pub id: String,
    pub display_name: String,
    /// Its lines; `country` is always there.
    pub address: Map<String, Value>,
    pub metadata: Map<String, Value>,
}

impl TerminalLocation {
    /// As a server sees it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let line = |name: &str| self.address.get(name).cloned().unwrap_or(Value::Null);
        json!({
            "id": self.id,
            "object": "terminal.location",
            "address": {
                "city": line("city"), "country": line("country"), "line1": line("line1"),
                "line2": line("line2"), "postal_code": line("postal_code"), "state": line("state"),
            },
            "display_name": self.display_name,
            "livemode": false,
            "metadata": self.metadata,
        })
    }
}

/// One script at the reader. Another that connects takes its place.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Names the connection to the script that has it.
    pub session: String,
    /// The location the script's token was made for.
    pub location: Option<String>,
    /// The card presented for each intent, `pi_…` to `pm_…`, with the tip in minor units.
    pub presented: HashMap<String, (String, Option<u64>)>,
}

/// Everything of Terminal one account has.
#[derive(Clone, Debug, Default)]
pub struct Terminal {
    pub locations: Collection<TerminalLocation>,
    /// Secrets of tokens that nobody has used yet, with the location each is for.
    pub tokens: HashMap<String, Option<String>>,
    pub connection: Option<Connection>,
}

impl Terminal {
    /// The connection `session`, unless another took the reader.
    pub fn connected(&mut self, session: &str) -> Option<&mut Connection> {
        self.connection
            .as_mut()
            .filter(|connection| connection.session == session)
    }
}
