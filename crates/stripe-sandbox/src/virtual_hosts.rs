//! The real host names: which origin each name is served by, and one router for all of them.
//!
//! Used by [`crate::sandbox`] on a TLS listener when real host names are enabled. Its responses hold real URLs, because
//! its state has the origins [`crate::Origins::real`]. A request for any other host name must be refused.

use crate::browser::RealNames;
use crate::state::SandboxState;
use crate::{api, browser, fields, script, three_d_secure};
use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tower::ServiceExt as _;

#[derive(Clone, Copy, Debug)]
pub struct VirtualHost {
    pub host: &'static str,
    /// Whether its direct subdomains are served too.
    pub with_subdomains: bool,
    service: Service,
    /// The prefix of its paths on the ports.
    prefix: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Service {
    /// The scripts origin and the fields origin share a host.
    Scripts,
    Fields,
    Hooks,
    Api,
}

const fn virtual_host(host: &'static str, service: Service, prefix: &'static str) -> VirtualHost {
    VirtualHost {
        host,
        with_subdomains: false,
        service,
        prefix,
    }
}

/// The host names that are served.
pub const HOSTS: &[VirtualHost] = &[
    VirtualHost {
        with_subdomains: true,
        ..virtual_host("js.stripe.com", Service::Scripts, "")
    },
    virtual_host("m.js.stripe.com", Service::Scripts, ""),
    virtual_host("hooks.stripe.com", Service::Hooks, ""),
    virtual_host("api.stripe.com", Service::Api, ""),
    virtual_host("checkout.stripe.com", Service::Hooks, "/checkout"),
    virtual_host("js.braintreegateway.com", Service::Scripts, "/braintree"),
    virtual_host("assets.braintreegateway.com", Service::Fields, "/braintree"),
    virtual_host(
        "payments.sandbox.braintree-api.com",
        Service::Api,
        "/braintree",
    ),
    virtual_host(
        "api.sandbox.braintreegateway.com",
        Service::Api,
        "/braintree",
    ),
];

impl VirtualHost {
    fn find(host: &str) -> Option<&'static Self> {
        let host = host
            .split(':')
            .next()?
            .trim_end_matches('.')
            .to_ascii_lowercase();
        HOSTS.iter().find(|virtual_host| {
            let label = host
                .strip_suffix(virtual_host.host)
                .and_then(|rest| rest.strip_suffix('.'));
            host == virtual_host.host
                || (virtual_host.with_subdomains
                    && label.is_some_and(|l| !l.is_empty() && !l.contains('.')))
        })
    }

    /// The URI on the ports. A path that already has the prefix comes from an absolute link of a page, and is not
    /// changed.
    fn path(&self, uri: &Uri) -> Option<Uri> {
        let path = uri.path_and_query()?.as_str();
        let has_prefix = path
            .strip_prefix(self.prefix)
            .is_some_and(|rest| self.prefix.is_empty() || rest.starts_with('/'));
        if has_prefix || path == "/healthz" {
            return Some(uri.clone());
        }
        format!("{}{path}", self.prefix).parse().ok()
    }
}

/// Serves all host names, by the `Host` header of each request.
pub fn router(state: &Arc<SandboxState>, names: &RealNames) -> Router {
    let fields = fields::router(Arc::clone(state));
    let scripts = script::router(Arc::clone(state)).fallback_service(fields.clone());
    let hooks = three_d_secure::router(Arc::clone(state));
    let api = api::router(Arc::clone(state)).merge(browser::router(Some(names.clone())));
    Router::new().fallback(move |request: Request| {
        let (scripts, fields, hooks, api) =
            (scripts.clone(), fields.clone(), hooks.clone(), api.clone());
        async move {
            serve(request, |service| match service {
                Service::Scripts => scripts,
                Service::Fields => fields,
                Service::Hooks => hooks,
                Service::Api => api,
            })
            .await
        }
    })
}

async fn serve(mut request: Request, routers: impl FnOnce(Service) -> Router) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let Some(virtual_host) = host.and_then(VirtualHost::find) else {
        return (
            StatusCode::MISDIRECTED_REQUEST,
            "The sandbox does not serve this host name.\n",
        )
            .into_response();
    };
    let Some(uri) = virtual_host.path(request.uri()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = uri;
    match routers(virtual_host.service).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hosts_are_found_as_browsers_send_them() {
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
                VirtualHost::find(host).map_or("", |virtual_host| virtual_host.host),
                found,
                "{host}"
            );
        }
    }

    #[test]
    fn a_path_gets_its_prefix_once() {
        let virtual_host = VirtualHost::find("checkout.stripe.com").unwrap();
        for (path, wanted) in [
            ("/c/pay/cs_1?a=b", "/checkout/c/pay/cs_1?a=b"),
            ("/checkout/pay.js", "/checkout/pay.js"),
            ("/checkouts", "/checkout/checkouts"),
            ("/", "/checkout/"),
            ("/healthz", "/healthz"),
        ] {
            assert_eq!(virtual_host.path(&path.parse().unwrap()).unwrap(), wanted);
        }
    }
}
