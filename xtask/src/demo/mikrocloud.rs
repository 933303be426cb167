//! The connection details of the demo's MikroCloud account: what a client needs to call its API.

use serde_json::{Value, json};

use super::http_client;
use super::secrets::Secrets;
use crate::ports::{PortRole, Ports};
use crate::progress;

/// The token in the JSON is for this account.
const ACCOUNT: &str = "demo";

/// The object `mikrocloud` in the JSON. The token comes from the panel's sign-in; if that fails, the token is null and
/// stderr says why.
pub fn connection_details(ports: Ports, secrets: &Secrets) -> Value {
    let wallet = ports.origin(PortRole::Wallet);
    let token = sign_in(ports)
        .map_err(|reason| progress::log(format!("no token for MikroCloud's panel: {reason}")))
        .ok();
    json!({
        "base": format!("{wallet}/v1/account"),
        "page": format!("{}/mikrocloud.html", ports.origin(PortRole::Booking)),
        "publishable_key": "pk_test_mikrocloud",
        "account": ACCOUNT,
        "token": token,
        "issuer": "https://login.mikrocloud.demo",
        "algorithm": "HS256",
        "key_id": "demo",
        "secret_base64": secrets.mikrocloud,
        "scopes": ["account:read", "account:write"],
    })
}

fn sign_in(ports: Ports) -> Result<String, String> {
    let body = json!({"account": ACCOUNT, "role": "owner"}).to_string();
    let response = http_client::post(
        &ports.address(PortRole::Booking),
        "/api/mikrocloud/sign-in",
        &body,
    )?;
    let read: Option<Value> = serde_json::from_str(&response).ok();
    let token = read
        .as_ref()
        .and_then(|response| response.get("token")?.as_str());
    let token = token.ok_or("the sign-in's response has no token")?;
    Ok(token.to_owned())
}
