//! Every sentence of the code has a translation in every file.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::*;

/// Sentences that only programs and their authors read.
const FOR_PROGRAMS: &[&str] = &[
    "This address doesn’t take that kind of request.",
    "The answer is JSON (accept: application/json).",
    "The request must be JSON (content-type: application/json).",
    "Something in the request is missing or not as expected.",
    "This failure was asked for. Please try again.",
    "The request isn’t valid JSON.",
    "This key was already used for another request.",
    "The idempotency key must have 1 to 255 plain characters.",
    "The id field is required.",
    "The id field must be a string.",
    "The selected id is invalid.",
    "The consent field is invalid.",
    "Only cards can be saved here.",
    "The amount is less than the payment service takes.",
    "The amount is more than the payment service takes.",
    "A tip was given at the reader. Please capture all of it, {} {}, or cancel the payment.",
    "This company takes cards through another account.",
    "A charge needs an external_transaction_id or an idempotency-key header, so that it is done once.",
];

fn files() -> [(Locale, &'static Files); 4] {
    [Locale::Ar, Locale::De, Locale::Es, Locale::Fr].map(|locale| (locale, locale.files().unwrap()))
}

fn collect_sources(path: &Path, into: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            collect_sources(&entry.unwrap().path(), into);
        }
    } else if path.extension().is_some_and(|end| end == "rs") {
        into.push(path.to_owned());
    }
}

/// The sentences in a source file: string literals that begin with a capital, end with a full stop and contain a space.
/// Placeholders become `{}`; tests and comments are skipped.
fn sentences(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let code: Vec<&str> = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let is_sentence = |text: &&str| {
        text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.ends_with('.')
            && text.contains(' ')
    };
    let found = code.split('"').skip(1).step_by(2).filter(is_sentence);
    found
        .map(|text| {
            let mut plain = String::new();
            let mut inside = false;
            for c in text.chars() {
                inside = match c {
                    '{' => true,
                    '}' => {
                        plain.push_str("{}");
                        false
                    }
                    c if !inside => {
                        plain.push(c);
                        false
                    }
                    _ => true,
                };
            }
            let lines = plain.split("\\\n").map(str::trim_start);
            lines.collect::<Vec<_>>().concat()
        })
        .collect()
}

#[test]
fn every_sentence_of_the_code_has_a_translation_in_every_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    for part in [
        "error.rs",
        "error",
        "extract.rs",
        "challenge.rs",
        "wallet",
        "routes/mytime",
        "routes/mikrocloud",
        "routes/idempotency.rs",
        "config/accept.rs",
    ] {
        collect_sources(&root.join(part), &mut paths);
    }
    let all: BTreeSet<String> = paths
        .iter()
        .flat_map(|path| sentences(&std::fs::read_to_string(path).unwrap()))
        .collect();
    assert!(all.len() > 40, "{all:?}");
    for (locale, files) in files() {
        let missing: Vec<_> = all
            .iter()
            .filter(|text| !FOR_PROGRAMS.contains(&text.as_str()))
            .filter(|text| !files.own.contains_key(*text))
            .collect();
        assert!(missing.is_empty(), "{}: {missing:#?}", locale.as_str());
    }
}

#[test]
fn every_file_has_the_same_keys_and_placeholders() {
    let keys = |files: &Files| files.own.keys().cloned().collect::<BTreeSet<_>>();
    let placeholders = |text: &str| {
        let names = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next());
        names.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let expected = keys(&AR);
    assert!(expected.len() > 50);
    for (locale, files) in files() {
        assert_eq!(keys(files), expected, "{}", locale.as_str());
        for (english, text) in &files.own {
            assert_eq!(
                placeholders(english),
                placeholders(text),
                "{english}: {text}"
            );
            assert!(!text.trim().is_empty() && !text.contains('!'), "{text}");
        }
        for reason in DeclineReason::ALL {
            assert_eq!(locale.decline_sentence(reason).locale, locale, "{reason:?}");
        }
    }
}

#[test]
fn a_sentence_with_a_value_is_translated_with_its_value() {
    let wait = "That was tried too often. Please wait 5 minutes and try again.";
    assert_eq!(
        Locale::De.translate(wait),
        LocalizedText {
            text:
                "Das wurde zu oft versucht. Bitte warten Sie 5 Minuten und versuchen Sie es erneut."
                    .to_owned(),
            locale: Locale::De
        }
    );
    assert_eq!(
        Locale::Fr
            .translate("Please choose a password of 8 characters or more.")
            .text,
        "Choisissez un mot de passe d’au moins 8 caractères."
    );
    for english in ["`id` is missing.", "", "{}"] {
        let translated = Locale::De.translate(english);
        assert_eq!(
            (translated.text.as_str(), translated.locale),
            (english, Locale::En)
        );
    }
    assert_eq!(Locale::En.translate(wait).text, wait);
}

#[test]
fn a_card_in_use_has_a_sentence_in_every_language() {
    let in_use = |more, replaceable| CardInUse {
        reason: "Haircut {until}.".to_owned(),
        more,
        until: crate::clock::parse("2026-03-24T10:00:00-08:00"),
        replaceable,
    };
    assert_eq!(
        in_use(2, true).sentence(Locale::En),
        "This card cannot be deleted because there is a pending appointment: Haircut {until} (and 2 more). It is needed \
         until 24 March 2026, 10:00. You can replace it with another card instead."
    );
    assert_eq!(
        in_use(0, false).sentence(Locale::De),
        "Diese Karte kann nicht gelöscht werden, weil noch ein Termin aussteht: Haircut {until}. Sie wird bis \
         24. März 2026, 10:00 gebraucht."
    );
    assert!(
        in_use(1, true).sentence(Locale::Es).contains(
            "Haircut {until} (y una más). Se necesita hasta el 24 de marzo de 2026, 10:00."
        )
    );
    for locale in Locale::ALL {
        let text = in_use(1, true).sentence(locale);
        assert_eq!(text.matches('{').count(), 1, "{text}");
    }
}
