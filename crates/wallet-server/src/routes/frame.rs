//! The card-entry page: `GET /stripe_hosted_forms/card_entry` with Stripe's fields, and
//! `GET /braintree_hosted_forms/card_entry` with Braintree's.
//!
//! The page is rendered for the publishable key and the parents in the query, with the same parser that the frame has.
//! Errors that only the server can detect, such as an unknown key, reach the frame as a code. The frame then shows a
//! sentence in place of the form. That error page may be framed by the parents of the key or, for an unknown key, by the
//! requesting page if it is configured. The server must never name an origin that the requester does not know.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::origin::Origin;
use card_entry_protocol::query::FrameQuery;

use crate::app::App;
use crate::config::PageSources;
use crate::dist::{Build, Dist};
use crate::error::ApiError;
use crate::headers::{self, PageHeaders, ProviderScripts};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/stripe_hosted_forms/card_entry", get(show_stripe))
        .route("/stripe_hosted_forms/card_entry/", get(show_stripe))
        .route("/braintree_hosted_forms/card_entry", get(show_braintree))
        .route("/braintree_hosted_forms/card_entry/", get(show_braintree))
}

/// One of the two pages.
struct FramePage<'a> {
    provider: FieldsProvider,
    sources: &'a PageSources,
    /// The placeholder of the script URL in the template.
    script_placeholder: &'static str,
    build: Option<Arc<Build>>,
}

/// The provider of the page's fields.
#[derive(PartialEq, Eq)]
enum FieldsProvider {
    Stripe,
    Braintree,
}

/// The result of checking a query.
struct QueryCheck {
    error: Option<FrameErrorCode>,
    /// The origins that may embed the page.
    ancestors: Vec<Origin>,
    /// The origins that the frame may exchange messages with.
    parents: Vec<Origin>,
}

fn check_query(
    app: &App,
    page: &FramePage<'_>,
    query: &str,
    requester: Option<Origin>,
) -> QueryCheck {
    let accounts = &app.config.accounts;
    let checked = FrameQuery::parse(query).and_then(|query| {
        let mut allowed = accounts.parents_of_key(query.key.as_str());
        if query.key.is_braintree() != (page.provider == FieldsProvider::Braintree) {
            allowed.clear();
        }
        if allowed.is_empty() {
            return Err(FrameErrorCode::KeyNotAllowed);
        }
        let connected = |asked| {
            accounts
                .iter()
                .any(|account| account.serves(&query.key, asked))
        };
        if query
            .account
            .as_ref()
            .is_some_and(|asked| !connected(asked))
        {
            return Err(FrameErrorCode::BadAccount);
        }
        let parents = query.allowed_parents(&allowed)?;
        let ancestors = accounts.frame_ancestors_of_key(query.key.as_str());
        Ok((ancestors, parents))
    });
    match checked {
        Ok((ancestors, parents)) => QueryCheck {
            error: None,
            ancestors,
            parents,
        },
        Err(code) => {
            let key = FrameQuery::parse_key(query);
            let key = key.as_ref().map_or("", |key| key.as_str());
            let mut parents = accounts.parents_of_key(key);
            let mut ancestors = accounts.frame_ancestors_of_key(key);
            let known = requester.filter(|page| accounts.all_parents().contains(page));
            if let (true, Some(page)) = (parents.is_empty(), known) {
                ancestors = accounts.frame_ancestors_of_parent(&page);
                parents.push(page);
            }
            QueryCheck {
                error: Some(code),
                ancestors,
                parents,
            }
        }
    }
}

/// The origin of the requesting page, if the browser sends a `Referer`.
fn requester(headers: &HeaderMap) -> Option<Origin> {
    let address = headers.get(header::REFERER)?.to_str().ok()?;
    let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
    Origin::parse(&origin)
}

async fn show_stripe(
    State(app): State<App>,
    headers: HeaderMap,
    query: RawQuery,
) -> Result<Response, ApiError> {
    let page = FramePage {
        provider: FieldsProvider::Stripe,
        sources: &app.config.page,
        script_placeholder: "{{card-entry-stripe-js}}",
        build: app.dist.build(),
    };
    show(&app, page, query, requester(&headers))
}

async fn show_braintree(
    State(app): State<App>,
    headers: HeaderMap,
    query: RawQuery,
) -> Result<Response, ApiError> {
    let page = FramePage {
        provider: FieldsProvider::Braintree,
        sources: &app.config.braintree_page,
        script_placeholder: "{{card-entry-braintree-js}}",
        build: app.braintree_dist.as_ref().and_then(Dist::build),
    };
    show(&app, page, query, requester(&headers))
}

fn show(
    app: &App,
    page: FramePage<'_>,
    RawQuery(query): RawQuery,
    requester: Option<Origin>,
) -> Result<Response, ApiError> {
    let checked = check_query(app, &page, query.as_deref().unwrap_or(""), requester);
    if let Some(code) = checked.error {
        tracing::info!(
            code = code.as_str(),
            "card-entry page requested with an invalid query"
        );
    }
    let mut nonce = [0u8; 16];
    getrandom::fill(&mut nonce)?;
    let nonce = STANDARD.encode(nonce);
    let headers = headers::page(PageHeaders {
        nonce: &nonce,
        sources: page.sources,
        scripts: match checked.error {
            None => ProviderScripts::Load,
            Some(_) => ProviderScripts::Omit,
        },
        ancestors: &checked.ancestors,
        public_url: &app.public_url,
    });
    let (status, html) = match &page.build {
        Some(build) => (StatusCode::OK, fill(&build.page, &page, &checked, &nonce)),
        None => {
            tracing::error!(
                "no build of the frame in the folder: run `trunk build --release`, or set --dist"
            );
            (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT.to_owned())
        }
    };
    let mut response = (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        Body::from(html),
    )
        .into_response();
    response.headers_mut().extend(headers);
    Ok(response)
}

/// Fills the placeholders of the template. The values are checked types without quotes; they are escaped anyway.
fn fill(html: &str, page: &FramePage<'_>, checked: &QueryCheck, nonce: &str) -> String {
    let parents = checked
        .parents
        .iter()
        .map(Origin::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let script = if checked.error.is_none() {
        page.sources.scripts.as_str()
    } else {
        ""
    };
    html.replace("{{card-entry-parents}}", &escape(&parents))
        .replace(page.script_placeholder, &escape(script))
        .replace(
            "{{card-entry-error}}",
            checked.error.map_or("", FrameErrorCode::as_str),
        )
        .replace("{{__TRUNK NONCE__}}", nonce)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The page without a build: a sentence for people, and one for the operator.
const NOT_BUILT: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Card form</title>
<h1>The card form isn’t available right now</h1>
<p>Please try again later. Nothing was charged or saved.</p>
<p><small>For the operator: the frame is not built. Run <code>trunk build --release</code> and reload.</small></p>
</html>
"#;
