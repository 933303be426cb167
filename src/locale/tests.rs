//! Checks the texts of every language: complete, calm, short and translated.

#![allow(clippy::unwrap_used)]

use super::*;
use card_entry_protocol::card::Brand;

/// A longer text would not be read beside a form of this size.
const MAX_TEXT_CHARS: usize = 130;

fn file(locale: Locale) -> serde_json::Map<String, serde_json::Value> {
    let text = match locale {
        Locale::En => return serde_json::Map::new(),
        Locale::Fr => include_str!("../../public/words/fr.json"),
        Locale::Es => include_str!("../../public/words/es.json"),
        Locale::De => include_str!("../../public/words/de.json"),
        Locale::Ar => include_str!("../../public/words/ar.json"),
    };
    serde_json::from_str(text).unwrap()
}

/// Loads every language, as a page would. Tests run in parallel: the first one loads the texts for all.
fn load_all() {
    for locale in Locale::ALL {
        let entries = file(locale).into_iter();
        let text = |value: serde_json::Value| Tree::Text(value.as_str().unwrap().to_owned());
        locale.load_texts(&Tree::Map(
            entries.map(|(key, value)| (key, text(value))).collect(),
        ));
        assert!(locale.is_loaded());
    }
}

fn all(locale: Locale) -> Vec<&'static str> {
    load_all();
    let messages = MessageKey::ALL.iter().map(|word| locale.text_for(*word));
    messages
        .chain(
            DeclineReason::ALL
                .iter()
                .map(|reason| locale.text_for_decline(*reason)),
        )
        .collect()
}

#[test]
fn each_file_has_exactly_the_keys() {
    let declines = DeclineReason::ALL.iter().map(|reason| reason.as_str());
    let keys: std::collections::BTreeSet<&str> =
        MessageKey::KEYS.iter().copied().chain(declines).collect();
    assert_eq!(keys.len(), MessageKey::ALL.len() + DeclineReason::ALL.len());
    for locale in Locale::ALL.into_iter().skip(1) {
        let file = file(locale);
        assert_eq!(
            file.keys()
                .map(String::as_str)
                .collect::<std::collections::BTreeSet<_>>(),
            keys,
            "{locale:?}"
        );
    }
}

#[test]
fn keys_and_decline_reasons_are_in_the_order_of_their_numbers() {
    for (at, reason) in DeclineReason::ALL.into_iter().enumerate() {
        assert_eq!(reason as usize, at);
    }
    for (at, word) in MessageKey::ALL.iter().enumerate() {
        assert_eq!(*word as usize, at);
    }
}

#[test]
fn missing_texts_are_english_and_a_locale_is_loaded_once() {
    assert!(
        !Locale::Fr.load_texts(&Tree::Null),
        "an empty file adds nothing"
    );
    load_all();
    let again = Tree::map(&mut [("Save", Tree::text("Encore"))]);
    assert!(!Locale::Fr.load_texts(&again));
    assert!(!Locale::En.load_texts(&Tree::Null));
    assert_eq!(Locale::Fr.loaded_text(1_000), None);
    assert_eq!(Locale::En.loaded_text(0), None);
}

#[test]
fn every_text_is_present_calm_and_short() {
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
            assert!(text.chars().count() <= MAX_TEXT_CHARS, "{locale:?}: {text}");
        }
    }
}

#[test]
fn sentences_end_with_a_full_stop_and_labels_do_not() {
    load_all();
    for locale in Locale::ALL {
        for word in MessageKey::ALL {
            let text = locale.text_for(*word);
            let sentence = text.ends_with(['.', '…']);
            let label = MessageKey::ALL.iter().position(|w| w == word)
                < MessageKey::ALL
                    .iter()
                    .position(|w| *w == MessageKey::Loading);
            assert_ne!(sentence, label, "{locale:?}: {text}");
        }
    }
}

#[test]
fn no_sentence_is_left_in_english() {
    for locale in [Locale::Fr, Locale::Es, Locale::De, Locale::Ar] {
        for (own, english) in all(locale).into_iter().zip(all(Locale::En)) {
            // Single messages such as "Name" and "Code" may be equal to English; a sentence may not.
            assert!(
                own != english || !english.contains(' '),
                "{locale:?}: {own}"
            );
        }
    }
}

/// The accessible names of Stripe's fields by language, as the sandbox has them. Only the English names are published.
fn provider_name(locale: Locale, key: &str) -> &'static str {
    let texts = include_str!("../../crates/stripe-sandbox/script/frame/texts.js");
    let language = ["\n  ", locale.as_str(), ": {"].concat();
    let own = texts.split(&language).nth(1).unwrap();
    let value = own.split(&[key, ": "].concat()).nth(1).unwrap();
    let quote = value.chars().next().unwrap();
    value.split(quote).nth(1).unwrap()
}

/// Speech recognition ignores capitals and the form of an apostrophe.
fn normalized(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

#[test]
fn an_accessible_name_contains_the_visible_label() {
    load_all();
    for locale in Locale::ALL {
        for (word, key) in [
            (MessageKey::Number, "number"),
            (MessageKey::Expiry, "expiry"),
            (MessageKey::Cvc, "cvc"),
        ] {
            let (label, name) = (locale.text_for(word), provider_name(locale, key));
            assert!(
                normalized(name).contains(&normalized(label)),
                "{label} / {name}"
            );
        }
    }
}

#[test]
fn the_shell_has_the_labels_of_the_form() {
    for page in [
        include_str!("../../index.html"),
        include_str!("../../braintree/index.html"),
    ] {
        for word in [MessageKey::Number, MessageKey::Expiry, MessageKey::Cvc] {
            let label = ["<label>", Locale::En.text_for(word), "</label>"].concat();
            assert!(page.contains(&label), "{label}");
        }
    }
}

#[test]
fn each_decline_reason_has_its_own_text() {
    load_all();
    for locale in Locale::ALL {
        let declines: std::collections::BTreeSet<_> = DeclineReason::ALL
            .iter()
            .map(|r| locale.text_for_decline(*r))
            .collect();
        assert_eq!(declines.len(), DeclineReason::ALL.len(), "{locale:?}");
    }
}

#[test]
fn a_locale_is_chosen_by_its_primary_subtag() {
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
fn accepted_cards_are_one_line_or_none() {
    load_all();
    assert_eq!(Locale::En.accepted_cards_text(&Accept::default()), None);
    let accept = Accept {
        brands: vec![Brand::Visa, Brand::Amex],
        funding: vec![Funding::Credit],
    };
    assert_eq!(
        Locale::En.accepted_cards_text(&accept).unwrap(),
        "This site takes: Visa, American Express, credit"
    );
    assert_eq!(
        Locale::Ar.accepted_cards_text(&accept).unwrap(),
        "يقبل هذا الموقع: Visa، American Express، ائتمانية"
    );
}
