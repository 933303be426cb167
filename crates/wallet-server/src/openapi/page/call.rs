//! One call on the page: address, parameters, body, responses.
//!
//! It must never show a response without its status.

use serde_json::Value;

use super::{Call, escape, members, prose, schema, text};

/// The anchor of a call, as Swagger UI writes it.
fn anchor(call: &Call<'_>) -> String {
    escape(&format!(
        "/{}/{}",
        call.tag,
        text(call.operation, "/operationId")
    ))
}

fn address(call: &Call<'_>) -> String {
    format!(
        "<span class=\"method\">{}</span> <code>{}</code>",
        escape(&call.method.to_ascii_uppercase()),
        escape(call.path)
    )
}

/// The link of a call in the navigation.
pub(super) fn link(call: &Call<'_>) -> String {
    format!(
        "<li><a href=\"#{}\">{}</a></li>",
        anchor(call),
        address(call)
    )
}

pub(super) fn render(call: &Call<'_>, document: &Value) -> String {
    let anchor = anchor(call);
    let mut html = format!(
        "<article aria-labelledby=\"{anchor}\"><h3 id=\"{anchor}\"><a href=\"#{anchor}\">{}</a></h3><p>{}</p>",
        address(call),
        prose(text(call.operation, "/summary")),
    );
    let notes = text(call.operation, "/description");
    if !notes.is_empty() {
        html.push_str(&format!("<p>{}</p>", prose(notes)));
    }
    html.push_str(&security(call.operation, document));
    let parameters = call.operation.get("parameters").and_then(Value::as_array);
    if let Some(parameters) = parameters {
        html.push_str("<h4>Parameters</h4><dl>");
        parameters
            .iter()
            .for_each(|parameter| html.push_str(&render_parameter(parameter)));
        html.push_str("</dl>");
    }
    if let Some(body) = call.operation.get("requestBody") {
        html.push_str(&format!(
            "<h4>Body</h4><p>{}{}</p>",
            content(body),
            if body.get("required") == Some(&Value::Bool(true)) {
                ""
            } else {
                ", optional"
            }
        ));
    }
    html.push_str("<h4>Responses</h4><dl>");
    for (status, response) in members(call.operation.get("responses")) {
        let shared = text(response, "/$ref").strip_prefix('#');
        let response = shared
            .and_then(|pointer| document.pointer(pointer))
            .unwrap_or(response);
        let content = content(response);
        html.push_str(&format!(
            "<dt><code>{}</code> {}</dt><dd>{}</dd>",
            escape(status),
            if content.is_empty() {
                "no body"
            } else {
                &content
            },
            prose(text(response, "/description"))
        ));
    }
    html.push_str("</dl></article>");
    html
}

fn render_parameter(parameter: &Value) -> String {
    let required = parameter.get("required") == Some(&Value::Bool(true));
    format!(
        "<dt><code>{}</code> {}, in the {}{}</dt><dd>{}</dd>",
        escape(text(parameter, "/name")),
        schema::kind(parameter.get("schema").unwrap_or(&Value::Null)),
        escape(text(parameter, "/in")),
        if required { ", required" } else { "" },
        prose(text(parameter, "/description"))
    )
}

/// The kinds of content of a body, with links to their schemas.
fn content(body: &Value) -> String {
    let kinds = members(body.get("content")).map(|(kind, media)| match kind.as_str() {
        "application/json" => schema::kind(media.get("schema").unwrap_or(&Value::Null)),
        other => escape(other),
    });
    kinds.collect::<Vec<_>>().join(" or ")
}

/// The ways to authenticate: one of them is needed, with all of its headers.
fn security(operation: &Value, document: &Value) -> String {
    let ways = operation.get("security").and_then(Value::as_array);
    let ways = ways.into_iter().flatten().map(|way| {
        let headers = members(Some(way)).map(|(name, _)| {
            let pointer = format!("/components/securitySchemes/{name}");
            render_header(document.pointer(&pointer).unwrap_or(&Value::Null))
        });
        headers.collect::<String>()
    });
    let ways: Vec<_> = ways.collect();
    match ways.as_slice() {
        [] => "<p>No authentication.</p>".to_owned(),
        [only] => format!("<h4>Authentication</h4><dl>{only}</dl>"),
        ways => format!("<h4>Authentication, one of</h4><dl>{}</dl>", ways.concat()),
    }
}

fn render_header(scheme: &Value) -> String {
    let header = match text(scheme, "/name") {
        "" => "authorization: Bearer …",
        header => header,
    };
    format!(
        "<dt><code>{}</code></dt><dd>{}</dd>",
        escape(header),
        prose(text(scheme, "/description"))
    )
}
