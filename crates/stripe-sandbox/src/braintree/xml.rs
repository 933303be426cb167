//! Parses the XML that Braintree's SDKs for Python, PHP, Ruby and Java send to the older API.
//!
//! Supports elements, text and `type` attributes only: no declared entities, no external documents, limited depth. Anything
//! else gives `None`; it must never return a part of a document.

use serde_json::{Map, Value, json};

/// Maximum element depth; a real request has three levels.
const MAX_DEPTH: usize = 8;

/// Parses a document to JSON. Names become snake case, because each SDK writes a different case; `type="boolean"` becomes a
/// boolean.
#[must_use]
pub fn parse(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let body = match text.strip_prefix("<?xml") {
        Some(prolog) => prolog.split_once("?>")?.1,
        None => text,
    };
    let (name, value, rest) = element(body, MAX_DEPTH)?;
    rest.trim().is_empty().then(|| json!({ name: value }))
}

/// Escapes text for element content.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Parses one element to its name, its value and the rest of the text.
fn element(text: &str, depth: usize) -> Option<(String, Value, &str)> {
    let depth = depth.checked_sub(1)?;
    let (tag, rest) = text.trim_start().strip_prefix('<')?.split_once('>')?;
    let (tag, closed) = match tag.strip_suffix('/') {
        Some(tag) => (tag, true),
        None => (tag, false),
    };
    let raw = tag.split_whitespace().next()?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !raw.chars().all(allowed) {
        return None;
    }
    let value_type = attribute(tag, "type");
    if closed || attribute(tag, "nil") == Some("true") {
        let rest = match closed {
            true => rest,
            false => rest.trim_start().strip_prefix(&format!("</{raw}>"))?,
        };
        return Some((snake_case(raw), Value::Null, rest));
    }
    let end = format!("</{raw}>");
    let inside = rest.trim_start();
    if !inside.starts_with('<') || inside.starts_with(&end) {
        let (content, rest) = rest.split_once(&end)?;
        return Some((
            snake_case(raw),
            typed(&unescape(content)?, value_type),
            rest,
        ));
    }
    let (mut members, mut remaining) = (Map::new(), inside);
    loop {
        if let Some(rest) = remaining.trim_start().strip_prefix(&end) {
            return Some((snake_case(raw), Value::Object(members), rest));
        }
        let (name, value, rest) = element(remaining, depth)?;
        members.insert(name, value);
        remaining = rest;
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split_once(quote).map(|(value, _)| value)
}

fn typed(text: &str, value_type: Option<&str>) -> Value {
    match (value_type, text.trim()) {
        (Some("boolean"), "true" | "1") => true.into(),
        (Some("boolean"), _) => false.into(),
        _ => text.into(),
    }
}

/// Replaces the predefined entities and character references; `None` for any other entity.
fn unescape(escaped: &str) -> Option<String> {
    let mut parts = escaped.split('&');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        text.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            code => character(code)?,
        });
        text.push_str(rest);
    }
    (!escaped.contains("<")).then_some(text)
}

fn character(code: &str) -> Option<char> {
    let digits = code.strip_prefix('#')?;
    let number = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}

/// Converts `customerId` and `customer-id` to `customer_id`.
fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        match c {
            '-' => text.push('_'),
            c if c.is_ascii_uppercase() => {
                text.push('_');
                text.push(c.to_ascii_lowercase());
            }
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_parses_the_xml_of_each_sdk() {
        let parsed = json!({ "client_token": {
            "customer_id": "a<b&1", "options": { "verify_card": true, "make_default": false }, "version": "2",
        } });
        for (text, sdk) in [
            (
                "\n<client_token><customer_id>a&lt;b&amp;1</customer_id><options><verify_card type=\"boolean\">true</verify_card>\
                 <make_default type=\"boolean\">false</make_default></options><version type=\"integer\">2</version></client_token>",
                "Python",
            ),
            (
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<client-token>\n <customer-id>a&#60;b&#x26;1</customer-id>\n <options>\n  \
                 <verify-card type=\"boolean\">true</verify-card>\n  <make-default type=\"boolean\">false</make-default>\n \
                 </options>\n <version type=\"integer\">2</version>\n</client-token>\n",
                "Ruby, PHP",
            ),
            (
                "<clientToken><customerId>a&lt;b&amp;1</customerId><options><verifyCard type='boolean'>true</verifyCard>\
                 <makeDefault type='boolean'>false</makeDefault></options><version>2</version></clientToken>",
                "Java",
            ),
        ] {
            assert_eq!(parse(text), Some(parsed.clone()), "{sdk}");
        }
        assert_eq!(
            parse("<a><b nil=\"true\"></b><c/><d></d></a>"),
            Some(json!({ "a": { "b": null, "c": null, "d": "" } }))
        );
    }

    #[test]
    fn it_refuses_malformed_documents() {
        let deep = format!("{}{}", "<a>".repeat(20), "</a>".repeat(20));
        for text in [
            "",
            "<",
            "<>",
            "<a>",
            "<a></b>",
            "<a>x",
            "<a>&unknown;</a>",
            "<a>& </a>",
            "<a>x<b></b></a>",
            "<a/><b/>",
            "{}",
            "<a b></a",
            "<!DOCTYPE a><a/>",
            "<?xml",
            &deep,
            "<a>&#xFFFFFFFF;</a>",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
