//! Makes descriptions for readers of the document out of doc comments.
//!
//! Doc comments also speak to readers of the code: they link items of Rust, have examples in Rust, and describe `Debug`.
//! It must never change anything but descriptions and empty defaults.

use serde_json::Value;

/// Keeps the first sentence of a named schema's description. The rest is about the Rust type.
pub(super) fn shorten(schema: &mut Value) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let text_of_type = plain(text);
        let end = text_of_type
            .find(". ")
            .map_or(text_of_type.len(), |at| at + 1);
        *text = text_of_type.get(..end).unwrap_or_default().to_owned();
    }
}

/// Rewrites all descriptions as plain text, and removes defaults of null.
pub(super) fn clean_up(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(clean_up),
        Value::Object(members) => {
            if members.get("default").is_some_and(says_nothing) {
                members.remove("default");
            }
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(text) if name == "description" => *text = plain(text),
                    other => clean_up(other),
                }
            }
        }
        _ => {}
    }
}

/// Whether a default is that of a Rust type, such as an empty text for a required member.
fn says_nothing(default: &Value) -> bool {
    match default {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_u64() == Some(0),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) => false,
    }
}

/// One line of text without examples and without links to items of Rust.
fn plain(text: &str) -> String {
    let text = text.split("```").next().unwrap_or_default();
    let text = text.replace("`None`", "null");
    let mut line = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("[`") {
        let (before, link) = rest.split_at(start);
        let Some(end) = link.find("`]") else { break };
        let name = link.get(2..end).unwrap_or_default();
        let name = name.rsplit("::").next().unwrap_or(name);
        line.push_str(before);
        line.push('`');
        line.push_str(name);
        line.push('`');
        rest = link.get(end + 2..).unwrap_or_default();
        // The target of a link: `[`name`](path)`.
        if let Some((_, after)) = rest.strip_prefix('(').and_then(|path| path.split_once(')')) {
            rest = after;
        }
    }
    line.push_str(rest);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_description_has_no_rust_in_it() {
        let doc = "The card,\nsee [`super::Card`] and\n[`read`](crate::read). `None` if gone.\n\n```\nlet a = 1;\n```";
        assert_eq!(plain(doc), "The card, see `Card` and `read`. null if gone.");
        let mut schema = json!({"description": "The body. [`check`] reads it.", "properties": {"a": {"default": null}}});
        shorten(&mut schema);
        clean_up(&mut schema);
        assert_eq!(
            schema,
            json!({"description": "The body.", "properties": {"a": {}}})
        );
    }
}
