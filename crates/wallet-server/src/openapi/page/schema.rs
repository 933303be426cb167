//! Schemas on the page: the name of a kind with a link, and the members of a named schema.
//!
//! It must never leave out whether a member is required.

use serde_json::Value;

use super::{escape, members, prose, text};

/// The words of JSON Schema that a kind is shown with.
const BOUNDS: [(&str, &str); 6] = [
    ("format", "format"),
    ("pattern", "pattern"),
    ("minimum", "from"),
    ("maximum", "to"),
    ("minLength", "min length"),
    ("maxLength", "max length"),
];

/// The kind of a value in words, with links to named schemas.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = escape(reference.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    if let Some(forms) = schema.get("anyOf").and_then(Value::as_array) {
        let forms: Vec<_> = forms.iter().map(kind).collect();
        return forms.join(" or ");
    }
    let words: Vec<&str> = match schema.get("type") {
        Some(Value::String(word)) => vec![word],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
        _ => vec!["any value"],
    };
    let words = words
        .into_iter()
        .map(|word| match (word, schema.get("items")) {
            ("array", Some(items)) => format!("array of {}", kind(items)),
            _ => escape(word),
        });
    words.collect::<Vec<_>>().join(" or ")
}

/// The bounds of a value, and examples.
fn bounds(schema: &Value) -> String {
    let mut all = Vec::new();
    for (member, word) in BOUNDS {
        match schema.get(member) {
            Some(Value::String(value)) => {
                all.push(format!("{word} <code>{}</code>", escape(value)))
            }
            Some(value @ Value::Number(_)) => all.push(format!("{word} {value}")),
            _ => {}
        }
    }
    for member in ["examples", "enum"] {
        let values = schema.get(member).and_then(Value::as_array);
        let values: Vec<_> = values
            .into_iter()
            .flatten()
            .map(|value| format!("<code>{}</code>", escape(&value.to_string())))
            .collect();
        if !values.is_empty() {
            let word = if member == "enum" { "one of" } else { "e.g." };
            all.push(format!("{word} {}", values.join(" ")));
        }
    }
    all.iter().map(|bound| format!(", {bound}")).collect()
}

/// A schema with a name: what it is, and its members.
pub(super) fn render_named(name: &str, schema: &Value) -> String {
    let name = escape(name);
    let mut html = format!(
        "<article aria-labelledby=\"schema-{name}\"><h3 id=\"schema-{name}\">{name}</h3><p>{}</p>",
        prose(text(schema, "/description"))
    );
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |member: &str| required.is_some_and(|all| all.iter().any(|one| one == member));
    let mut rows = String::new();
    for (member, of) in members(schema.get("properties")) {
        rows.push_str(&format!(
            "<dt><code>{}</code> {}{}{}</dt><dd>{}</dd>",
            escape(member),
            kind(of),
            if is_required(member) {
                ", required"
            } else {
                ""
            },
            bounds(of),
            prose(text(of, "/description"))
        ));
    }
    if rows.is_empty() {
        html.push_str(&format!("<p>{}{}</p>", kind(schema), bounds(schema)));
    } else {
        html.push_str(&format!("<dl>{rows}</dl>"));
    }
    html.push_str("</article>");
    html
}
