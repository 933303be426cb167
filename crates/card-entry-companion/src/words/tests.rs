//! Every locale against the others, and the filling of places.

use super::*;
use proptest::prelude::*;

fn places(sentence: &str) -> Vec<&str> {
    let mut names: Vec<_> = sentence
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names
}

fn sentences(locale: Locale) -> Vec<&'static str> {
    let words = Word::ALL.iter().map(|word| locale.word(*word));
    let wallet = WalletWord::ALL.iter().map(|word| locale.wallet(*word));
    words.chain(wallet).collect()
}

#[test]
fn every_locale_says_everything_with_the_same_places() {
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
            assert_eq!(places(text), places(original), "{locale:?}: {text}");
        }
        let same = said.iter().zip(&english).filter(|(a, b)| a == b).count();
        assert!(
            locale == Locale::En || same <= 1,
            "{locale:?} has {same} English sentences"
        );
    }
}

#[test]
fn a_clerk_never_reads_of_cards_of_their_own() {
    // "Your", as each locale says it to the reader; Arabic ends the word with it.
    let own: [(Locale, &[&str]); 5] = [
        (Locale::En, &["your"]),
        (Locale::Fr, &["votre", "vos "]),
        (Locale::Es, &["su ", "sus "]),
        (Locale::De, &["ihre"]),
        (Locale::Ar, &["بطاقتك", "بطاقاتك"]),
    ];
    for (locale, own) in own {
        let of = |whose| Voice { locale, whose };
        let says = |voice: Voice| {
            let all = WalletWord::ALL.iter().map(move |word| voice.wallet(*word));
            let lower = all.map(str::to_lowercase);
            lower
                .filter(|text| {
                    own.iter()
                        .any(|own| format!(" {text}").contains(&format!(" {own}")))
                })
                .collect::<Vec<_>>()
        };
        assert!(!says(of(Whose::Own)).is_empty(), "{locale:?}");
        assert_eq!(says(of(Whose::Customer)), Vec::<String>::new());
        for word in WalletWord::ALL {
            let (text, original) = (of(Whose::Customer).wallet(*word), locale.wallet(*word));
            assert_eq!(places(text), places(original), "{text}");
            assert!(text.chars().count() <= 120 && !text.contains('!'), "{text}");
        }
    }
}

#[test]
fn tags_are_read_by_their_language() {
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
fn places_are_filled_once() {
    assert_eq!(fill("{a}, {b}.", &[("a", "{b}"), ("b", "2")]), "{b}, 2.");
    assert_eq!(fill("open {a", &[]), "open ");
    assert_eq!(fill("{unknown}x", &[]), "x");
}

proptest! {
    #[test]
    fn filling_never_panics(sentence in ".{0,60}", value in ".{0,20}") {
        let _ = fill(&sentence, &[("card", &value)]);
    }
}
