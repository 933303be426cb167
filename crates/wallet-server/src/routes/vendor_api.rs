//! The layers around the routes of one vendor's API: error format, headers, CORS, running of requests.
//!
//! Each wallet system's module has one [`VendorApi`] and one router. Extractors, wallet and layers all return
//! [`ApiError`]; only `render_error` turns it into the vendor's body. Timeouts and panics happen inside of the CORS and
//! error layers, so that browsers can read their responses too. A layer must never run outside of the error layer if it
//! returns an [`ApiError`].

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;
use serde_json::Value;

use super::json_response::JsonResponse;
use super::{method_not_allowed, route_not_found, run};
use crate::app::App;
use crate::cors::{self, CorsRules};
use crate::error::ApiError;
use crate::extract::MAX_BODY_BYTES;
use crate::locale::Locale;
use crate::{fault, headers};

/// Writes an error in the vendor's format, with its sentence in a language.
pub(super) type RenderError = fn(&ApiError, Locale) -> JsonResponse;

#[derive(Debug, Clone, Copy)]
pub(super) struct VendorApi {
    /// The path prefix of its routes.
    pub base: &'static str,
    /// The vendor's format of errors.
    pub render_error: RenderError,
    pub cors: CorsRules,
}

impl VendorApi {
    /// Nests the routes at the path prefix and adds the layers.
    pub fn layered(self, app: &App, routes: Router<App>) -> Router<App> {
        // The fallbacks are set before the layers, so that a preflight reaches the CORS layer and not "method not allowed".
        let routes = routes
            .fallback(route_not_found)
            .method_not_allowed_fallback(method_not_allowed);
        // `nest` does not match its prefix with a trailing slash; an API with a shorter prefix would answer there.
        let slash = Router::new().route(&format!("{}/", self.base), any(route_not_found));
        Router::new()
            .nest(self.base, self.layers(app, routes))
            .merge(self.layers(app, slash))
    }

    fn layers(self, app: &App, routes: Router<App>) -> Router<App> {
        let run = run::RunLimits {
            app: app.clone(),
            max_body_bytes: MAX_BODY_BYTES,
            actor: self.cors.system.actor(),
        };
        routes
            .layer(from_fn_with_state(app.clone(), fault::inject))
            .layer(from_fn_with_state(run, run::to_completion))
            .layer(from_fn_with_state((app.clone(), self.cors), cors::check))
            .layer(from_fn(headers::set_api_headers))
            .layer(from_fn_with_state(self.render_error, render_errors))
    }
}

/// Adds the code for programs to a body that has a sentence only. Vendors with codes of their own write those.
fn with_code(mut response: JsonResponse, error: &ApiError) -> JsonResponse {
    let Some(code) = error.code() else {
        return response;
    };
    if let Ok(Value::Object(mut body)) = serde_json::from_str(&response.body)
        && ["message", "error"]
            .iter()
            .any(|name| body.get(*name).is_some_and(Value::is_string))
    {
        body.insert("code".to_owned(), code.into());
        response.body = Value::Object(body).to_string();
    }
    response
}

/// Replaces the body of an error with the vendor's. The headers stay.
async fn render_errors(
    State(render_error): State<RenderError>,
    request: Request,
    next: Next,
) -> Response {
    let locale = Locale::of(request.headers());
    let mut response = next.run(request).await;
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().append(header::VARY, vary);
    // The error stays in the response: the outermost layer adds the request id to its body.
    let Some(error) = response.extensions().get::<Arc<ApiError>>().cloned() else {
        return response;
    };
    let rendered = with_code(render_error(&error, locale), &error);
    let (mut parts, _) = response.into_parts();
    parts.status = rendered.status;
    parts.headers.remove(header::CONTENT_LENGTH);
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(header::CONTENT_TYPE, json);
    if let Some(language) = rendered.language {
        let language = HeaderValue::from_static(language.as_str());
        parts.headers.insert(header::CONTENT_LANGUAGE, language);
    }
    Response::from_parts(parts, Body::from(rendered.body))
}
