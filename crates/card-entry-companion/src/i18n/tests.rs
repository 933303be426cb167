//! Checks every locale against English, and the replacement of placeholders.

use super::*;
use proptest::prelude::*;

fn placeholders(sentence: &str) -> Vec<&str> {
    let mut names: Vec<_> = sentence
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names
}

fn sentences(locale: Locale) -> Vec<&'static str> {
    let words = EntryMessageKey::ALL
        .iter()
        .map(|key| locale.entry_text(*key));
    let wallet = WalletMessageKey::ALL
        .iter()
        .map(|key| locale.wallet_text(*key));
    words.chain(wallet).collect()
}

#[test]
fn every_locale_has_every_text_with_the_same_placeholders() {
    let english = sentences(Locale::En);
    for locale in Locale::ALL {
        let said = sentences(locale);
        assert_eq!(said.len(), english.len());
        for (text, original) in said.iter().zip(&english) {
            assert!(
                !text.is_empty() && !text.contains('!'),
                "{locale:?}: {text}"
            );
            assert!(text.chars().count() <= 120, "{locale:?}: {text}");
            assert_eq!(
                placeholders(text),
                placeholders(original),
                "{locale:?}: {text}"
            );
        }
        let same = said.iter().zip(&english).filter(|(a, b)| a == b).count();
        assert!(
            locale == Locale::En || same <= 1,
            "{locale:?} has {same} English sentences"
        );
    }
}

#[test]
fn texts_for_staff_never_say_your_card() {
    // "Your" in each locale; in Arabic it is the end of the word.
    let own: [(Locale, &[&str]); 5] = [
        (Locale::En, &["your"]),
        (Locale::Fr, &["votre", "vos "]),
        (Locale::Es, &["su ", "sus "]),
        (Locale::De, &["ihre"]),
        (Locale::Ar, &["بطاقتك", "بطاقاتك"]),
    ];
    for (locale, own) in own {
        let of = |audience| Messages { locale, audience };
        let texts_of = |messages: Messages| {
            let all = WalletMessageKey::ALL
                .iter()
                .map(move |key| messages.text(*key));
            let lower = all.map(str::to_lowercase);
            lower
                .filter(|text| {
                    own.iter()
                        .any(|own| format!(" {text}").contains(&format!(" {own}")))
                })
                .collect::<Vec<_>>()
        };
        assert!(!texts_of(of(Audience::Cardholder)).is_empty(), "{locale:?}");
        assert_eq!(texts_of(of(Audience::Staff)), Vec::<String>::new());
        for key in WalletMessageKey::ALL {
            let (text, original) = (of(Audience::Staff).text(*key), locale.wallet_text(*key));
            assert_eq!(placeholders(text), placeholders(original), "{text}");
            assert!(text.chars().count() <= 120 && !text.contains('!'), "{text}");
        }
    }
}

#[test]
fn a_tag_is_read_by_its_language() {
    for (tag, locale) in [
        ("fr-CA", Locale::Fr),
        ("DE", Locale::De),
        ("ar_EG", Locale::Ar),
        ("es-419", Locale::Es),
        ("", Locale::En),
        ("frr", Locale::En),
        ("auto", Locale::En),
    ] {
        assert_eq!(Locale::read(tag), locale, "{tag}");
    }
    assert_eq!((Locale::Ar.dir(), Locale::De.dir()), ("rtl", "ltr"));
}

#[test]
fn placeholders_are_replaced_once() {
    assert_eq!(
        fill_placeholders("{a}, {b}.", &[("a", "{b}"), ("b", "2")]),
        "{b}, 2."
    );
    assert_eq!(fill_placeholders("open {a", &[]), "open ");
    assert_eq!(fill_placeholders("{unknown}x", &[]), "x");
}

proptest! {
    #[test]
    fn replacing_placeholders_never_panics(sentence in ".{0,60}", value in ".{0,20}") {
        let _ = fill_placeholders(&sentence, &[("card", &value)]);
    }
}
