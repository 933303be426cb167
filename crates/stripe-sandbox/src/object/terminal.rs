//! The Terminal objects of an account: locations, connection tokens, and the connection to its simulated reader. Held
//! by the account, changed by `api/terminal.rs` and [`crate::terminal`].

use crate::collection::Collection;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

#[derive(Clone, Debug)]
pub struct TerminalLocation {
    pub id: String,
    pub display_name: String,
    /// The lines of the address; `country` is always set.
    pub address: Map<String, Value>,
    pub metadata: Map<String, Value>,
}

impl TerminalLocation {
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

/// The connection of one script to the reader. A new connection replaces it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// `rdr_…`: identifies the connection in every command.
    pub session: String,
    /// The location of the connection token.
    pub location: Option<String>,
    /// The collected card of each intent, `pi_…` to `pm_…`, with the tip in minor units.
    pub collected: HashMap<String, (String, Option<u64>)>,
}

#[derive(Clone, Debug, Default)]
pub struct Terminal {
    pub locations: Collection<TerminalLocation>,
    /// The secrets of unused connection tokens, with their locations.
    pub tokens: HashMap<String, Option<String>>,
    pub connection: Option<Connection>,
}

impl Terminal {
    /// The connection `session`; `None` when another connection has replaced it.
    pub fn connected(&mut self, session: &str) -> Option<&mut Connection> {
        self.connection
            .as_mut()
            .filter(|connection| connection.session == session)
    }
}
