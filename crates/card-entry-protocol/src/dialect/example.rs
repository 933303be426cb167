//! A vendor's snippet as JSON, for the tests that read the vendors' pages to the byte: bodies stand there in shell
//! commands and scripts.
//!
//! It knows what these pages write, which is no escape inside a script's texts, and is no parser of either language.

/// The body of a `curl`'s `-d "…"`, as the shell hands it over.
pub(super) fn shell_body(command: &str) -> String {
    let (_, body) = command.split_once("-d \"").unwrap();
    let (body, _) = body.rsplit_once("\" >").unwrap();
    body.replace("\\\"", "\"")
}

/// The first object literal behind `after`: names and texts in double quotes, no blanks between them, no comma before an
/// end.
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
fn a_script_s_object_is_read_as_it_means() {
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
