//! The adapters: each implements the API of one vendor. One cargo feature each.
//!
//! An adapter must never pass on a server's text that is not meant for people.

#[cfg(feature = "bokamera")]
pub mod bokamera;
#[cfg(any(
    feature = "mikrocloud",
    feature = "mytime",
    feature = "ticket_evolution"
))]
mod client;
// Quilt's API has no `Retry-After`: its failures are responses with status 200.
#[cfg_attr(
    not(any(
        feature = "bokamera",
        feature = "mikrocloud",
        feature = "mytime",
        feature = "ticket_evolution"
    )),
    allow(dead_code)
)]
mod http;
#[cfg(feature = "mikrocloud")]
pub mod mikrocloud;
#[cfg(feature = "mytime")]
pub mod mytime;
#[cfg(feature = "quilt")]
pub mod quilt;
#[cfg(feature = "ticket_evolution")]
pub mod ticket_evolution;

/// Puts what the person agreed to beside the vendor's own members, for the server's records. A server that knows
/// nothing of it passes over it.
#[cfg(any(
    feature = "mikrocloud",
    feature = "mytime",
    feature = "ticket_evolution"
))]
/// Adds the consent of the person to the body, beside the vendor's own members. A server that does not know it ignores
/// it.
fn with_consent(
    mut body: card_entry_protocol::tree::Tree,
    request: &crate::wallet::SaveRequest,
) -> card_entry_protocol::tree::Tree {
    use card_entry_protocol::tree::{ToTree, Tree};
    if let (Tree::Map(members), Some(proof)) = (&mut body, &request.consent) {
        members.push(("consent".to_owned(), proof.to_tree()));
    }
    body
}
