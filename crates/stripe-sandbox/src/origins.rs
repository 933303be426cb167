//! The origins and base URLs of the sandbox, as the clients of one listener reach it. Used wherever a URL is built.
//!
//! Clients of the ports get URLs on the ports, and clients of the real host names get real URLs. The listener of a
//! request decides which, in [`crate::sandbox`]. A response must never mix the two.

use serde::Serialize;
use serde_json::Value;
use std::net::SocketAddr;

/// Origins and base URLs, without a final slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// Stripe.js and, beneath `/terminal/`, the Terminal script.
    pub script: String,
    /// The fields' frames and the controller frame.
    pub fields: String,
    pub hooks: String,
    pub api: String,
    /// The base URL of the checkout pages.
    pub checkout: String,
    /// The base URL of Braintree's scripts, `/web/<version>/js/…`.
    pub braintree_scripts: String,
    /// The base URL of Braintree's field frames.
    pub braintree_fields: String,
    pub braintree_graphql: String,
    /// The base URL of Braintree's gateway for browsers.
    pub braintree_gateway: String,
}

impl Origins {
    /// Plain HTTP on the bound addresses of scripts, fields, hooks and API.
    #[must_use]
    pub fn on_ports(addresses: [SocketAddr; 4]) -> Self {
        let [script, fields, hooks, api] = addresses.map(|address| format!("http://{address}"));
        Self {
            checkout: format!("{hooks}/checkout"),
            braintree_scripts: format!("{script}/braintree"),
            braintree_fields: format!("{fields}/braintree"),
            braintree_graphql: format!("{api}/braintree/graphql"),
            braintree_gateway: format!("{api}/braintree"),
            script,
            fields,
            hooks,
            api,
        }
    }

    /// The host names of Stripe and of Braintree.
    #[must_use]
    pub fn real() -> Self {
        let at = |host: &str| format!("https://{host}");
        Self {
            script: at("js.stripe.com"),
            fields: at("js.stripe.com"),
            hooks: at("hooks.stripe.com"),
            api: at("api.stripe.com"),
            checkout: at("checkout.stripe.com"),
            braintree_scripts: at("js.braintreegateway.com"),
            braintree_fields: at("assets.braintreegateway.com"),
            braintree_graphql: at("payments.sandbox.braintree-api.com/graphql"),
            braintree_gateway: at("api.sandbox.braintreegateway.com"),
        }
    }

    /// The URL of Stripe.js as most pages load it.
    #[must_use]
    pub fn stripe_js(&self) -> String {
        format!("{}/v3/", self.script)
    }

    /// The URL of the Stripe Terminal script.
    #[must_use]
    pub fn terminal_js(&self) -> String {
        format!("{}/terminal/v1/", self.script)
    }

    /// The base URL of the simulated card reader.
    #[must_use]
    pub fn terminal_reader(&self) -> String {
        format!("{}/sandbox/terminal", self.api)
    }

    /// The origin of the checkout pages, for policies and messages.
    #[must_use]
    pub fn checkout_origin(&self) -> &str {
        origin_of(&self.checkout)
    }

    /// The path of the checkout pages on that origin; empty for its root.
    #[must_use]
    pub fn checkout_path(&self) -> &str {
        self.checkout
            .strip_prefix(self.checkout_origin())
            .unwrap_or_default()
    }

    /// The origin of Braintree's field frames, for policies and messages.
    #[must_use]
    pub fn braintree_fields_origin(&self) -> &str {
        origin_of(&self.braintree_fields)
    }

    /// The origin of Braintree's GraphQL, for policies.
    #[must_use]
    pub fn braintree_graphql_origin(&self) -> &str {
        origin_of(&self.braintree_graphql)
    }

    /// The origin of Braintree's gateway, for policies.
    #[must_use]
    pub fn braintree_gateway_origin(&self) -> &str {
        origin_of(&self.braintree_gateway)
    }

    /// Replaces the placeholders in a script or a page: the origins `%SCRIPT%`, `%FIELDS%`, `%HOOKS%`, `%API%`, and the
    /// base URLs `%CHECKOUT%`, `%BRAINTREE_SCRIPTS%`, `%BRAINTREE_FIELDS%`, `%BRAINTREE_GRAPHQL%`,
    /// `%BRAINTREE_GATEWAY%`.
    #[must_use]
    pub fn fill_placeholders(&self, text: &str) -> String {
        text.replace("%SCRIPT%", &self.script)
            .replace("%FIELDS%", &self.fields)
            .replace("%HOOKS%", &self.hooks)
            .replace("%API%", &self.api)
            .replace("%CHECKOUT%", &self.checkout)
            .replace("%BRAINTREE_SCRIPTS%", &self.braintree_scripts)
            .replace("%BRAINTREE_FIELDS%", &self.braintree_fields)
            .replace("%BRAINTREE_GRAPHQL%", &self.braintree_graphql)
            .replace("%BRAINTREE_GATEWAY%", &self.braintree_gateway)
    }

    /// Replaces the origins `from` with these in every URL of a JSON value. Stored objects hold the origins on the
    /// ports.
    pub fn rewrite_urls(&self, from: &Self, value: &mut Value) {
        if self == from {
            return;
        }
        match value {
            Value::String(text) => {
                let rewritten = pairs(from, self).find_map(|(old, new)| {
                    let rest = text.strip_prefix(old)?;
                    (rest.is_empty() || rest.starts_with(['/', '?', '#']))
                        .then(|| format!("{new}{rest}"))
                });
                if let Some(rewritten) = rewritten {
                    *text = rewritten;
                }
            }
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.rewrite_urls(from, item)),
            Value::Object(members) => members
                .values_mut()
                .for_each(|member| self.rewrite_urls(from, member)),
            _ => {}
        }
    }
}

/// Longer base URLs first: on the ports, the checkout pages are beneath the hooks origin.
fn pairs<'a>(from: &'a Origins, to: &'a Origins) -> impl Iterator<Item = (&'a str, &'a str)> {
    let of = |o: &'a Origins| {
        [
            o.braintree_graphql.as_str(),
            &o.braintree_gateway,
            &o.braintree_fields,
            &o.braintree_scripts,
            &o.checkout,
            &o.script,
            &o.fields,
            &o.hooks,
            &o.api,
        ]
    };
    of(from).into_iter().zip(of(to))
}

fn origin_of(base: &str) -> &str {
    let host = base.find("://").map_or(0, |scheme| scheme + 3);
    let path = base.get(host..).and_then(|rest| rest.find('/'));
    path.and_then(|path| base.get(..host + path))
        .unwrap_or(base)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn ports() -> Origins {
        Origins::on_ports(
            [4402, 4403, 4404, 4405].map(|port| SocketAddr::from(([127, 0, 0, 1], port))),
        )
    }

    #[test]
    fn urls_are_rewritten_and_nothing_else() {
        let mut answer = json!({
            "url": "http://127.0.0.1:4404/redirect/authenticate/src_1",
            "pages": ["http://127.0.0.1:4404/checkout/c/pay/cs_1", "http://127.0.0.1:4405"],
            "graphql": "http://127.0.0.1:4405/braintree/graphql",
            "other": "http://127.0.0.1:44041/x",
            "words": "see http://127.0.0.1:4404/x",
        });
        Origins::real().rewrite_urls(&ports(), &mut answer);
        let wanted = json!({
            "url": "https://hooks.stripe.com/redirect/authenticate/src_1",
            "pages": ["https://checkout.stripe.com/c/pay/cs_1", "https://api.stripe.com"],
            "graphql": "https://payments.sandbox.braintree-api.com/graphql",
            "other": "http://127.0.0.1:44041/x",
            "words": "see http://127.0.0.1:4404/x",
        });
        assert_eq!(answer, wanted);
    }

    #[test]
    fn the_origin_of_a_base_url_is_found() {
        assert_eq!(ports().checkout_origin(), "http://127.0.0.1:4404");
        let graphql = "https://payments.sandbox.braintree-api.com";
        assert_eq!(Origins::real().braintree_graphql_origin(), graphql);
        assert_eq!(
            Origins::real().checkout_origin(),
            "https://checkout.stripe.com"
        );
    }
}
