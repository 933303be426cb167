//! A fake server of a wallet API: it answers as the test says and records the requests.

use card_entry_companion::wallet::{IdempotencyKey, SaveRequest};
use card_entry_protocol::card::{Brand, CardDetails, Funding, Last4, PaymentMethodId};
use card_entry_protocol::expiry::{ExpMonth, ExpYear};

use super::support::*;

/// Answers every request with the `Response` that this script creates, and records the requests.
pub fn answer(script: &str) {
    run_in_page(&format!(
        "globalThis.requests = []; globalThis.fetch = async (url, init) => {{ requests.push({{url, method: init.method, redirect: init.redirect, credentials: init.credentials, body: init.body, headers: Object.fromEntries(init.headers)}}); return {script} }}"
    ));
}

pub fn json(status: u16, body: &str) -> String {
    format!("new Response(JSON.stringify({body}), {{status: {status}}})")
}

pub fn request(index: u32, field: &str) -> String {
    run_in_page(&format!("String(requests[{index}]?.{field})"))
        .as_string()
        .unwrap()
}

pub fn save_request() -> SaveRequest {
    SaveRequest {
        id: PaymentMethodId::parse(PM).unwrap(),
        card: CardDetails {
            brand: Brand::Visa,
            last4: Last4::parse("4242").unwrap(),
            exp_month: ExpMonth::try_from(12).unwrap(),
            exp_year: ExpYear::try_from(2030).unwrap(),
            funding: Funding::Credit,
            country: None,
            preferred_network: None,
        },
        setup: None,
        consent: None,
        key: IdempotencyKey("key-1".to_owned()),
    }
}
