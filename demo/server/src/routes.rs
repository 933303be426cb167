//! The table of contents: every address this server answers.

mod appointments;
mod bokamera;
mod catalog;
mod config;
mod health;
mod mikrocloud;
mod quilt;
mod ticket_evolution;

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use booking_page::api::SiteConfig;
use tower_http::services::ServeDir;

use crate::bokamera::Till;
use crate::booking::Desk;
use crate::error::SiteError;
use crate::mikrocloud::Signer;
use crate::page::{Page, Pages};
use crate::quilt::Counter;
use crate::settings::Settings;
use crate::ticket_evolution::Seller;
use crate::{headers, log};

/// The largest body read, in bytes: a booking has less than 100.
const LARGEST_BODY: usize = 4 * 1024;

/// The longest a request may take, its body included: two calls to the wallet and some air.
const LONGEST_REQUEST: Duration = Duration::from_secs(20);

/// What the handlers work with.
#[derive(Debug, Clone)]
pub struct Site {
    pub desk: Desk,
    pub pages: Pages,
    pub config: SiteConfig,
    /// Signs the tokens of the MikroCloud panel's visitors.
    pub signer: Option<Signer>,
    pub till: Option<Till>,
    /// The till's way to Quilt.
    pub counter: Option<Counter>,
    /// Signs for the ticket shop's visitors.
    pub seller: Option<Seller>,
}

impl FromRef<Site> for Desk {
    fn from_ref(site: &Site) -> Self {
        site.desk.clone()
    }
}

pub fn router(site: Site, settings: &Settings) -> Router {
    let api = Router::new()
        .merge(appointments::router())
        .merge(catalog::router())
        .merge(config::router())
        .merge(mikrocloud::router())
        .merge(bokamera::router())
        .merge(quilt::sign_in())
        .merge(ticket_evolution::api())
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(LARGEST_BODY));
    let files = |folder| {
        ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
    };
    Router::new()
        .route("/", get(|site| show(site, Page::Booking)))
        .route("/index.html", get(|site| show(site, Page::Booking)))
        .route("/legacy.html", get(|site| show(site, Page::Legacy)))
        .route("/element.html", get(|site| show(site, Page::Element)))
        .route("/home.html", get(|site| show(site, Page::Home)))
        .route("/mikrocloud.html", get(|site| show(site, Page::MikroCloud)))
        .route("/bokamera.html", get(|site| show(site, Page::BokaMera)))
        .route("/quilt.html", get(|site| show(site, Page::Quilt)))
        .merge(quilt::proxy().layer(DefaultBodyLimit::max(LARGEST_BODY)))
        .route(
            "/ticket-evolution.html",
            get(|site| show(site, Page::TicketEvolution)),
        )
        .merge(ticket_evolution::proxy().layer(DefaultBodyLimit::max(LARGEST_BODY)))
        .merge(health::router())
        .nest(
            "/bokamera",
            bokamera::proxy().layer(DefaultBodyLimit::max(LARGEST_BODY)),
        )
        .nest("/api", api)
        .nest_service("/card-entry", files(&settings.companion))
        .fallback_service(files(&settings.dist))
        .layer(from_fn(bound))
        .layer(from_fn(headers::seal))
        .layer(from_fn(log::request))
        .with_state(site)
}

async fn show(State(site): State<Site>, page: Page) -> Result<Response, SiteError> {
    site.pages.show(page).await
}

async fn nothing_here() -> SiteError {
    SiteError::NotFound
}

async fn wrong_method() -> SiteError {
    SiteError::Unreadable(StatusCode::METHOD_NOT_ALLOWED)
}

/// Gives up on a request that takes too long.
async fn bound(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST_REQUEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => SiteError::Unreadable(StatusCode::REQUEST_TIMEOUT).into_response(),
    }
}
