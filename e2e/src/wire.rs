//! What a browser sent: its own network log, read over WebDriver.

use std::fmt::Write as _;

use reqwest::Client;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::Step;

/// One request of the browser.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The document that sent it.
    pub document: String,
    pub method: String,
    pub url: String,
    /// Address, headers and body in one text, for searching.
    pub all: String,
}

/// Everything sent since the last look.
///
/// # Errors
/// The driver's.
pub async fn sent(driver_url: &str, browser: &WebDriver) -> Step<Vec<Sent>> {
    let rows = log(driver_url, browser, "performance").await?;
    Ok(rows.iter().filter_map(read).collect())
}

/// What the browser's console says of its pages since the last look.
///
/// # Errors
/// The driver's.
pub async fn complaints(driver_url: &str, browser: &WebDriver) -> Step<Vec<String>> {
    let rows = log(driver_url, browser, "browser").await?;
    let words = |row: &Value| Some(row.get("message")?.as_str()?.to_owned());
    Ok(rows.iter().filter_map(words).collect())
}

async fn log(driver_url: &str, browser: &WebDriver, kind: &str) -> Step<Vec<Value>> {
    let url = format!("{driver_url}/session/{}/se/log", browser.session_id());
    let answer: Value = Client::new()
        .post(url)
        .json(&json!({"type": kind}))
        .send()
        .await?
        .json()
        .await?;
    let rows = answer.get("value").and_then(Value::as_array).cloned();
    Ok(rows.unwrap_or_default())
}

fn read(row: &Value) -> Option<Sent> {
    let entry: Value = serde_json::from_str(row.get("message")?.as_str()?).ok()?;
    let message = entry.get("message")?;
    if message.get("method")?.as_str()? != "Network.requestWillBeSent" {
        return None;
    }
    let params = message.get("params")?;
    let request = params.get("request")?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut all = String::new();
    let url = text(request.get("url"));
    let _ = write!(
        all,
        "{url} {} {}",
        request.get("headers")?,
        text(request.get("postData"))
    );
    Some(Sent {
        document: text(params.get("documentURL")),
        method: text(request.get("method")),
        url,
        all,
    })
}
