//! The connection details of the demo's BokaMera salon: what a client needs to call its API.

use serde_json::{Value, json};

use super::secrets::Secrets;
use crate::ports::{PortRole, Ports};

/// The object `bokamera` in the JSON. A client sends `api_key` in the header `x-api-key`.
pub fn connection_details(ports: Ports, secrets: &Secrets) -> Value {
    let wallet = ports.origin(PortRole::Wallet);
    let booking = ports.origin(PortRole::Booking);
    json!({
        "base": format!("{wallet}/payment/stripe/v1"),
        "page": format!("{booking}/bokamera.html"),
        "proxy": format!("{booking}/bokamera"),
        "publishable_key": "pk_test_bokamera",
        "api_key": secrets.bokamera,
        "company_id": "b0cab0ca-5a10-4e5a-8a5a-5a1064a6e401",
        "country_code": "SE",
        "articles": [
            {"ArticleId": 101, "ArticleTypeId": 1},
            {"ArticleId": 102, "ArticleTypeId": 1},
            {"ArticleId": 103, "ArticleTypeId": 1},
            {"ArticleId": 201, "ArticleTypeId": 2},
        ],
        "confirmation_url": format!("{booking}/bokamera.html?session={{CHECKOUT_SESSION_ID}}"),
        "cancel_url": format!("{booking}/bokamera.html?back=1"),
    })
}
