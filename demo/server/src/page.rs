//! The site's pages: read from the built folder, with their own headers.
//!
//! Read anew for each visit, so that a rebuilt page shows without a restart; a page is a few kilobytes.

use std::path::{Path, PathBuf};

use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use card_entry_protocol::origin::Origin;

use crate::bokamera::Stripe;
use crate::error::SiteError;
use crate::headers::{self, Runs};
use crate::nonce::Nonce;

/// A page of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Booking,
    /// The plain listener, without companion.
    Legacy,
    /// The custom element on a plain page.
    Element,
    /// A page of another site, with the custom element's inside.
    Home,
    /// The panel of a MikroCloud account.
    MikroCloud,
    /// A salon that takes payments through BokaMera.
    BokaMera,
    Quilt,
    /// The ticket shop's wallet, over Ticket Evolution.
    TicketEvolution,
}

impl Page {
    fn file(self) -> &'static str {
        match self {
            Self::Booking => "index.html",
            Self::Legacy => "legacy.html",
            Self::Element => "element.html",
            Self::Home => "home.html",
            Self::MikroCloud => "mikrocloud.html",
            Self::BokaMera => "bokamera.html",
            Self::Quilt => "quilt.html",
            Self::TicketEvolution => "ticket-evolution.html",
        }
    }
}

/// Where the till's page finds Stripe Terminal.
#[derive(Debug, Clone)]
pub struct Terminal {
    pub script: String,
    /// What its policy lets it load from and reach: the script's origin, then the API's.
    pub origins: [Origin; 2],
}

impl Terminal {
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
    stripe: Stripe,
    terminal: Terminal,
    homes: Vec<Origin>,
}

impl Pages {
    /// The pages in a folder.
    ///
    /// # Errors
    /// With a sentence that says what to do, when the folder holds no built page.
    pub fn open(
        dist: &Path,
        wallet: Origin,
        stripe: Stripe,
        terminal: Terminal,
        homes: Vec<Origin>,
    ) -> Result<Self, String> {
        if dist.join(Page::Booking.file()).is_file() {
            return Ok(Self {
                dist: dist.to_owned(),
                wallet,
                stripe,
                terminal,
                homes,
            });
        }
        let dist = dist.display();
        Err(format!(
            "--dist: there is no built page in {dist}; build it with `trunk build --config demo/Trunk.toml`"
        ))
    }

    /// Answers with a page.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn show(&self, page: Page) -> Result<Response, SiteError> {
        let html = self.read(page.file()).await?;
        let (html, headers) = match page {
            Page::Booking => {
                let nonce = Nonce::draw()?;
                (nonce.fill(&html), self.headers(Runs::Wasm, Some(&nonce))?)
            }
            Page::Legacy => (html, self.headers(Runs::Scripts, None)?),
            Page::BokaMera => (html, headers::of_paying_page(&self.stripe)?),
            Page::Quilt => (html, self.headers(Runs::Terminal(&self.terminal), None)?),
            Page::Element => {
                let mut headers = self.headers(Runs::Wasm, None)?;
                headers::let_frame(&mut headers, &self.homes)?;
                (html, headers)
            }
            Page::Home => (html, headers::of_home()),
            Page::MikroCloud | Page::TicketEvolution => (html, self.headers(Runs::Wasm, None)?),
        };
        Ok((headers, Html(html)).into_response())
    }

    /// Where Stripe Terminal's script is.
    #[must_use]
    pub fn terminal_script(&self) -> &str {
        &self.terminal.script
    }

    fn headers(&self, runs: Runs<'_>, nonce: Option<&Nonce>) -> Result<HeaderMap, SiteError> {
        headers::of_page(&self.wallet, runs, nonce)
    }

    async fn read(&self, file: &str) -> Result<String, SiteError> {
        let path = self.dist.join(file);
        tokio::fs::read_to_string(&path)
            .await
            .map_err(|e| SiteError::Broken(format!("{}: {e}", path.display())))
    }
}
