//! The router: every path that this server serves.
//!
//! It must never serve a vendor's route without the layers of `vendor_api::VendorApi`.

mod asset;
mod bokamera;
mod docs;
mod faults;
mod frame;
mod health;
mod holds;
mod idempotency;
mod json_response;
mod lenient_list;
mod mikrocloud;
mod mytime;
mod password_resets;
mod people;
mod quilt;
mod reports;
mod request_body;
mod run;
mod ticket_evolution;
mod vendor_api;
mod webhooks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use wallet_store::audit_events::Actor;

// Bodies and queries of this server's own, for the OpenAPI document.
pub(crate) use holds::{HoldBody, HoldQuery, HoldsBody, NewHold};
pub(crate) use mytime::{CompanyQuery, NewPassword};
pub(crate) use password_resets::{NewPasswordReset, PasswordReset};
pub(crate) use people::PersonQuery;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::MAX_BODY_BYTES;
use crate::{body_drain, headers, log};
pub(crate) use health::{CLIENT_CHECK_PATH, DOCUMENTATION_ADDRESS};

/// Makes the router of all routes, with the layers around them.
pub fn router(app: App) -> Router {
    let observer = log::RequestObserver::new(&app.config, system_of);
    let site = Router::new()
        .merge(holds::router())
        .merge(password_resets::router())
        .merge(people::router())
        .merge(health::router())
        .merge(reports::router())
        .merge(webhooks::router())
        .merge(faults::router(app.config.allow_faults))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(
            run::RunLimits {
                app: app.clone(),
                max_body_bytes: webhooks::MAX_EVENT_BYTES,
                actor: Actor::SiteServer,
            },
            run::to_completion,
        ))
        .layer(from_fn(headers::set_api_headers));
    let probes = health::probes()
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(headers::set_api_headers));
    let page = Router::new()
        .merge(frame::router())
        .merge(asset::router())
        .merge(docs::router(&app))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(
            run::RunLimits {
                app: app.clone(),
                max_body_bytes: MAX_BODY_BYTES,
                actor: Actor::Person,
            },
            run::to_completion,
        ));
    Router::new()
        .merge(mytime::API.layered(&app, mytime::router()))
        .merge(mytime::PASSWORDS.layered(&app, mytime::passwords_router()))
        .merge(mikrocloud::API.layered(&app, mikrocloud::router()))
        .merge(quilt::API.layered(&app, quilt::router()))
        .merge(ticket_evolution::API.layered(&app, ticket_evolution::router(&app)))
        .merge(bokamera::API.layered(&app, bokamera::router()))
        .merge(site)
        .merge(probes)
        .merge(page)
        .fallback(route_not_found)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn(body_drain::drain_request_body))
        .layer(from_fn(headers::set_default_headers))
        .layer(from_fn_with_state(observer, log::log_request))
        .with_state(app)
}

/// The wallet system of a route, for the metrics; `server` for what belongs to none.
fn system_of(route: &str) -> &'static str {
    let apis = [
        mytime::API,
        mikrocloud::API,
        // After MikroCloud, whose prefix is longer.
        quilt::API,
        ticket_evolution::API,
        bokamera::API,
    ];
    let is_in = |base: &str| {
        let rest = route.strip_prefix(base);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let found = apis.iter().find(|api| is_in(api.base));
    found.map_or("server", |api| api.cors.system.as_str())
}

async fn route_not_found() -> ApiError {
    ApiError::RouteNotFound
}

async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
