//! Every sentence in every language: there, calm, short, and not left in English.

#![allow(clippy::unwrap_used)]

use super::*;

/// Longer ones would not be read beside a form of this size.
const LONGEST: usize = 130;

fn all(locale: Locale) -> Vec<&'static str> {
    let words = Word::ALL.iter().map(|word| locale.say(*word));
    words
        .chain(Refusal::ALL.iter().map(|refusal| locale.refuse(*refusal)))
        .collect()
}

#[test]
fn every_sentence_is_there_calm_and_short() {
    for locale in Locale::ALL {
        for text in all(locale) {
            assert!(
                !text.is_empty() && text.trim() == text,
                "{locale:?}: {text}"
            );
            assert!(
                !text.contains(['!', '¡', '\'', '"', '<', '{', '_']),
                "{locale:?}: {text}"
            );
            assert!(text.chars().count() <= LONGEST, "{locale:?}: {text}");
        }
    }
}

#[test]
fn sentences_end_and_labels_do_not() {
    for locale in Locale::ALL {
        for word in Word::ALL {
            let text = locale.say(*word);
            let sentence = text.ends_with(['.', '…']);
            let label = Word::ALL.iter().position(|w| w == word)
                < Word::ALL.iter().position(|w| *w == Word::Loading);
            assert_ne!(sentence, label, "{locale:?}: {text}");
        }
    }
}

#[test]
fn nothing_is_left_in_english() {
    for locale in [Locale::Fr, Locale::Es, Locale::De, Locale::Ar] {
        for (own, english) in all(locale).into_iter().zip(all(Locale::En)) {
            // "Name", "Land", "Code" may coincide; a sentence may not.
            assert!(
                own != english || !english.contains(' '),
                "{locale:?}: {own}"
            );
        }
    }
}

#[test]
fn different_things_are_said_differently() {
    for locale in Locale::ALL {
        let refusals: std::collections::BTreeSet<_> =
            Refusal::ALL.iter().map(|r| locale.refuse(*r)).collect();
        assert_eq!(refusals.len(), Refusal::ALL.len(), "{locale:?}");
    }
}

#[test]
fn languages_are_chosen_by_their_first_part() {
    for (tag, locale) in [
        ("fr", Locale::Fr),
        ("fr-CA", Locale::Fr),
        ("DE_at", Locale::De),
        ("ar-EG", Locale::Ar),
        ("pl", Locale::En),
        ("", Locale::En),
        ("france", Locale::En),
    ] {
        assert_eq!(Locale::choose(tag), locale, "{tag}");
    }
}

#[test]
fn what_is_taken_is_one_line_or_nothing() {
    assert_eq!(Locale::En.list_taken(&Accept::default()), None);
    let accept = Accept {
        brands: vec![Brand::Visa, Brand::Amex],
        funding: vec![Funding::Credit],
    };
    assert_eq!(
        Locale::En.list_taken(&accept).unwrap(),
        "This site takes: Visa, American Express, credit"
    );
    assert_eq!(
        Locale::Ar.list_taken(&accept).unwrap(),
        "يقبل هذا الموقع: Visa، American Express، ائتمانية"
    );
}
