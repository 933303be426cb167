//! The real host names: which name is which place, and one router that answers as all of them.
//!
//! Mounted by [`crate::sandbox`] on a TLS listener of its own when real names are asked for. What it hands out names
//! the real hosts too, because its world was made with [`crate::Origins::real`].

use crate::browser::RealNames;
use crate::world::World;
use crate::{api, browser, fields, hooks, script};
use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tower::ServiceExt as _;

#[derive(Clone, Copy, Debug)]
pub struct Site {
    pub host: &'static str,
    /// Whether the names one label beneath it are the same place.
    pub with_subdomains: bool,
    place: Place,
    /// What its paths begin with on the ports.
    prefix: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// Scripts and field frames share a host.
    Scripts,
    Fields,
    Hooks,
    Api,
}

const fn site(host: &'static str, place: Place, prefix: &'static str) -> Site {
    Site {
        host,
        with_subdomains: false,
        place,
        prefix,
    }
}

/// Every name that is answered.
pub const HOSTS: &[Site] = &[
    Site {
        with_subdomains: true,
        ..site("js.stripe.com", Place::Scripts, "")
    },
    site("m.js.stripe.com", Place::Scripts, ""),
    site("hooks.stripe.com", Place::Hooks, ""),
    site("api.stripe.com", Place::Api, ""),
    site("checkout.stripe.com", Place::Hooks, "/checkout"),
    site("js.braintreegateway.com", Place::Scripts, "/braintree"),
    site("assets.braintreegateway.com", Place::Fields, "/braintree"),
    site(
        "payments.sandbox.braintree-api.com",
        Place::Api,
        "/braintree",
    ),
    site("api.sandbox.braintreegateway.com", Place::Api, "/braintree"),
];

impl Site {
    fn find(host: &str) -> Option<&'static Self> {
        let host = host
            .split(':')
            .next()?
            .trim_end_matches('.')
            .to_ascii_lowercase();
        HOSTS.iter().find(|site| {
            let label = host
                .strip_suffix(site.host)
                .and_then(|rest| rest.strip_suffix('.'));
            host == site.host
                || (site.with_subdomains
                    && label.is_some_and(|l| !l.is_empty() && !l.contains('.')))
        })
    }

    /// The path as the ports know it. One that has the prefix already is a page's own absolute path.
    fn path(&self, uri: &Uri) -> Option<Uri> {
        let path = uri.path_and_query()?.as_str();
        let whole = path
            .strip_prefix(self.prefix)
            .is_some_and(|rest| self.prefix.is_empty() || rest.starts_with('/'));
        if whole || path == "/healthz" {
            return Some(uri.clone());
        }
        format!("{}{path}", self.prefix).parse().ok()
    }
}

/// Everything, by the `Host` of each request.
pub fn router(world: &Arc<World>, names: &RealNames) -> Router {
    let fields = fields::router(Arc::clone(world));
    let scripts = script::router(Arc::clone(world)).fallback_service(fields.clone());
    let hooks = hooks::router(Arc::clone(world));
    let api = api::router(Arc::clone(world)).merge(browser::router(Some(names.clone())));
    Router::new().fallback(move |request: Request| {
        let (scripts, fields, hooks, api) =
            (scripts.clone(), fields.clone(), hooks.clone(), api.clone());
        async move {
            answer(request, |place| match place {
                Place::Scripts => scripts,
                Place::Fields => fields,
                Place::Hooks => hooks,
                Place::Api => api,
            })
            .await
        }
    })
}

async fn answer(mut request: Request, routers: impl FnOnce(Place) -> Router) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let Some(site) = host.and_then(Site::find) else {
        return (
            StatusCode::MISDIRECTED_REQUEST,
            "The sandbox does not answer by this name.\n",
        )
            .into_response();
    };
    let Some(uri) = site.path(request.uri()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = uri;
    match routers(site.place).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_are_found_as_browsers_send_them() {
        for (host, found) in [
            ("js.stripe.com", "js.stripe.com"),
            ("JS.Stripe.com:443", "js.stripe.com"),
            ("hooks.stripe.com.", "hooks.stripe.com"),
            ("m.js.stripe.com", "js.stripe.com"),
            ("b.stripecdn.js.stripe.com", ""),
            ("evil-js.stripe.com", ""),
            (".js.stripe.com", ""),
            ("a.hooks.stripe.com", ""),
            ("stripe.com", ""),
            ("127.0.0.1:4406", ""),
            ("", ""),
        ] {
            assert_eq!(
                Site::find(host).map_or("", |site| site.host),
                found,
                "{host}"
            );
        }
    }

    #[test]
    fn a_path_gets_its_prefix_once() {
        let site = Site::find("checkout.stripe.com").unwrap();
        for (path, wanted) in [
            ("/c/pay/cs_1?a=b", "/checkout/c/pay/cs_1?a=b"),
            ("/checkout/pay.js", "/checkout/pay.js"),
            ("/checkouts", "/checkout/checkouts"),
            ("/", "/checkout/"),
            ("/healthz", "/healthz"),
        ] {
            assert_eq!(site.path(&path.parse().unwrap()).unwrap(), wanted);
        }
    }
}
