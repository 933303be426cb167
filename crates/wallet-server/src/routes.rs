//! The table of contents: every address this server answers.

mod answer;
mod asset;
mod body;
mod bokamera;
mod dialect;
mod faults;
mod frame;
mod health;
mod holds;
mod mikrocloud;
mod mytime;
mod once;
mod quilt;
mod reports;
mod rows;
mod run;
mod ticket_evolution;
mod webhooks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::app::App;
use crate::error::ApiError;
use crate::read::LARGEST_BODY;
use crate::{headers, leftover, log};

/// Everything.
pub fn router(app: App) -> Router {
    let site = Router::new()
        .merge(holds::router())
        .merge(health::router())
        .merge(reports::router())
        .merge(webhooks::router())
        .merge(faults::router(app.config.allow_faults))
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(
            (app.clone(), webhooks::LARGEST_EVENT),
            run::to_completion,
        ))
        .layer(from_fn(headers::seal_api));
    let page = Router::new()
        .merge(frame::router())
        .merge(asset::router())
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(
            (app.clone(), LARGEST_BODY),
            run::to_completion,
        ));
    Router::new()
        .merge(mytime::DIALECT.around(&app, mytime::router()))
        .merge(mikrocloud::DIALECT.around(&app, mikrocloud::router()))
        .merge(quilt::DIALECT.around(&app, quilt::router()))
        .merge(ticket_evolution::DIALECT.around(&app, ticket_evolution::router(&app)))
        .merge(bokamera::DIALECT.around(&app, bokamera::router()))
        .merge(site)
        .merge(page)
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(leftover::drain))
        .layer(from_fn(headers::seal_all))
        .layer(from_fn(log::request))
        .with_state(app)
}

async fn nothing_here() -> ApiError {
    ApiError::NoRoute
}

async fn wrong_method() -> ApiError {
    ApiError::WrongMethod
}
