//! `/v1/webhook_endpoints`: create, retrieve, update, delete and list. An endpoint must never be on another machine.

use super::RequestContext;
use crate::error::ApiError;
use crate::metadata;
use crate::object::webhook_endpoint::SigningSecret;
use crate::object::{WebhookEndpoint, now};
use serde_json::{Value, json};

/// Stripe's limit, in test mode and in live mode.
const MAX_WEBHOOK_ENDPOINTS: usize = 16;

/// `POST /v1/webhook_endpoints`. Only this response contains the signing secret.
pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "url",
        "enabled_events[]",
        "api_version",
        "connect",
        "description",
        "metadata[*]",
    ])?;
    let url = url(params.required("url")?)?;
    let kinds = kinds(&params.list("enabled_events"))?
        .ok_or_else(|| ApiError::parameter_missing("enabled_events"))?;
    let connect = params.boolean("connect")?;
    let api_version = params.text("api_version").map(str::to_owned);
    if ctx.account().webhook_endpoints.all().count() >= MAX_WEBHOOK_ENDPOINTS {
        return Err(ApiError::invalid(&format!(
            "You have reached the maximum of {MAX_WEBHOOK_ENDPOINTS} test webhook endpoints."
        )));
    }
    let metadata = metadata::new(params)?;
    let ids = &mut ctx.account().ids;
    let endpoint = WebhookEndpoint {
        id: ids.id("we"),
        created: now(),
        url,
        enabled_events: kinds,
        connect,
        description: params.text("description").map(str::to_owned),
        api_version,
        metadata,
        enabled: true,
        secret: SigningSecret(format!("whsec_{}", ids.alphanumeric(32))),
        expiring_secret: None,
    };
    let mut object = endpoint.to_json();
    if let Some(members) = object.as_object_mut() {
        members.insert("secret".to_owned(), endpoint.secret.0.as_str().into());
    }
    let id = endpoint.id.clone();
    ctx.account().webhook_endpoints.put(&id, endpoint);
    Ok(object)
}

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    find(ctx, id).map(|endpoint| endpoint.to_json())
}

pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "url",
        "enabled_events[]",
        "description",
        "disabled",
        "metadata[*]",
    ])?;
    let url = params.text("url").map(url).transpose()?;
    let kinds = kinds(&params.list("enabled_events"))?;
    let disabled = match params.text("disabled") {
        Some(_) => Some(params.boolean("disabled")?),
        None => None,
    };
    let endpoint = find(ctx, id)?;
    endpoint.metadata = metadata::merged(&endpoint.metadata, params, "metadata")?;
    if let Some(url) = url {
        endpoint.url = url;
    }
    if let Some(kinds) = kinds {
        endpoint.enabled_events = kinds;
    }
    if let Some(disabled) = disabled {
        endpoint.enabled = !disabled;
    }
    if let Some(description) = params.raw("description") {
        endpoint.description = Some(description.to_owned()).filter(|text| !text.is_empty());
    }
    Ok(endpoint.to_json())
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["limit", "starting_after", "ending_before"])?;
    ctx.account().webhook_endpoints.page(
        params,
        "/v1/webhook_endpoints",
        |_| true,
        WebhookEndpoint::to_json,
    )
}

/// `DELETE /v1/webhook_endpoints/:id`. Queued deliveries to it are dropped.
pub fn delete(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    find(ctx, id)?;
    ctx.account().webhook_endpoints.remove(id);
    Ok(json!({ "id": id, "object": "webhook_endpoint", "deleted": true }))
}

fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut WebhookEndpoint, ApiError> {
    ctx.account()
        .webhook_endpoints
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("webhook endpoint", id, "id"))
}

/// A plain HTTP URL on this machine.
fn url(text: &str) -> Result<String, ApiError> {
    let uri: Option<axum::http::Uri> = text.parse().ok();
    let is_local = |uri: &axum::http::Uri| {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let loopback = host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
        uri.scheme_str() == Some("http") && (host == "localhost" || loopback)
    };
    match uri.filter(is_local) {
        Some(_) => Ok(text.to_owned()),
        None => Err(ApiError::bad_value(
            "url_invalid",
            "url",
            "Invalid URL: the sandbox sends webhooks over plain HTTP to this machine only, such as http://127.0.0.1:4401/hook.",
        )),
    }
}

fn kinds(given: &[&str]) -> Result<Option<Vec<String>>, ApiError> {
    let is_well_formed = |kind: &str| {
        kind == "*"
            || (kind.contains('.')
                && kind
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.')))
    };
    if let Some(invalid) = given.iter().find(|kind| !is_well_formed(kind)) {
        return Err(ApiError::invalid(&format!(
            "Invalid enabled_events: '{invalid}' is no kind of event."
        ))
        .param("enabled_events"));
    }
    let kinds: Vec<String> = given.iter().map(|kind| (*kind).to_owned()).collect();
    Ok(Some(kinds).filter(|kinds| !kinds.is_empty()))
}
