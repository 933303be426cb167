//! The addresses and keys of the running demo, as text and as JSON. Programs depend on the JSON: a key must never be
//! changed or removed, only added.

use std::path::Path;

use serde_json::json;

use super::secrets::Secrets;
use super::ticket_evolution;
use super::{bokamera, mikrocloud, quilt};
use crate::ports::{PortRole, Ports};

/// The company id of the demo's MyTime account at the wallet server.
const COMPANY: u64 = 40_426;
/// The path of the frame on the wallet server.
const FRAME: &str = "/stripe_hosted_forms/card_entry";
/// The path of the frame with Braintree's fields.
pub(super) const BRAINTREE_FRAME: &str = "/braintree_hosted_forms/card_entry";

/// One line of JSON. The object under a wallet system's name has what a client of that system needs.
pub fn json(ports: Ports, secrets: &Secrets) -> String {
    let wallet = ports.origin(PortRole::Wallet);
    json!({
        "booking": ports.origin(PortRole::Booking),
        "wallet": wallet,
        "frame": format!("{wallet}{FRAME}"),
        "sandbox": {
            "script": format!("{}/v3/", ports.origin(PortRole::Scripts)),
            "fields": ports.origin(PortRole::Fields),
            "hooks": ports.origin(PortRole::Hooks),
            "api": ports.origin(PortRole::Api),
        },
        "company_id": COMPANY,
        "mytime": {
            "base": format!("{wallet}/api/mkp/v1"),
            "page": format!("{}/", ports.origin(PortRole::Booking)),
            "company_id": COMPANY,
            "publishable_key": "pk_test_demo",
            "holds": format!("{wallet}/holds"),
            "holds_key": secrets.holds_key,
        },
        "mikrocloud": mikrocloud::connection_details(ports, secrets),
        "bokamera": bokamera::connection_details(ports, secrets),
        "quilt": quilt::connection_details(ports, secrets),
        "ticket_evolution": ticket_evolution::connection_details(ports, secrets),
    })
    .to_string()
}

pub fn text(ports: Ports, data: &Path) -> String {
    let booking = ports.origin(PortRole::Booking);
    let wallet = ports.origin(PortRole::Wallet);
    let settings = "stripe_publishable_key=pk_test_demo&amount=100&currency=usd&creditCardsOnly=true&isForFutureUsage=true";
    format!(
        "
The demo is running.

  Book an appointment    {booking}/
  Custom element         {booking}/element.html
  Plain listener         {booking}/legacy.html
  MikroCloud panel       {booking}/mikrocloud.html
  BokaMera salon         {booking}/bokamera.html
  Quilt terminal         {booking}/quilt.html
  Ticket shop            {booking}/ticket-evolution.html
  The frame, alone       {wallet}{FRAME}?{settings}
  With Braintree's       {wallet}{BRAINTREE_FRAME}?braintree_tokenization_key=sandbox_demo_tickets&creditCardsOnly=true
  Wallet server          {wallet}/healthz
  Sandbox                {} (scripts), {} (API)

Type 4242 4242 4242 4242 with any future date and any CVC.
4000 0025 0000 3155 asks for 3-D Secure; 4000 0000 0000 0002 is declined. No real card works here.
In the ticket shop, which saves cards in Braintree's vault, type 4111 1111 1111 1111.

Logs: {}
Ctrl-C stops everything.",
        ports.origin(PortRole::Scripts),
        ports.origin(PortRole::Api),
        data.join("logs").display(),
    )
}

#[cfg(test)]
pub mod tests;
