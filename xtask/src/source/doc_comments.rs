//! The rule that doc comments say something: at most 8 % of them have four words or fewer. Run by `source`.

use super::finding::Finding;
use super::rust_file::RustFile;

/// A doc comment of so many words or fewer repeats the name it stands at.
const MAX_SHORT_WORDS: usize = 4;
/// Short ones in a hundred doc comments of the workspace.
const MAX_SHORT_PERCENT: usize = 8;
/// Files named when the rule is broken.
const MAX_FILES_NAMED: usize = 25;

/// One finding for the project and one for each of the files with the most short comments, or none.
pub fn check(files: &[RustFile]) -> Vec<Finding> {
    let mut total = 0;
    let mut short_by_file = Vec::new();
    for file in files {
        let comments = doc_comments(&file.text);
        total += comments.len();
        let short = comments
            .iter()
            .filter(|(_, words)| *words <= MAX_SHORT_WORDS);
        let lines: Vec<usize> = short.map(|(line, _)| *line).collect();
        if let Some(first) = lines.first() {
            short_by_file.push((lines.len(), *first, &file.path));
        }
    }
    let short: usize = short_by_file.iter().map(|(count, ..)| count).sum();
    if short * 100 <= total * MAX_SHORT_PERCENT {
        return Vec::new();
    }
    short_by_file.sort_by(|(a, ..), (b, ..)| b.cmp(a));
    let project = Finding::new(
        "doc comments",
        0,
        format!(
            "{short} of {total} have {MAX_SHORT_WORDS} words or fewer; at most {MAX_SHORT_PERCENT} % may. Delete \
             those that repeat a name, or say shape, unit and errors"
        ),
    );
    let named = short_by_file.into_iter().take(MAX_FILES_NAMED);
    let named = named.map(|(count, first, path)| {
        Finding::new(
            path,
            first,
            format!("{count} doc comments of {MAX_SHORT_WORDS} words or fewer from here"),
        )
    });
    std::iter::once(project).chain(named).collect()
}

/// Each block of `///` lines: its first line, and its number of words.
fn doc_comments(text: &str) -> Vec<(usize, usize)> {
    let mut comments: Vec<(usize, usize)> = Vec::new();
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        let Some(words) = line.trim_start().strip_prefix("///") else {
            inside = false;
            continue;
        };
        let words = words.split_whitespace().count();
        match comments.last_mut() {
            Some((_, count)) if inside => *count += words,
            _ => comments.push((index + 1, words)),
        }
        inside = true;
    }
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "/// Reads one card with its holder.\nfn a() {}\n";
    const SHORT: &str = "/// The card.\nfn b() {}\n";

    fn file(text: String) -> [RustFile; 1] {
        [RustFile::new("src/a.rs", text)]
    }

    #[test]
    fn comments_are_counted_by_block() {
        let text = "/// One two\n/// three.\nfn a() {}\n    /// Four.\n";
        assert_eq!(doc_comments(text), [(1, 3), (4, 1)]);
        assert_eq!(doc_comments("//! A header\n// a remark\n"), []);
    }

    #[test]
    fn eight_in_a_hundred_may_be_short() {
        let most = LONG.repeat(92) + &SHORT.repeat(8);
        assert_eq!(check(&file(most.clone())), []);
        let findings = check(&file(most + SHORT));
        let texts: Vec<String> = findings.iter().map(Finding::to_string).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(
            texts
                .concat()
                .starts_with("doc comments: 9 of 101 have 4 words"),
            "{texts:?}"
        );
        assert!(
            texts.concat().contains("src/a.rs:185: 9 doc comments"),
            "{texts:?}"
        );
    }
}
