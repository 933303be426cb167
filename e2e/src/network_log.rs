//! The browser's network log and console, read over WebDriver.

use std::fmt::Write as _;

use reqwest::Client;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::StepResult;

/// A request of the browser.
#[derive(Debug, Clone)]
pub struct SentRequest {
    /// URL of the document that sent it.
    pub document: String,
    pub method: String,
    pub url: String,
    /// URL, headers and body as one text, for searches.
    pub all: String,
}

/// The requests since the last call.
///
/// # Errors
/// When the driver fails.
pub async fn sent(driver_url: &str, browser: &WebDriver) -> StepResult<Vec<SentRequest>> {
    let rows = log(driver_url, browser, "performance").await?;
    Ok(rows.iter().filter_map(parse).collect())
}

/// The console messages since the last call.
///
/// # Errors
/// When the driver fails.
pub async fn console_messages(driver_url: &str, browser: &WebDriver) -> StepResult<Vec<String>> {
    let rows = log(driver_url, browser, "browser").await?;
    let message = |row: &Value| Some(row.get("message")?.as_str()?.to_owned());
    Ok(rows.iter().filter_map(message).collect())
}

async fn log(driver_url: &str, browser: &WebDriver, kind: &str) -> StepResult<Vec<Value>> {
    let url = format!("{driver_url}/session/{}/se/log", browser.session_id());
    let response: Value = Client::new()
        .post(url)
        .json(&json!({"type": kind}))
        .send()
        .await?
        .json()
        .await?;
    let rows = response.get("value").and_then(Value::as_array).cloned();
    Ok(rows.unwrap_or_default())
}

fn parse(row: &Value) -> Option<SentRequest> {
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
    Some(SentRequest {
        document: text(params.get("documentURL")),
        method: text(request.get("method")),
        url,
        all,
    })
}
