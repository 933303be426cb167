//! The page as browsers get it: through the public address, and whatever proxies stand before it.
//!
//! Called once. It compares the headers with those that this configuration makes, because a proxy may remove, repeat or
//! add some, and asks whether an address that a client invents is believed. It must never send a key or a token.

use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};
use card_entry_protocol::origin::Origin;
use reqwest::{Client, redirect};
use serde_json::Value;

use super::gateway_call::reason;
use super::report::DoctorReport;
use crate::config::{Account, Provider, ServerConfig};
use crate::headers::{self, PageHeaders, ProviderScripts};
use crate::routes::{CLIENT_CHECK_PATH, DOCUMENTATION_ADDRESS};

const TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn check(config: &ServerConfig, report: &mut DoctorReport) {
    let own = match &config.public_url {
        Some(own) => own.clone(),
        None => {
            let scheme = if config.tls.is_some() {
                "https"
            } else {
                "http"
            };
            match Origin::parse(&format!("{scheme}://{}", config.listen)) {
                Some(own) if config.listen.port() != 0 => own,
                _ => return,
            }
        }
    };
    let client = Client::builder()
        .timeout(TIMEOUT)
        .redirect(redirect::Policy::none())
        .user_agent(concat!("card-entry-doctor/", env!("CARGO_PKG_VERSION")));
    // A proxy for the internet must not see calls to this machine.
    let client = if own.as_str().starts_with("http://") {
        client.no_proxy()
    } else {
        client
    };
    let client = match client.build() {
        Ok(client) => client,
        Err(error) => {
            report.warning(
                "page",
                reason(&error),
                "check the certificates of this machine",
            );
            return;
        }
    };
    let pages = [("page", true), ("page for Braintree", false)];
    for (name, at_stripe) in pages {
        let mut accounts = config.accounts.iter();
        let of_page = accounts.find(|one| (one.provider == Provider::Stripe) == at_stripe);
        if let Some(account) = of_page {
            let page = ServedPage {
                name,
                own: &own,
                account: &account,
                config,
            };
            if !page.check(&client, report).await {
                return;
            }
        }
    }
    check_client_address(&client, &own, report).await;
}

/// One of the two pages, opened with the key of one account.
struct ServedPage<'a> {
    name: &'static str,
    own: &'a Origin,
    account: &'a Account,
    config: &'a ServerConfig,
}

impl ServedPage<'_> {
    /// Compares the page's headers, and returns whether there was an answer at all.
    async fn check(&self, client: &Client, report: &mut DoctorReport) -> bool {
        let is_stripe = self.account.provider == Provider::Stripe;
        let (path, parameter) = if is_stripe {
            ("/stripe_hosted_forms/card_entry", "stripe_publishable_key")
        } else {
            (
                "/braintree_hosted_forms/card_entry",
                "braintree_tokenization_key",
            )
        };
        let key = self.account.publishable_key.as_str();
        let url = format!("{}{path}?{parameter}={key}&creditCardsOnly=true", self.own);
        let response = match client.get(url).send().await {
            Ok(response) => response,
            Err(error) => {
                let detail = format!("{} does not answer: {}", self.own, reason(&error));
                if detail.contains("certificate") {
                    let advice = "give the server, or its proxy, a certificate of this host that browsers trust";
                    report.problem(self.name, detail, advice);
                    return false;
                }
                let advice =
                    "start the server, or run the doctor where this address can be reached";
                report.warning(self.name, detail, advice);
                return false;
            }
        };
        let status = response.status().as_u16();
        if status != 200 {
            let detail = format!("{}{path} answers status {status}", self.own);
            let advice = match status {
                502..=504 => "start the server behind the proxy; for 503, build the form",
                300..=399 => "let public_url be the address that the proxy leads to",
                _ => "let the proxy pass every path to this server",
            };
            report.problem(self.name, detail, advice);
            return true;
        }
        let differences = self.differences(response.headers());
        if differences.is_empty() {
            let detail = format!("{} serves it with all of its headers", self.own);
            report.ok(self.name, detail);
        } else {
            let advice = "let the proxy pass the server's own headers, and add none of these; restart the server after a change of its settings";
            report.problem(self.name, differences.join("; "), advice);
        }
        true
    }

    /// What differs between the received headers and those that this configuration makes.
    fn differences(&self, received: &HeaderMap) -> Vec<String> {
        let policy = received.get(CONTENT_SECURITY_POLICY);
        let policy = policy
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next());
        let is_stripe = self.account.provider == Provider::Stripe;
        let key = self.account.publishable_key.as_str();
        let expected = headers::page(PageHeaders {
            nonce: nonce.unwrap_or_default(),
            sources: if is_stripe {
                &self.config.page
            } else {
                &self.config.braintree_page
            },
            scripts: ProviderScripts::Load,
            ancestors: &self.config.accounts.frame_ancestors_of_key(key),
            public_url: self.own,
        });
        let mut found = Vec::new();
        for (name, value) in &expected {
            let all: Vec<_> = received.get_all(name).iter().collect();
            match all.as_slice() {
                [] => found.push(format!("{name} is missing")),
                [one] if *one == value => {}
                [_] => found.push(format!("{name} is not the server's")),
                _ => found.push(format!("{name} is sent twice")),
            }
        }
        if received.contains_key(X_FRAME_OPTIONS) {
            found.push("x-frame-options is added, which forbids the form in the pages".to_owned());
        }
        found
    }
}

/// Sends an address that is nobody's as `X-Forwarded-For`, and reads whether the server takes it for the client's.
async fn check_client_address(client: &Client, own: &Origin, report: &mut DoctorReport) {
    let request = client
        .get(format!("{own}{CLIENT_CHECK_PATH}"))
        .header("x-forwarded-for", DOCUMENTATION_ADDRESS);
    let Ok(response) = request.send().await else {
        return;
    };
    let body: Value = response.json().await.unwrap_or_default();
    match body.get("documentation_address").and_then(Value::as_bool) {
        Some(false) => report.ok(
            "client address",
            "an X-Forwarded-For that a client invents is ignored",
        ),
        Some(true) => {
            let advice = "let the proxy overwrite the header or add to it, and list only proxies in trusted_proxies; if this machine is one of them, run the doctor on another";
            let detail =
                "an X-Forwarded-For that this machine invented was taken for the client's address";
            report.problem("client address", detail, advice);
        }
        None => {
            let advice = "let the server and the doctor be of one version";
            report.warning(
                "client address",
                format!("{own} does not know {CLIENT_CHECK_PATH}"),
                advice,
            );
        }
    }
}
