//! Refuses U+0000 in a JSON body: SQLite stores it, PostgreSQL does not, and no text of a person has it.
//!
//! Called by [`super::read_json`]. It must never repeat a value of the request.

use serde_json::Value;

use super::InvalidMember;

const PROBLEM: &str = "must not contain the character U+0000";

/// The first member with U+0000 in its text or name.
pub(super) fn find_nul(body: &[u8]) -> Option<InvalidMember> {
    // JSON cannot hold the character itself. Most bodies do not have its escape, and are not parsed a second time.
    if !body.windows(6).any(|six| six == b"\\u0000") {
        return None;
    }
    let value: Value = serde_json::from_slice(body).ok()?;
    let path = path_to_nul(&value)?;
    Some(InvalidMember {
        path,
        problem: PROBLEM.to_owned(),
    })
}

/// The path of the first text with U+0000; empty if the whole body is that text, or a name holds it.
fn path_to_nul(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => {
            let mut found = items.iter().enumerate();
            found.find_map(|(at, item)| Some(join(&format!("[{at}]"), &path_to_nul(item)?)))
        }
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            if name.contains('\0') {
                return Some(String::new());
            }
            Some(join(name, &path_to_nul(member)?))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn join(before: &str, after: &str) -> String {
    let dot = if after.is_empty() || after.starts_with('[') {
        ""
    } else {
        "."
    };
    format!("{before}{dot}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_member_with_the_character_is_named() {
        let path = |body: &str| find_nul(body.as_bytes()).map(|member| member.path);
        let named = |text: &str| Some(text.to_owned());
        assert_eq!(path(r#"{"a": {"b": ["x", "y\u0000"]}}"#), named("a.b[1]"));
        assert_eq!(
            path(r#"{"rows": [{"label": "\u0000"}]}"#),
            named("rows[0].label")
        );
        assert_eq!(path(r#"{"a\u0000b": 1}"#), named(""));
        assert_eq!(
            path(r#"{"a": "\\u0000"}"#),
            None,
            "a backslash and five letters"
        );
        assert_eq!(path(r#"{"a": "\u00001"}"#), named("a"));
        assert_eq!(path(r#"{"a": "\u0000"#), None, "no JSON");
        assert_eq!(path(r#"{"a": "b"}"#), None);
    }
}
