//! `GET /stripe_hosted_forms/card_entry`, and the same page over Braintree's fields at
//! `/braintree_hosted_forms/card_entry`: made for its key and its parents.
//!
//! The query is read by the same parser as the frame's own; what only a server can know (whose key it is) is told to
//! the frame by a code. On a configuration error the person reads the sentence where the form should be: the parents of
//! the key may frame that page, or, if there is no key of ours, the configured page that asks. No query makes the server
//! name a page the caller does not know.

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
use crate::headers;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/stripe_hosted_forms/card_entry", get(show_stripe))
        .route("/stripe_hosted_forms/card_entry/", get(show_stripe))
        .route("/braintree_hosted_forms/card_entry", get(show_braintree))
        .route("/braintree_hosted_forms/card_entry/", get(show_braintree))
}

/// One of the two pages: whose fields it has, and where these come from.
struct Page<'a> {
    of_braintree: bool,
    sources: &'a PageSources,
    /// Where the template wants the address of the scripts.
    token: &'static str,
    build: Option<Arc<Build>>,
}

/// What the server knows of a query.
struct Judged {
    error: Option<FrameErrorCode>,
    /// Who may put the page in a frame.
    ancestors: Vec<Origin>,
    /// Whom the frame may talk to.
    parents: Vec<Origin>,
}

fn judge(app: &App, page: &Page<'_>, query: &str, asking: Option<Origin>) -> Judged {
    let accounts = &app.config.accounts;
    let judged = FrameQuery::parse(query).and_then(|query| {
        let mut allowed = accounts.parents_of_key(query.key.as_str());
        if query.key.is_braintree() != page.of_braintree {
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
    match judged {
        Ok((ancestors, parents)) => Judged {
            error: None,
            ancestors,
            parents,
        },
        Err(code) => {
            let key = FrameQuery::parse_key(query);
            let key = key.as_ref().map_or("", |key| key.as_str());
            let mut parents = accounts.parents_of_key(key);
            let mut ancestors = accounts.frame_ancestors_of_key(key);
            let known = asking.filter(|page| accounts.all_parents().contains(page));
            if let (true, Some(page)) = (parents.is_empty(), known) {
                ancestors = accounts.frame_ancestors_of_parent(&page);
                parents.push(page);
            }
            Judged {
                error: Some(code),
                ancestors,
                parents,
            }
        }
    }
}

/// The page that asks, as far as the browser says so.
fn asking(headers: &HeaderMap) -> Option<Origin> {
    let address = headers.get(header::REFERER)?.to_str().ok()?;
    let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
    Origin::parse(&origin)
}

async fn show_stripe(
    State(app): State<App>,
    headers: HeaderMap,
    query: RawQuery,
) -> Result<Response, ApiError> {
    let page = Page {
        of_braintree: false,
        sources: &app.config.page,
        token: "{{card-entry-stripe-js}}",
        build: app.dist.build(),
    };
    show(&app, page, query, asking(&headers))
}

async fn show_braintree(
    State(app): State<App>,
    headers: HeaderMap,
    query: RawQuery,
) -> Result<Response, ApiError> {
    let page = Page {
        of_braintree: true,
        sources: &app.config.braintree_page,
        token: "{{card-entry-braintree-js}}",
        build: app.braintree_dist.as_ref().and_then(Dist::build),
    };
    show(&app, page, query, asking(&headers))
}

fn show(
    app: &App,
    page: Page<'_>,
    RawQuery(query): RawQuery,
    asking: Option<Origin>,
) -> Result<Response, ApiError> {
    let judged = judge(app, &page, query.as_deref().unwrap_or(""), asking);
    if let Some(code) = judged.error {
        tracing::info!(
            code = code.as_str(),
            "the frame was asked for with a query that cannot be used"
        );
    }
    let mut nonce = [0u8; 16];
    getrandom::fill(&mut nonce)?;
    let nonce = STANDARD.encode(nonce);
    let loads_scripts = judged.error.is_none();
    let headers = headers::page(
        &nonce,
        page.sources,
        loads_scripts,
        &judged.ancestors,
        &app.public_url,
    );
    let (status, html) = match &page.build {
        Some(build) => (StatusCode::OK, fill(&build.page, &page, &judged, &nonce)),
        None => {
            tracing::error!(
                "the frame is not built: run `trunk build --release`, or name the folder by --dist"
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

/// Puts the values into the template. All are checked types without quotes, and escaped all the same.
fn fill(html: &str, page: &Page<'_>, judged: &Judged, nonce: &str) -> String {
    let parents = judged
        .parents
        .iter()
        .map(Origin::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let script = if judged.error.is_none() {
        page.sources.scripts.as_str()
    } else {
        ""
    };
    html.replace("{{card-entry-parents}}", &escape(&parents))
        .replace(page.token, &escape(script))
        .replace(
            "{{card-entry-error}}",
            judged.error.map_or("", FrameErrorCode::as_str),
        )
        .replace("{{__TRUNK NONCE__}}", nonce)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// What a person sees, and what the operator has to do, when there is no build.
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
