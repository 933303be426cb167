//! The site's pages, read from the build folder, each with its own headers.
//!
//! A page is read for every request, so that a new build shows without a restart. A page must never be sent without its headers.

use std::path::{Path, PathBuf};

use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use card_entry_protocol::origin::Origin;

use crate::bokamera::StripeAddresses;
use crate::error::SiteError;
use crate::headers::{self, ScriptPolicy};
use crate::nonce::CspNonce;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SitePage {
    Booking,
    /// The plain `message` listener, without companion.
    Legacy,
    Element,
    /// A page of another site that embeds the custom element's page.
    Host,
    MikroCloud,
    BokaMera,
    Quilt,
    TicketEvolution,
}

impl SitePage {
    fn file(self) -> &'static str {
        match self {
            Self::Booking => "index.html",
            Self::Legacy => "legacy.html",
            Self::Element => "element.html",
            Self::Host => "home.html",
            Self::MikroCloud => "mikrocloud.html",
            Self::BokaMera => "bokamera.html",
            Self::Quilt => "quilt.html",
            Self::TicketEvolution => "ticket-evolution.html",
        }
    }
}

/// The addresses of Stripe Terminal for the point-of-sale page.
#[derive(Debug, Clone)]
pub struct TerminalOrigins {
    pub script: String,
    /// For the page's policy: the script's origin, then the API's.
    pub origins: [Origin; 2],
}

impl TerminalOrigins {
    #[must_use]
    pub fn new(scripts: &Origin, api: &Origin) -> Self {
        Self {
            script: format!("{scripts}/terminal/v1/"),
            origins: [scripts.clone(), api.clone()],
        }
    }
}

#[derive(Debug, Clone)]
pub struct Pages {
    dist: PathBuf,
    wallet: Origin,
    stripe: StripeAddresses,
    terminal: TerminalOrigins,
    embedding_sites: Vec<Origin>,
}

impl Pages {
    /// # Errors
    /// A message for the operator when the folder holds no built page.
    pub fn open(
        dist: &Path,
        wallet: Origin,
        stripe: StripeAddresses,
        terminal: TerminalOrigins,
        embedding_sites: Vec<Origin>,
    ) -> Result<Self, String> {
        if dist.join(SitePage::Booking.file()).is_file() {
            return Ok(Self {
                dist: dist.to_owned(),
                wallet,
                stripe,
                terminal,
                embedding_sites,
            });
        }
        let dist = dist.display();
        Err(format!(
            "--dist: there is no built page in {dist}; build it with `trunk build --config demo/Trunk.toml`"
        ))
    }

    /// # Errors
    /// When the file cannot be read.
    pub async fn respond(&self, page: SitePage) -> Result<Response, SiteError> {
        let html = self.read(page.file()).await?;
        let (html, headers) = match page {
            SitePage::Booking => {
                let nonce = CspNonce::generate()?;
                (
                    nonce.fill(&html),
                    self.headers(ScriptPolicy::Wasm, Some(&nonce))?,
                )
            }
            SitePage::Legacy => (html, self.headers(ScriptPolicy::PlainScripts, None)?),
            SitePage::BokaMera => (html, headers::payment_page_headers(&self.stripe)?),
            SitePage::Quilt => (
                html,
                self.headers(ScriptPolicy::Terminal(&self.terminal), None)?,
            ),
            SitePage::Element => {
                let mut headers = self.headers(ScriptPolicy::Wasm, None)?;
                headers::allow_embedding(&mut headers, &self.embedding_sites)?;
                headers::require_trusted_types(&mut headers)?;
                (html, headers)
            }
            SitePage::Host => (html, headers::host_page_headers()),
            SitePage::MikroCloud | SitePage::TicketEvolution => {
                (html, self.headers(ScriptPolicy::Wasm, None)?)
            }
        };
        Ok((headers, Html(html)).into_response())
    }

    #[must_use]
    pub fn terminal_script(&self) -> &str {
        &self.terminal.script
    }

    fn headers(
        &self,
        scripts: ScriptPolicy<'_>,
        nonce: Option<&CspNonce>,
    ) -> Result<HeaderMap, SiteError> {
        headers::page_headers(&self.wallet, scripts, nonce)
    }

    async fn read(&self, file: &str) -> Result<String, SiteError> {
        let path = self.dist.join(file);
        tokio::fs::read_to_string(&path)
            .await
            .map_err(|e| SiteError::Internal(format!("{}: {e}", path.display())))
    }
}
