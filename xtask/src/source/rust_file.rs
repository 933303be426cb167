//! One Rust file as the source rules read it: its text, and its code with comments and literals blanked out. Used by
//! every rule in `source`. It must never fail on code that does not compile: a rule reads what it can.

/// A Rust file of the project.
#[derive(Debug)]
pub struct RustFile {
    /// From the project's root, with `/`.
    pub path: String,
    pub text: String,
    /// `text` with spaces in place of comments, strings and characters. Offsets and lines are the same.
    pub code: String,
}

impl RustFile {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            path: path.into(),
            code: blank_literals(&text),
            text,
        }
    }

    /// The line, from 1, at a byte offset.
    pub fn line_at(&self, offset: usize) -> usize {
        self.text
            .get(..offset)
            .unwrap_or_default()
            .matches('\n')
            .count()
            + 1
    }

    /// Whether the whole file is test code.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.starts_with("e2e/")
            || self.path.contains("/tests/")
            || self.path.ends_with("tests.rs")
    }

    /// The crate the file belongs to, as the name of its folder. The frame is at the root.
    pub fn crate_name(&self) -> &str {
        let mut folders = self.path.split('/');
        match (folders.next(), folders.next()) {
            (Some("crates"), Some(name)) => name,
            (Some("demo"), Some("server")) => "demo-server",
            (Some(name @ ("bench" | "demo" | "e2e" | "xtask")), _) => name,
            _ => "frame",
        }
    }

    /// `code` without the items under `#[cfg(test)]`.
    pub fn code_without_tests(&self) -> String {
        if self.is_test() {
            return String::new();
        }
        let mut kept = self.code.clone().into_bytes();
        for (start, attribute) in self.code.match_indices("#[cfg(") {
            let rest = self.code.get(start + attribute.len()..).unwrap_or_default();
            let condition = rest.split(']').next().unwrap_or_default();
            let is_for_tests = identifiers(condition).any(|(_, name)| name == "test")
                && !condition.contains("not(test");
            if is_for_tests {
                let end = item_end(&self.code, start);
                kept.get_mut(start..end)
                    .into_iter()
                    .flatten()
                    .for_each(blank);
            }
        }
        String::from_utf8(kept).unwrap_or_default()
    }
}

/// The identifiers and keywords in `code`, each with its byte offset.
pub fn identifiers(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut offset = 0;
    code.split_inclusive(move |c| !is_word(c))
        .filter_map(move |piece| {
            let start = offset;
            offset += piece.len();
            let word = piece.trim_end_matches(|c| !is_word(c));
            let is_name = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
            is_name.then_some((start, word))
        })
}

/// Where the item that begins at `start` ends: after its block, or after its semicolon.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, c) in code.get(start..).unwrap_or_default().char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return start + offset + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return start + offset + 1,
            _ => {}
        }
    }
    code.len()
}

fn blank(byte: &mut u8) {
    if *byte != b'\n' {
        *byte = b' ';
    }
}

/// Replaces comments, strings and character literals with spaces.
fn blank_literals(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let follows_word = at > 0 && text.as_bytes().get(at - 1).is_some_and(|b| is_word(*b));
        let length = literal_length(rest, follows_word);
        bytes
            .get_mut(at..at + length)
            .into_iter()
            .flatten()
            .for_each(blank);
        at += length.max(1);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The length of the comment or literal that `rest` begins with, or 0.
fn literal_length(rest: &[u8], follows_word: bool) -> usize {
    let length = match rest {
        [b'/', b'/', ..] => rest.iter().position(|b| *b == b'\n'),
        [b'/', b'*', ..] => Some(block_comment_length(rest)),
        [b'"', ..] => Some(string_length(rest)),
        [b'b', b'r', b'#' | b'"', ..] if !follows_word => raw_string_length(rest, 2),
        [b'r', b'#' | b'"', ..] if !follows_word => raw_string_length(rest, 1),
        [b'\'', ..] => Some(character_length(rest)),
        _ => Some(0),
    };
    length.unwrap_or(rest.len())
}

fn block_comment_length(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(pair) = rest.get(at..at + 2) {
        match pair {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth <= 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

fn string_length(rest: &[u8]) -> usize {
    let mut at = 1;
    loop {
        match rest.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => return at + 1,
            Some(_) => at += 1,
            None => return rest.len(),
        }
    }
}

/// `Some(0)` for a raw identifier, such as `r#type`; `None` when the string has no end.
fn raw_string_length(rest: &[u8], prefix: usize) -> Option<usize> {
    let marks = rest.iter().skip(prefix).take_while(|b| **b == b'#').count();
    let open = prefix + marks;
    if rest.get(open) != Some(&b'"') {
        return Some(0);
    }
    let end: Vec<u8> = [vec![b'"'], vec![b'#'; marks]].concat();
    let body = rest.get(open + 1..)?;
    let at = body.windows(end.len()).position(|window| window == end)?;
    Some(open + 1 + at + end.len())
}

/// 0 for a lifetime.
fn character_length(rest: &[u8]) -> usize {
    // The longest literal is an escape: '\u{10FFFF}'.
    let end = rest.iter().take(13).skip(2).position(|b| *b == b'\'');
    match (rest.get(1), end) {
        // '\'' and '\\'.
        (Some(b'\\'), Some(0)) => 4,
        (Some(b'\\'), Some(end)) => end + 3,
        (Some(first), Some(0)) if first.is_ascii() => 3,
        // A character of two to four bytes.
        (Some(first), Some(end)) if !first.is_ascii() && end <= 3 => end + 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        RustFile::new("src/a.rs", text).code
    }

    fn names(text: &str) -> String {
        let names: Vec<_> = identifiers(text).map(|(_, name)| name).collect();
        names.join(" ")
    }

    #[test]
    fn comments_and_literals_are_blanked_and_code_stays() {
        for (text, left) in [
            ("let a = \"desk // \\\" desk\"; b", "let a b"),
            ("a // desk\nb /* desk /* desk */ desk */ c", "a b c"),
            ("r#\"desk \" desk\"# + br\"desk\" + r#type", "r type"),
            ("fn a<'a>(x: &'a str) { 'd' }", "fn a a x a str"),
            ("'\\'' b '\\u{41}' c 'ö' d '\\n' e", "b c d e"),
            ("bar\"desk\"", "bar"),
            ("\"no end", ""),
            ("r#\"no end", ""),
            ("/* no end", ""),
        ] {
            assert_eq!(names(&code(text)), left, "{text}");
            assert_eq!(code(text).len(), text.len(), "{text}");
        }
        assert_eq!(code("a\n\"\n\"\nb").matches('\n').count(), 3);
    }

    #[test]
    fn items_for_tests_are_left_out() {
        let text = "a;\n#[cfg(test)]\nmod tests { fn b() { c } }\nd;\n#[cfg(test)]\nmod e;\nf;\n\
            #[cfg(all(test, unix))]\nuse g;\nh;\n#[cfg(not(test))]\nuse i;\n";
        let left = RustFile::new("src/a.rs", text).code_without_tests();
        assert_eq!(names(&left), "a d f h cfg not test use i");
        for path in [
            "tests/a.rs",
            "e2e/src/a.rs",
            "crates/a/tests/it/b.rs",
            "src/a/tests.rs",
        ] {
            assert_eq!(RustFile::new(path, text).code_without_tests(), "", "{path}");
        }
    }

    #[test]
    fn a_crate_is_known_by_its_folder() {
        let name = |path: &str| RustFile::new(path, "").crate_name().to_owned();
        assert_eq!(name("crates/wallet-server/src/a.rs"), "wallet-server");
        assert_eq!(name("demo/server/src/a.rs"), "demo-server");
        assert_eq!(name("demo/src/a.rs"), "demo");
        assert_eq!(name("src/form/a.rs"), "frame");
    }

    #[test]
    fn lines_are_counted_from_one() {
        let file = RustFile::new("a.rs", "a\nb\nc");
        assert_eq!([0, 2, 4].map(|offset| file.line_at(offset)), [1, 2, 3]);
    }
}
