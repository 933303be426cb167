//! Parses JSON and names the member that is missing or invalid, and what was expected there.
//!
//! The wallet server calls it for every request body and query. Builds for the browser do not contain it. It must never
//! repeat a value of the request. serde's own messages do, so only their fixed part is used.

mod nul;

use core::fmt::Display;

use serde::de::{DeserializeOwned, IgnoredAny};

/// A member of a JSON object that is missing or invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidMember {
    /// The member, e.g. `token_data.month` or `credit_cards[0].label`; empty for the whole body.
    pub path: String,
    /// What is wrong, to be read after the path: "is missing", "must be a string".
    pub problem: String,
}

/// Why a body could not be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonError {
    /// The body is not JSON.
    Syntax,
    /// The body is JSON, and one member is missing or invalid.
    Member(InvalidMember),
}

/// Parses a JSON object into a type.
///
/// # Errors
/// [`JsonError::Syntax`] when the body is not JSON, [`JsonError::Member`] when a member is missing or invalid.
///
/// ```
/// use card_entry_protocol::member::{JsonError, read_json};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Body {
///     rows: Vec<u16>,
/// }
/// let Err(JsonError::Member(wrong)) = read_json::<Body>(br#"{"rows": [7, "x"]}"#) else {
///     panic!("a string is not a number");
/// };
/// assert_eq!(wrong.sentence(), "`rows[1]` must be a whole number from 0 to 65535.");
/// ```
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    // serde would read a struct from an array as well, member by member.
    let is_array = body.trim_ascii_start().starts_with(b"[");
    if is_array && serde_json::from_slice::<IgnoredAny>(body).is_ok() {
        return Err(JsonError::Member(InvalidMember {
            path: String::new(),
            problem: format!("must be {}", kind("a map")),
        }));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        if error.inner().is_data() {
            JsonError::Member(InvalidMember::of(&error))
        } else {
            JsonError::Syntax
        }
    })?;
    json.end().map_err(|_| JsonError::Syntax)?;
    match nul::find_nul(body) {
        Some(member) => Err(JsonError::Member(member)),
        None => Ok(value),
    }
}

/// A longer path is not repeated.
const MAX_PATH_BYTES: usize = 120;

impl InvalidMember {
    /// Takes the path and the fixed part of the message from an error of serde.
    #[must_use]
    pub fn of<E: Display>(error: &serde_path_to_error::Error<E>) -> Self {
        let message = error.inner().to_string();
        // serde_json appends its position in the text.
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(message, _)| message);
        let mut path = error.path().to_string();
        // A member's name in the request may be any text; the names of our own types are plain.
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"_.[]".contains(&b);
        if path == "." || path.len() > MAX_PATH_BYTES || !path.bytes().all(plain) {
            path.clear();
        }
        let problem = if let Some(name) = quoted(message, "missing field `") {
            join(&mut path, name);
            "is missing".to_owned()
        } else if let Some(name) = quoted(message, "duplicate field `") {
            join(&mut path, name);
            "is there twice".to_owned()
        } else {
            problem(message)
        };
        Self { path, problem }
    }

    /// A sentence for the caller, e.g. "`id` is missing."; "The request …" when the path is empty.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.path.as_str() {
            "" => format!("The request {}.", self.problem),
            path => format!("`{path}` {}.", self.problem),
        }
    }
}

/// Reads the name of one of our own types, which serde puts between backticks.
fn quoted<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    let (name, _) = message.strip_prefix(before)?.split_once('`')?;
    Some(name)
}

fn join(path: &mut String, name: &str) {
    if path.ends_with(name) {
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// Takes the fixed part of serde's message: the text after its last "expected", or the reason of one of our types.
fn problem(message: &str) -> String {
    let is_shape = message.starts_with("invalid ");
    if let Some((_, expected)) = message.rsplit_once(", expected ").filter(|_| is_shape) {
        return format!("must be {}", kind(expected));
    }
    // For a number in a query, the message is the standard library's.
    if ["digit found", "parse integer", "too large", "too small"]
        .iter()
        .any(|words| message.contains(words))
    {
        return format!("must be {}", kind("u64"));
    }
    match message.strip_prefix("not ") {
        Some(what) => format!("is not {what}"),
        None => "is not as expected".to_owned(),
    }
}

/// Names a type that serde expected in the terms of JSON.
fn kind(expected: &str) -> &str {
    match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number from 0",
        "i32" | "i64" => "a whole number",
        "f64" => "a number",
        "a borrowed string" => "a string",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        "a map" => "an object",
        "unit" => "null",
        name if name.starts_with("struct ") => "an object",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Body {
        id: u64,
        #[serde(default)]
        rows: Vec<Row>,
        #[serde(default)]
        method: Option<crate::card::PaymentMethodId>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Row {
        label: String,
        primary: Option<bool>,
    }

    fn sentence_for(body: &str) -> String {
        match read_json::<Body>(body.as_bytes()) {
            Ok(body) => panic!("{body:?}"),
            Err(JsonError::Syntax) => "not JSON".to_owned(),
            Err(JsonError::Member(member)) => member.sentence(),
        }
    }

    #[test]
    fn names_the_member_and_what_was_expected() {
        for (body, expected) in [
            ("{}", "`id` is missing."),
            (r#"{"id": "x"}"#, "`id` must be a whole number from 0."),
            (r#"{"id": -1}"#, "`id` must be a whole number from 0."),
            (r#"{"id": 1, "id": 2}"#, "`id` is there twice."),
            (r#"{"id": 1, "rows": {}}"#, "`rows` must be an array."),
            (r#"{"id": 1, "rows": [7]}"#, "`rows[0]` must be an object."),
            (r#"{"id": 1, "rows": [{}]}"#, "`rows[0].label` is missing."),
            (
                r#"{"id": 1, "rows": [{"label": "a"}, {"label": 4242424242424242}]}"#,
                "`rows[1].label` must be a string.",
            ),
            (
                r#"{"id": 1, "rows": [{"label": "a", "primary": "yes"}]}"#,
                "`rows[0].primary` must be true or false.",
            ),
            (
                r#"{"id": 1, "method": "tok_1"}"#,
                "`method` is not a payment method.",
            ),
            ("[1]", "The request must be an object."),
            ("7", "The request must be an object."),
            ("{", "not JSON"),
            (r#"{"id": 1} {"#, "not JSON"),
        ] {
            assert_eq!(sentence_for(body), expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn no_value_is_repeated(value in "[a-z]{0,3}(, expected |`| at line )?Q{4}[a-z`]{0,3}", name in "[a-z\"Q ]{1,9}") {
            for body in [
                serde_json::json!({"id": value}),
                serde_json::json!({"id": 1, "rows": value}),
                serde_json::json!({"id": 1, "rows": [{"label": "a", "primary": value}]}),
                serde_json::json!({"id": 1, "method": value, name: value}),
            ] {
                let sentence = match read_json::<Body>(body.to_string().as_bytes()) {
                    Err(JsonError::Member(member)) => member.sentence(),
                    _ => String::new(),
                };
                prop_assert!(!sentence.contains("QQQQ"), "{}", sentence);
            }
        }
    }
}
