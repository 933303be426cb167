//! The statements of this crate, read from its source files, so that a test sees each of them without running it.
//!
//! Used by the test of the query plans. A statement must never escape it: every call of `query` is counted.

#![allow(clippy::unwrap_used, clippy::panic)]
use std::path::Path;

use crate::owner_history::has_history_sql;

/// These modules look at the database itself, and are not called for requests.
const LEFT_OUT: [&str; 5] = [
    "inspection.rs",
    "sqlite.rs",
    "postgres.rs",
    "statement.rs",
    "value.rs",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenFor {
    Both,
    Sqlite,
    Postgres,
}

/// A statement and the file that has it.
#[derive(Debug, Clone)]
pub struct SourceStatement {
    pub file: String,
    pub sql: String,
    pub written_for: WrittenFor,
}

/// All statements of all modules.
pub fn all() -> Vec<SourceStatement> {
    let mut all = Vec::new();
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    assert!(all.len() > 90, "only {} statements were found", all.len());
    all
}

fn read_folder(folder: &Path, all: &mut Vec<SourceStatement>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, all);
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with("_tests.rs") || LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let found = of_file(&name, &text);
        let calls = text.matches(" query(").count() + text.matches("query_of_each(").count();
        assert!(
            found.len() >= calls,
            "{name}: {calls} calls of query, and only {} statements that the test can read",
            found.len()
        );
        all.extend(found);
    }
}

fn of_file(name: &str, text: &str) -> Vec<SourceStatement> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code: Vec<&str> = code.lines().filter(is_code).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    let mut rest = code.as_str();
    // The next two texts of a statement that each database has in its own words.
    let mut own_words = Vec::new();
    while let Some(at) = rest.find(['"', 'c', 'q']) {
        let here = rest.get(at..).unwrap();
        if here.starts_with("query_of_each(\n") {
            own_words = vec![WrittenFor::Postgres, WrittenFor::Sqlite];
            rest = here.get("query_of_each(".len()..).unwrap();
            continue;
        }
        let sql = if here.starts_with("concat!(") {
            let (sql, after) = concatenated(here.get("concat!(".len()..).unwrap());
            rest = after;
            sql
        } else if here.starts_with('"') {
            let (sql, after) = literal(here);
            rest = after;
            sql
        } else {
            rest = here.get(1..).unwrap();
            continue;
        };
        let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
        if verbs.iter().any(|verb| sql.trim_start().starts_with(verb)) {
            found.push(SourceStatement {
                file: name.to_owned(),
                sql: sql.split_whitespace().collect::<Vec<_>>().join(" "),
                written_for: own_words.pop().unwrap_or(WrittenFor::Both),
            });
        }
    }
    found
}

/// The text of a string literal, and what follows it.
fn literal(source: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = source.char_indices().skip(1);
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return (text, source.get(at + 1..).unwrap()),
            '\\' => text.push(chars.next().unwrap().1),
            other => text.push(other),
        }
    }
    panic!("a string literal does not end: {source}");
}

/// The text of the arguments of `concat!`, and what follows them. Of other macros it knows [`has_history_sql`].
fn concatenated(source: &str) -> (String, &str) {
    let mut text = String::new();
    let mut rest = source;
    loop {
        rest = rest.trim_start_matches([' ', '\n', ',']);
        if let Some(arguments) = rest.strip_prefix("has_history_sql!(") {
            let (owner, after) = literal(arguments.trim_start());
            let (before, after) = literal(after.trim_start_matches([',', ' ', '\n']));
            let condition = has_history_sql!("{owner}", "{before}");
            let condition = condition.replace("{owner}", &owner);
            text.push_str(&condition.replace("{before}", &before));
            rest = after.trim_start().strip_prefix(')').unwrap();
        } else if rest.starts_with('"') {
            let (part, after) = literal(rest);
            text.push_str(&part);
            rest = after;
        } else if let Some(after) = rest.strip_prefix(')') {
            return (text, after);
        } else {
            // A parameter of a macro's definition, which is not a statement.
            rest =
                rest.trim_start_matches(|char: char| char.is_alphanumeric() || "$_".contains(char));
            assert!(!rest.is_empty(), "concat! with an unknown part: {source}");
        }
    }
}
