//! Extracts JSON from a vendor's shell command or script, for the tests that compare the vendors' pages byte for byte.
//!
//! It reads only what these pages contain, e.g. no escapes inside a script's strings. It must never be used as a parser of
//! either language.

/// The body of `curl -d "…"`, as the shell passes it.
pub(super) fn shell_body(command: &str) -> String {
    let (_, body) = command.split_once("-d \"").unwrap();
    let (body, _) = body.rsplit_once("\" >").unwrap();
    body.replace("\\\"", "\"")
}

/// The first object literal after `after` as JSON: names and strings in double quotes, no spaces between them, no trailing
/// comma.
pub(super) fn object(script: &str, after: &str) -> String {
    let (_, literal) = script.split_once(after).unwrap();
    let (mut json, mut word) = (String::new(), String::new());
    let (mut quote, mut depth) = (None, 0_u32);
    for c in literal.chars().skip_while(|c| *c != '{') {
        match (quote, c) {
            (Some(open), c) if c == open => {
                json.push('"');
                quote = None;
            }
            (Some(_), c) => json.push(c),
            (None, '\'' | '"') => {
                json.push('"');
                quote = Some(c);
            }
            (None, ':') if word.is_empty() => json.push(':'),
            (None, ':') => json.push_str(&format!("\"{}\":", std::mem::take(&mut word))),
            (None, '{' | '}' | ',') => {
                json.push_str(&std::mem::take(&mut word));
                if c == '}' && json.ends_with(',') {
                    json.pop();
                }
                json.push(c);
                depth = match c {
                    '{' => depth + 1,
                    '}' => depth - 1,
                    _ => depth,
                };
                if depth == 0 {
                    return json;
                }
            }
            (None, c) if c.is_whitespace() => {}
            (None, c) => word.push(c),
        }
    }
    panic!("no object behind {after}")
}

#[test]
fn extracts_an_object_of_a_script() {
    let script = "f({}); const params = {\n  a: 'b c', \"d\": 1.50,\n e: { f: null, },\n};";
    assert_eq!(
        object(script, "params"),
        r#"{"a":"b c","d":1.50,"e":{"f":null}}"#
    );
    assert_eq!(
        shell_body("curl \"x\" \\\n-d \"{\\\"a\\\":$B}\" > c.json"),
        r#"{"a":$B}"#
    );
}
