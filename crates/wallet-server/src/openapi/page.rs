//! The document as a page of HTML without scripts: calls by tag, then the schemas.
//!
//! Every call has the anchor of Swagger UI, `/Tag/operationId`, because the vendors' pages link to such anchors. It must
//! never insert a text without escaping it.

mod call;
mod schema;

use serde_json::{Map, Value};

/// The style sheet of the page, whose hash is in the page's policy.
pub(super) const STYLE: &str = include_str!("page/style.css");

/// Which calls a page shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageScope<'a> {
    /// The title of the page.
    pub title: &'a str,
    /// The beginning of the paths that are shown.
    pub base: &'a str,
    /// The beginning of the names of the schemas that are shown.
    pub schemas: &'a str,
}

/// Renders the calls of the document that are in the scope.
pub(super) fn render(document: &Value, scope: PageScope<'_>) -> String {
    let tags: Vec<Section<'_>> = sections(document, scope);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>\
         <a class=\"skip\" href=\"#calls\">Skip to the calls</a>\
         <header><h1>{title}</h1><p>{about}</p>\
         <p><a href=\"/docs/openapi.json\">The document as JSON</a>, for programs: OpenAPI {version}.</p></header>",
        title = escape(scope.title),
        about = prose(text(document, "/info/description")),
        version = escape(text(document, "/openapi")),
    );
    html.push_str("<nav aria-label=\"Calls\"><ul>");
    for section in &tags {
        html.push_str(&format!(
            "<li><a href=\"#tag-{name}\">{name}</a><ul>",
            name = escape(section.tag)
        ));
        for call in &section.calls {
            html.push_str(&call::link(call));
        }
        html.push_str("</ul></li>");
    }
    html.push_str("<li><a href=\"#schemas\">Schemas</a></li></ul></nav><main id=\"calls\">");
    for section in &tags {
        html.push_str(&format!(
            "<section aria-labelledby=\"tag-{name}\"><h2 id=\"tag-{name}\">{name}</h2><p>{about}</p>",
            name = escape(section.tag),
            about = prose(section.description),
        ));
        for call in &section.calls {
            html.push_str(&call::render(call, document));
        }
        html.push_str("</section>");
    }
    html.push_str("<section aria-labelledby=\"schemas\"><h2 id=\"schemas\">Schemas</h2>");
    for (name, one) in members(document.pointer("/components/schemas")) {
        if name.starts_with(scope.schemas) {
            html.push_str(&schema::render_named(name, one));
        }
    }
    html.push_str("</section></main></body></html>\n");
    html
}

/// The calls of one tag.
struct Section<'a> {
    tag: &'a str,
    description: &'a str,
    calls: Vec<Call<'a>>,
}

/// One call of the document.
struct Call<'a> {
    method: &'a str,
    path: &'a str,
    tag: &'a str,
    operation: &'a Value,
}

fn sections<'a>(document: &'a Value, scope: PageScope<'_>) -> Vec<Section<'a>> {
    let mut calls = Vec::new();
    for (path, methods) in members(document.get("paths")) {
        for (method, operation) in members(Some(methods)) {
            let tag = text(operation, "/tags/0");
            if path.starts_with(scope.base) {
                calls.push(Call {
                    method,
                    path,
                    tag,
                    operation,
                });
            }
        }
    }
    let tags = document.get("tags").and_then(Value::as_array);
    let mut sections: Vec<_> = tags
        .into_iter()
        .flatten()
        .map(|tag| Section {
            tag: text(tag, "/name"),
            description: text(tag, "/description"),
            calls: Vec::new(),
        })
        .collect();
    for call in calls {
        let mut all = sections.iter_mut();
        if let Some(section) = all.find(|section| section.tag == call.tag) {
            section.calls.push(call);
        }
    }
    sections.retain(|section| !section.calls.is_empty());
    sections
}

fn members(object: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    object
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// The text at a JSON pointer; empty when there is none.
fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A sentence with `code` in backticks.
fn prose(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escape(part);
        if at % 2 == 1 {
            html.push_str(&format!("<code>{part}</code>"));
        } else {
            html.push_str(&part);
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(
            prose("a `<b>` & \"c\""),
            "a <code>&lt;b&gt;</code> &amp; &quot;c&quot;"
        );
    }
}
