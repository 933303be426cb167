//! The rules about type names, outside tests: no name is declared three times or more, and no two crates publish
//! different things under one name. Run by `source`. The allowed exceptions are two tables, each row with its reason.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::rust_file::{RustFile, identifiers};

/// So many declarations of one name are too many.
const TOO_MANY: usize = 3;

/// Names that may be declared three times or more, and why.
const ALLOWED_OFTEN: &[(&str, &str)] = &[
    (
        "PaymentMethod",
        "Stripe's resource; each wallet system has its own shape of it",
    ),
    (
        "SetupIntent",
        "Stripe's resource: as the frame, the server and the sandbox see it",
    ),
    ("Charge", "Stripe's resource, and Quilt's"),
    ("Customer", "Stripe's resource, and two vendors' own"),
    ("Address", "a postal address, in each vendor's own members"),
    (
        "ErrorBody",
        "the body of an error, in each vendor's own shape",
    ),
    (
        "Locale",
        "the languages of one program; each has its own list",
    ),
    (
        "Settings",
        "what an operator or a page may set, of one program each",
    ),
    ("Card", "a card, in each vendor's own members"),
    (
        "Event",
        "the input of a state machine; Stripe's webhook event",
    ),
    (
        "Challenge",
        "a verification of the person, at the bank or at sign-in",
    ),
];

/// Names that two crates publish, and why.
const ALLOWED_IN_TWO_CRATES: &[(&str, &str)] = &[
    (
        "Accept",
        "the cards that an account accepts: checked by the form, and by the server",
    ),
    (
        "Account",
        "a merchant's account: at Stripe, and in the server's configuration",
    ),
    ("Accounts", "all accounts of one program"),
    (
        "ApiError",
        "an error response of an HTTP API, in its own shape",
    ),
    ("ApiKey", "the key that a caller of an HTTP API sends"),
    (
        "Article",
        "BokaMera's article: in a request, and in the server's catalogue",
    ),
    (
        "BillingDetails",
        "Stripe's object: as the page sends it, and as the server reads it",
    ),
    (
        "Checkout",
        "BokaMera's checkout: in a response, and in the database",
    ),
    (
        "CheckoutSession",
        "Stripe's object: as the sandbox serves it, and as the server reads it",
    ),
    ("Config", "the checked configuration of one program"),
    (
        "CustomerDetails",
        "Stripe's object: as the sandbox serves it, and as the server reads it",
    ),
    (
        "DropReason",
        "why a message was dropped: by the page, and by the frame",
    ),
    (
        "LineItem",
        "Stripe's object: as the sandbox serves it, and as the server sends it",
    ),
    (
        "NotSubmitted",
        "a submit without an attempt: in the message, and for the page",
    ),
    (
        "PaymentIntent",
        "Stripe's object: as the sandbox serves it, and as the server reads it",
    ),
    (
        "PaymentRequest",
        "a payment to create: in Quilt's request, and in the server",
    ),
    (
        "SaveRequest",
        "a payment method to save: in the page, and in the server",
    ),
    ("StoreError", "an error of one server's database"),
    (
        "User",
        "a user of MyTime's API: in a response, and in the database",
    ),
    (
        "WalletToken",
        "the token of a user at the wallet server: in the page, and in the demo's server",
    ),
];

/// One finding for each name declared too often, and one for each name that two crates publish.
pub fn check(files: &[RustFile]) -> Vec<Finding> {
    let mut by_name: BTreeMap<String, Vec<Declaration>> = BTreeMap::new();
    for file in files {
        for declaration in declarations(file) {
            by_name
                .entry(declaration.name.clone())
                .or_default()
                .push(declaration);
        }
    }
    let mut findings = Vec::new();
    for (name, found) in &by_name {
        if is_in(ALLOWED_OFTEN, name) {
            continue;
        }
        if found.len() >= TOO_MANY {
            findings.extend(finding(
                found,
                "is declared",
                "name each after the thing it is, such as `MyTimeCaller`",
            ));
        } else if !is_in(ALLOWED_IN_TWO_CRATES, name) {
            let public: Vec<_> = found
                .iter()
                .filter(|each| each.is_public)
                .cloned()
                .collect();
            let mut crates: Vec<_> = public.iter().map(|each| &each.crate_name).collect();
            crates.dedup();
            if crates.len() > 1 {
                let advice = "one word has one meaning: rename one, or list the pair in xtask/src/source/type_names.rs";
                findings.extend(finding(&public, "is public in two crates:", advice));
            }
        }
    }
    findings
}

fn is_in(table: &[(&str, &str)], name: &str) -> bool {
    table.iter().any(|(allowed, _)| *allowed == name)
}

fn finding(found: &[Declaration], what: &str, advice: &str) -> Option<Finding> {
    let first = found.first()?;
    let places: Vec<String> = found
        .iter()
        .map(|each| format!("{}:{}", each.path, each.line))
        .collect();
    let message = format!(
        "type `{}` {what} {} times ({}); {advice}",
        first.name,
        found.len(),
        places.join(", ")
    );
    Some(Finding::new(&first.path, first.line, message))
}

#[derive(Debug, Clone)]
struct Declaration {
    name: String,
    crate_name: String,
    is_public: bool,
    path: String,
    line: usize,
}

/// The types a file declares outside tests. Associated types of traits are none.
fn declarations(file: &RustFile) -> Vec<Declaration> {
    let code = file.code_without_tests();
    let words: Vec<_> = identifiers(&code).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    let mut found = Vec::new();
    for ((offset, keyword), (at, name)) in pairs {
        let start = code
            .get(..*offset)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |at| at + 1);
        let before = code.get(start..*offset).unwrap_or_default();
        let is_declared = match *keyword {
            "struct" | "enum" | "trait" | "union" => {
                matches!(before.trim(), "" | "pub" | "unsafe") || before.trim().starts_with("pub(")
            }
            "type" => !before.starts_with(' '),
            _ => false,
        };
        let stands_alone = code
            .get(offset + keyword.len()..*at)
            .is_some_and(|gap| gap.trim().is_empty());
        if is_declared && stands_alone && name.starts_with(char::is_uppercase) {
            found.push(Declaration {
                name: (*name).to_owned(),
                crate_name: file.crate_name().to_owned(),
                is_public: before.trim() == "pub",
                path: file.path.clone(),
                line: file.line_at(*at),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| RustFile::new(*path, *text))
            .collect();
        check(&files).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_name_declared_three_times_is_found_and_twice_is_not() {
        let private = [
            ("src/a.rs", "struct Inner;"),
            ("src/b.rs", "pub(crate) enum Inner {}"),
        ];
        assert_eq!(messages(&private), [] as [&str; 0]);
        let third = ("xtask/src/c.rs", "\npub type Inner = u8;");
        let found = messages(&[private.as_slice(), &[third]].concat());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found
                .concat()
                .starts_with("src/a.rs:1: type `Inner` is declared 3 times"),
            "{found:?}"
        );
        assert!(found.concat().contains("xtask/src/c.rs:2"), "{found:?}");
    }

    #[test]
    fn tests_associated_types_and_allowed_names_are_not_counted() {
        let found = messages(&[
            (
                "src/a.rs",
                "struct Inner;\n#[cfg(test)]\nmod tests { struct Inner; }",
            ),
            ("src/b.rs", "impl Iterator for A {\n    type Inner = u8;\n}"),
            ("src/tests.rs", "struct Inner;"),
            ("src/c.rs", "struct Card; // struct Inner;"),
            ("src/d.rs", "struct Card;"),
            ("src/e.rs", "struct Card;"),
        ]);
        assert_eq!(found, [] as [&str; 0]);
    }

    #[test]
    fn a_name_that_two_crates_publish_is_found() {
        let here = ("crates/wallet-server/src/a.rs", "pub struct Ledger;");
        let found = messages(&[
            here,
            ("crates/stripe-sandbox/src/b.rs", "pub trait Ledger {}"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found.concat().contains("`Ledger` is public in two crates"),
            "{found:?}"
        );
        assert_eq!(
            messages(&[here, ("crates/stripe-sandbox/src/b.rs", "struct Ledger;")]),
            [] as [&str; 0]
        );
        assert_eq!(
            messages(&[
                here,
                ("crates/wallet-server/src/b.rs", "pub struct Ledger;")
            ]),
            [] as [&str; 0]
        );
    }

    #[test]
    fn every_exception_has_a_reason() {
        for (name, reason) in ALLOWED_OFTEN.iter().chain(ALLOWED_IN_TWO_CRATES) {
            assert!(reason.split_whitespace().count() > 3, "{name}");
        }
    }
}
