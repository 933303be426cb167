//! The routes: every address of this server.

mod appointments;
mod bokamera;
mod catalog;
mod config;
mod health;
mod mikrocloud;
mod page_call;
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

use crate::bokamera::BokaMeraClient;
use crate::booking::BookingService;
use crate::error::SiteError;
use crate::mikrocloud::TokenSigner;
use crate::page::{Pages, SitePage};
use crate::quilt::QuiltProxy;
use crate::settings::Settings;
use crate::ticket_evolution::TicketEvolutionClient;
use crate::{headers, log};

/// A booking has less than 100 bytes.
const MAX_BODY_BYTES: usize = 4 * 1024;

/// The limit for a request with its body: two calls to the wallet server and some margin.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Debug, Clone)]
pub struct AppState {
    pub bookings: BookingService,
    pub pages: Pages,
    pub config: SiteConfig,
    pub mikrocloud: Option<TokenSigner>,
    pub bokamera_client: Option<BokaMeraClient>,
    pub quilt_proxy: Option<QuiltProxy>,
    pub ticket_evolution: Option<TicketEvolutionClient>,
}

impl FromRef<AppState> for BookingService {
    fn from_ref(state: &AppState) -> Self {
        state.bookings.clone()
    }
}

pub fn router(state: AppState, settings: &Settings) -> Router {
    let api = Router::new()
        .merge(appointments::router())
        .merge(catalog::router())
        .merge(config::router())
        .merge(mikrocloud::router())
        .merge(bokamera::router())
        .merge(quilt::sign_in())
        .merge(ticket_evolution::api())
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    let files = |folder| {
        ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
    };
    Router::new()
        .route("/", get(|site| page(site, SitePage::Booking)))
        .route("/index.html", get(|site| page(site, SitePage::Booking)))
        .route("/legacy.html", get(|site| page(site, SitePage::Legacy)))
        .route("/element.html", get(|site| page(site, SitePage::Element)))
        .route("/home.html", get(|site| page(site, SitePage::Host)))
        .route(
            "/mikrocloud.html",
            get(|site| page(site, SitePage::MikroCloud)),
        )
        .route("/bokamera.html", get(|site| page(site, SitePage::BokaMera)))
        .route("/quilt.html", get(|site| page(site, SitePage::Quilt)))
        .merge(quilt::proxy().layer(DefaultBodyLimit::max(MAX_BODY_BYTES)))
        .route(
            "/ticket-evolution.html",
            get(|site| page(site, SitePage::TicketEvolution)),
        )
        .merge(ticket_evolution::proxy().layer(DefaultBodyLimit::max(MAX_BODY_BYTES)))
        .merge(health::router())
        .nest(
            "/bokamera",
            bokamera::proxy().layer(DefaultBodyLimit::max(MAX_BODY_BYTES)),
        )
        .nest("/api", api)
        .nest_service("/card-entry", files(&settings.companion))
        .fallback_service(files(&settings.dist))
        .layer(from_fn(limit_time))
        .layer(from_fn(headers::add_defaults))
        .layer(from_fn(log::request))
        .with_state(state)
}

async fn page(State(state): State<AppState>, page: SitePage) -> Result<Response, SiteError> {
    state.pages.respond(page).await
}

async fn not_found() -> SiteError {
    SiteError::NotFound
}

async fn method_not_allowed() -> SiteError {
    SiteError::InvalidRequest(StatusCode::METHOD_NOT_ALLOWED)
}

/// Responds 408 to a request that takes too long.
async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => SiteError::InvalidRequest(StatusCode::REQUEST_TIMEOUT).into_response(),
    }
}
