//! BokaMera's Stripe checkout, `/payment/stripe/v1`: a company's server, by its key, opens a payment and asks how far
//! it is.

mod caller;
mod checkout;
mod format;
mod no;
mod order;
mod status;

use axum::Router;
use axum::middleware::from_fn;
use card_entry_protocol::dialect::bokamera::BASE;

use super::dialect::Dialect;
use crate::app::App;
use crate::config::Kind;
use crate::cors::Rules;

pub(super) const DIALECT: Dialect = Dialect {
    base: BASE,
    shape: no::shape,
    cors: Rules {
        kind: Kind::BokaMera,
        // Not `x-api-key`: it is a server's, and a browser that asks to send it is told no before it does.
        headers: "content-type",
        methods: "POST",
    },
};

/// Its routes, each with ServiceStack's suffix as well.
pub(super) fn router() -> Router<App> {
    Router::new()
        .merge(checkout::router())
        .merge(status::router())
        .route_layer(from_fn(format::check))
}
