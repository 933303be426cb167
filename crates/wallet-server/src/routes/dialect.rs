//! What stands around a wallet system's routes: whose pages may call, how a request is run, and the shape of its
//! refusals. A request that takes too long, and one that panics, are answered inside of shape and CORS.
//!
//! Each system's module has one [`Dialect`] and one router. Extractors, wallet and layers all refuse with
//! [`ApiError`]; the dialect's `shape` is the only place where that becomes the vendor's body.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;
use serde_json::Value;

use super::answer::Answer;
use super::{nothing_here, run, wrong_method};
use crate::app::App;
use crate::cors::{self, Rules};
use crate::error::ApiError;
use crate::read::LARGEST_BODY;
use crate::words::Locale;
use crate::{fault, headers};

/// Writes a refusal as the vendor does, with its sentence in a language.
pub(super) type Shape = fn(&ApiError, Locale) -> Answer;

/// A wallet system on the wire.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// Where its routes begin.
    pub base: &'static str,
    /// How it refuses.
    pub shape: Shape,
    /// Which pages may call.
    pub cors: Rules,
}

impl Dialect {
    /// Puts a system's routes at its base, with everything around them.
    pub fn around(self, app: &App, routes: Router<App>) -> Router<App> {
        // Each fallback is set before the layers around it: a preflight is a wrong method until `cors` has answered it.
        let routes = routes
            .fallback(nothing_here)
            .method_not_allowed_fallback(wrong_method);
        // A nest does not hold its own base with a slash behind it: a system of a shorter base would answer there.
        let slash = Router::new().route(&format!("{}/", self.base), any(nothing_here));
        Router::new()
            .nest(self.base, self.layers(app, routes))
            .merge(self.layers(app, slash))
    }

    fn layers(self, app: &App, routes: Router<App>) -> Router<App> {
        let run = (app.clone(), LARGEST_BODY);
        routes
            .layer(from_fn_with_state(app.clone(), fault::strike))
            .layer(from_fn_with_state(run, run::to_completion))
            .layer(from_fn_with_state((app.clone(), self.cors), cors::check))
            .layer(from_fn(headers::seal_api))
            .layer(from_fn_with_state(self.shape, give_shape))
    }
}

/// Adds the code for programs to a body whose sentence stands alone; the dialects with codes of their own write theirs.
fn with_code(mut answer: Answer, refusal: &ApiError) -> Answer {
    let Some(code) = refusal.code() else {
        return answer;
    };
    if let Ok(Value::Object(mut body)) = serde_json::from_str(&answer.body)
        && ["message", "error"]
            .iter()
            .any(|name| body.get(*name).is_some_and(Value::is_string))
    {
        body.insert("code".to_owned(), code.into());
        answer.body = Value::Object(body).to_string();
    }
    answer
}

/// Gives a refusal the dialect's body; its headers stay.
async fn give_shape(State(shape): State<Shape>, request: Request, next: Next) -> Response {
    let locale = Locale::of(request.headers());
    let mut response = next.run(request).await;
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().append(header::VARY, vary);
    let Some(refusal) = response.extensions_mut().remove::<Arc<ApiError>>() else {
        return response;
    };
    let answer = with_code(shape(&refusal, locale), &refusal);
    let (mut parts, _) = response.into_parts();
    parts.status = answer.status;
    parts.headers.remove(header::CONTENT_LENGTH);
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(header::CONTENT_TYPE, json);
    if let Some(language) = answer.language {
        let language = HeaderValue::from_static(language.as_str());
        parts.headers.insert(header::CONTENT_LANGUAGE, language);
    }
    Response::from_parts(parts, Body::from(answer.body))
}
