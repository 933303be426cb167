//! The XML of Braintree's older API, as its SDKs for Python, PHP, Ruby and Java write it. Read by [`super::client_api`].
//!
//! Elements, text and `type` attributes, and nothing else: no entities of its own, no documents beside it, no depth without
//! an end. What it cannot read is nothing, never half of something.

use serde_json::{Map, Value, json};

/// How deep a request may be; a real one is three.
const MAX_DEPTH: usize = 8;

/// The document as a value: names in snake case, whichever case the SDK writes, and booleans as booleans.
#[must_use]
pub fn read(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let body = match text.strip_prefix("<?xml") {
        Some(prolog) => prolog.split_once("?>")?.1,
        None => text,
    };
    let (name, value, rest) = element(body, MAX_DEPTH)?;
    rest.trim().is_empty().then(|| json!({ name: value }))
}

/// Text as it stands between two tags.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// One element: its name, what is in it, and what follows it.
fn element(text: &str, depth: usize) -> Option<(String, Value, &str)> {
    let depth = depth.checked_sub(1)?;
    let (tag, rest) = text.trim_start().strip_prefix('<')?.split_once('>')?;
    let (tag, closed) = match tag.strip_suffix('/') {
        Some(tag) => (tag, true),
        None => (tag, false),
    };
    let raw = tag.split_whitespace().next()?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !raw.chars().all(fits) {
        return None;
    }
    let kind = attribute(tag, "type");
    if closed || attribute(tag, "nil") == Some("true") {
        let rest = match closed {
            true => rest,
            false => rest.trim_start().strip_prefix(&format!("</{raw}>"))?,
        };
        return Some((snake(raw), Value::Null, rest));
    }
    let end = format!("</{raw}>");
    let inside = rest.trim_start();
    if !inside.starts_with('<') || inside.starts_with(&end) {
        let (words, rest) = rest.split_once(&end)?;
        return Some((snake(raw), typed(&unescape(words)?, kind), rest));
    }
    let (mut members, mut left) = (Map::new(), inside);
    loop {
        if let Some(rest) = left.trim_start().strip_prefix(&end) {
            return Some((snake(raw), Value::Object(members), rest));
        }
        let (name, value, rest) = element(left, depth)?;
        members.insert(name, value);
        left = rest;
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split_once(quote).map(|(value, _)| value)
}

fn typed(words: &str, kind: Option<&str>) -> Value {
    match (kind, words.trim()) {
        (Some("boolean"), "true" | "1") => true.into(),
        (Some("boolean"), _) => false.into(),
        _ => words.into(),
    }
}

/// `None` for a sign that is not of XML itself.
fn unescape(words: &str) -> Option<String> {
    let mut parts = words.split('&');
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
    (!words.contains("<")).then_some(text)
}

fn character(code: &str) -> Option<char> {
    let digits = code.strip_prefix('#')?;
    let number = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}

/// `customerId`, `customer-id` and `customer_id` are one.
fn snake(name: &str) -> String {
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
    fn it_reads_what_each_sdk_writes() {
        let read_as = json!({ "client_token": {
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
            assert_eq!(read(text), Some(read_as.clone()), "{sdk}");
        }
        assert_eq!(
            read("<a><b nil=\"true\"></b><c/><d></d></a>"),
            Some(json!({ "a": { "b": null, "c": null, "d": "" } }))
        );
    }

    #[test]
    fn it_reads_nothing_of_what_is_not_whole() {
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
            assert_eq!(read(text), None, "{text}");
        }
    }
}
