//! The OpenAPI 3.1 document of this server's calls, and the pages that show it.
//!
//! Made once at the start by `routes::docs`, for the wallet systems that have an account. The schemas come from the types
//! that the routes read and write; each call is declared in the module of its API. A test compares the declared calls
//! with the router, and other tests compare the schemas with real responses. It must never describe an account, a key or
//! a setting.
//!
//! ```
//! use wallet_server::config::WalletSystem;
//! use wallet_server::openapi::{ApiDocumentation, DocumentScope};
//!
//! let documentation = ApiDocumentation::new(DocumentScope {
//!     systems: &[WalletSystem::MyTime],
//!     allow_faults: false,
//!     public_url: "https://cards.example",
//! });
//! assert!(documentation.json.contains("/api/mkp/v1/user/credit_cards"));
//! ```

mod api;
mod bokamera;
mod components;
mod description;
mod document;
mod error_bodies;
mod mikrocloud;
mod mytime;
mod operation;
mod own_calls;
mod page;
mod quilt;
mod responses;
#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)]
mod router_tests;
mod ticket_evolution;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use card_entry_protocol::dialect::mytime::BASE as MYTIME_BASE;
use sha2::{Digest, Sha256};

use crate::config::WalletSystem;
use page::PageScope;

/// What the document depends on.
#[derive(Debug, Clone, Copy)]
pub struct DocumentScope<'a> {
    /// The wallet systems that have an account.
    pub systems: &'a [WalletSystem],
    /// Whether the faults of development can be injected.
    pub allow_faults: bool,
    /// The origin that clients use.
    pub public_url: &'a str,
}

/// The document and its pages, ready to be sent.
#[derive(Debug, Clone)]
pub struct ApiDocumentation {
    /// The document as JSON.
    pub json: String,
    /// The page with all calls.
    pub page: String,
    /// The page with MyTime's calls, where the vendor's how-to expects it. `None` without such an account.
    pub mytime_page: Option<String>,
}

impl ApiDocumentation {
    /// Writes the document and its pages.
    #[must_use]
    pub fn new(scope: DocumentScope<'_>) -> Self {
        let mut apis: Vec<_> = scope.systems.iter().map(|system| api_of(*system)).collect();
        apis.push(own_calls::api(scope.allow_faults));
        let document = document::write(&apis, scope.public_url);
        let has_mytime = scope.systems.contains(&WalletSystem::MyTime);
        let all = PageScope {
            title: "Wallet server: API",
            base: "",
            schemas: "",
        };
        let mytime = PageScope {
            title: "MyTime: API of the wallet server",
            base: MYTIME_BASE,
            schemas: "MyTime",
        };
        Self {
            // A JSON value always serializes.
            json: serde_json::to_string(&document).unwrap_or_default(),
            page: page::render(&document, all),
            mytime_page: has_mytime.then(|| page::render(&document, mytime)),
        }
    }
}

/// The policy of the pages: no script, and the one style sheet that is in the page.
pub(crate) fn page_policy() -> String {
    let style = STANDARD.encode(Sha256::digest(page::STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn api_of(system: WalletSystem) -> api::ApiDescription {
    match system {
        WalletSystem::MyTime => mytime::api(),
        WalletSystem::MikroCloud => mikrocloud::api(),
        WalletSystem::Quilt => quilt::api(),
        WalletSystem::TicketEvolution => ticket_evolution::api(),
        WalletSystem::BokaMera => bokamera::api(),
    }
}
