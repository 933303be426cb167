//! The rule that the project's old metaphors stay out of identifiers. `docs/glossary.md` says why and lists the terms.
//! Run by `source`. It checks code only: comments, strings, and the names of tests, which are sentences, are free.

use std::collections::HashSet;

use super::finding::Finding;
use super::rust_file::{RustFile, identifiers};

/// The word, and what to write instead. A word alone is banned as part of every identifier: `told` bans `is_told`, `Told`
/// and `TOLD`. After `type `, it is banned in the names of types and variants only; after `mod `, as the name of a module
/// only. Parts are whole words: `place` is no part of `placeholder`.
const BANNED: &[(&str, &str)] = &[
    ("abandon", "`cancel`, `remove_unsaved`"),
    ("bell", "`notify`, `wake`"),
    ("courier", "`sender`"),
    ("deed", "`action`, `command`"),
    (
        "desk",
        "`RequestContext`, `Inner…`, the name of the thing it holds",
    ),
    ("errand", "`outbox_job`"),
    ("give_back", "`void`, `refund`"),
    ("glance", "`POLL_INTERVAL`"),
    ("habits", "`delivery_policy`"),
    ("happening", "`new_event`"),
    ("hear", "`on_…`, `handle`, `receive`"),
    ("heard", "`event`, `received`"),
    ("last_call", "`SHUTDOWN_GRACE`"),
    ("leftover", "the rest of what: `request_body`"),
    ("let_go", "`release`, `cancel`"),
    ("longest", "`MAX_…_LENGTH`, `MAX_…_CHARS`, `MAX_…_BYTES`"),
    ("largest", "`MAX_…_BYTES`"),
    ("misused", "`InvalidRequest`"),
    ("judged", "`under_test`, `compared`"),
    ("kept_with", "`metadata`, `saved_with`"),
    ("mint", "`id_generator`, `generate`"),
    ("obey", "`run`, `handle`"),
    ("parcel", "`delivery`"),
    ("patience", "`…_TIMEOUT`"),
    ("per_quarter", "`per_15_minutes`: a quarter is three months"),
    ("post_office", "`webhook_admin`"),
    ("postman", "`delivery_queue`"),
    ("prove", "`verify`"),
    ("readymade", "`test_tokens`"),
    ("redate", "`update_holder_and_expiry`"),
    ("shelf", "`collection`"),
    ("stand_in", "`fake`"),
    ("strike", "`remove`"),
    ("surroundings", "`environment`"),
    ("switchboard", "`behaviour_admin`"),
    ("tell", "`notify`, `send`, `report`"),
    ("tidy", "`reconcile`, `clean_up`"),
    ("till", "`terminal`, `checkout`, `terminal_payment`"),
    ("told", "`message`, `notified`, `sent`"),
    ("trouble", "`error`, `fault`, `…Error`"),
    ("verdict", "`result`, `response`, `status`"),
    ("whose", "`owner`, `audience`"),
    ("workshop", "`context`"),
    ("type bond", "`Attachment`"),
    ("type place", "`BaseUrl`, `ClientNetwork`, `CheckoutUiMode`"),
    ("mod dollar", "`card_verification`"),
    ("mod follow", "`sync_payment_method`"),
    ("mod leftover", "`drain_request_body`"),
    ("mod no", "`error`"),
    ("mod once", "`idempotency`"),
];

/// Identifiers that keep a banned word: where (a file or a folder), the identifier, and the reason.
const ALLOWED: &[(&str, &str, &str)] = &[];

/// The name of a test or helper with so many parts is a sentence.
const MIN_SENTENCE_PARTS: usize = 6;

/// One finding for each identifier and file.
pub fn check(files: &[RustFile]) -> Vec<Finding> {
    files
        .iter()
        .flat_map(|file| check_file(file, ALLOWED))
        .collect()
}

fn check_file(file: &RustFile, allowed: &[(&str, &str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = HashSet::new();
    let mut previous = "";
    for (offset, name) in identifiers(&file.code) {
        let after_mod = previous == "mod";
        previous = name;
        if !seen.insert((name, after_mod)) {
            continue;
        }
        let parts = parts(name);
        let is_allowed = allowed
            .iter()
            .any(|(path, identifier, _)| file.path.starts_with(path) && *identifier == name);
        let banned = BANNED
            .iter()
            .find(|(word, _)| is_banned(word, name, &parts, after_mod));
        if let (Some((word, instead)), false) = (banned, is_allowed) {
            let message = format!(
                "`{name}` has the banned word `{word}`; write {instead} (docs/glossary.md)"
            );
            findings.push(Finding::new(&file.path, file.line_at(offset), message));
        }
    }
    findings
}

fn is_banned(word: &str, name: &str, parts: &[&str], after_mod: bool) -> bool {
    if let Some(module) = word.strip_prefix("mod ") {
        return after_mod && name == module;
    }
    if parts.len() >= MIN_SENTENCE_PARTS {
        return false;
    }
    let word = match word.strip_prefix("type ") {
        // A constant such as PLACE is no type.
        Some(_) if !name.contains(char::is_lowercase) || name.starts_with(char::is_lowercase) => {
            return false;
        }
        Some(word) => word,
        None => word,
    };
    (0..parts.len()).any(|start| {
        let mut left = parts.iter().skip(start);
        word.split('_').all(|word| {
            left.next()
                .is_some_and(|part| part.eq_ignore_ascii_case(word))
        })
    })
}

/// The words of an identifier: `HTMLElement2` has `HTML` and `Element2`, `MAX_BYTES` has `MAX` and `BYTES`.
fn parts(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for piece in name.split('_').filter(|piece| !piece.is_empty()) {
        let letters: Vec<(usize, char)> = piece.char_indices().collect();
        let mut start = 0;
        for (index, window) in letters.windows(2).enumerate() {
            let [(_, before), (at, here)] = window else {
                continue;
            };
            let next_is_lower = letters
                .get(index + 2)
                .is_some_and(|(_, next)| next.is_lowercase());
            let begins = here.is_uppercase() && (!before.is_uppercase() || next_is_lower);
            if begins {
                parts.extend(piece.get(start..*at));
                start = *at;
            }
        }
        parts.extend(piece.get(start..));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Vec<String> {
        let file = RustFile::new("src/a.rs", code);
        check_file(&file, &[])
            .iter()
            .map(Finding::to_string)
            .collect()
    }

    #[test]
    fn identifiers_are_split_into_words() {
        assert_eq!(parts("is_told"), ["is", "told"]);
        assert_eq!(parts("LONGEST_NAME"), ["LONGEST", "NAME"]);
        assert_eq!(parts("HTMLElement2Id"), ["HTML", "Element2", "Id"]);
        assert_eq!(parts("getURL"), ["get", "URL"]);
        assert_eq!(parts("_"), [] as [&str; 0]);
    }

    #[test]
    fn a_banned_word_is_found_in_every_spelling() {
        for code in [
            "let desk = 1;",
            "struct TillDesk;",
            "const LONGEST_NAME: u8 = 1;",
            "fn is_told() {}",
            "let sign_ins_per_quarter = 1;",
            "use crate::wallet::let_go;",
            "struct PlaceError;",
            "enum A { MovedPlace }",
            "mod dollar;",
        ] {
            assert_eq!(found(code).len(), 1, "{code}");
        }
        let text = found("\n\nlet verdict = verdict;").concat();
        assert!(
            text.starts_with("src/a.rs:3: `verdict` has the banned word"),
            "{text}"
        );
        assert!(text.contains("write `result`"), "{text}");
    }

    #[test]
    fn words_that_only_look_alike_pass() {
        for code in [
            "let placeholder = text.replace(a, b);",
            "fn place_hold() { in_place(); }",
            "const PLACE: u8 = 1;",
            "let intel = hearing + untold + stillness + retell;",
            "let dollar = 1;",
            "let quarter = 1; per_15_minutes();",
            "// the desk\nlet a = \"the till\";",
            "fn whoever_is_told_twice_saves_once() {}",
        ] {
            assert_eq!(found(code), [] as [&str; 0], "{code}");
        }
    }

    #[test]
    fn an_exception_holds_in_its_folder_for_its_identifier() {
        let allowed = [("src/terminal/", "till_id", "a vendor's word")];
        let count = |path: &str, code: &str| check_file(&RustFile::new(path, code), &allowed).len();
        assert_eq!(count("src/terminal/a.rs", "let till_id = 1;"), 0);
        assert_eq!(count("src/terminal/a.rs", "let till = 1;"), 1);
        assert_eq!(count("src/a.rs", "let till_id = 1;"), 1);
    }

    #[test]
    fn every_row_is_complete() {
        for (word, instead) in BANNED {
            assert!(!instead.is_empty(), "{word}");
        }
        for (path, identifier, reason) in ALLOWED {
            assert!(
                !path.is_empty() && reason.split_whitespace().count() > 3,
                "{identifier}"
            );
        }
    }
}
