//! Every locale against English.

use super::*;

/// The places of a sentence, with their braces.
fn places(text: &str) -> Vec<&str> {
    let open = text.match_indices('{').map(|(at, _)| at);
    let close = text.match_indices('}').map(|(at, _)| at + 1);
    open.zip(close).map(|(from, to)| &text[from..to]).collect()
}

#[test]
fn every_locale_says_everything_in_its_own_words() {
    for locale in Locale::ALL {
        let mut same = 0;
        for word in Word::ALL {
            let (text, english) = (word.text(locale), word.text(Locale::En));
            assert!(!text.is_empty() && !text.contains('!'), "{text}");
            assert!(text.chars().count() <= 160, "{locale:?}: {text}");
            assert_eq!(places(text), places(english), "{locale:?}: {text}");
            same += usize::from(text == english);
        }
        assert!(
            locale == Locale::En || same == 0,
            "{locale:?}: {same} in English"
        );
    }
}

#[test]
fn a_sale_speaks_the_clerk_s_language() {
    let (till, _) = walked(7);
    assert_eq!(
        till.shown().status(Locale::De).unwrap(),
        "Bezahlt. Visa mit Endziffern 4242 ist für das nächste Mal gespeichert."
    );
    let (mut till, _) = walked(6);
    till.hear(Heard::Saved(QuiltResult::Indeterminate));
    let said = till.shown().alert(Locale::Fr).unwrap();
    assert!(
        said.starts_with("Le paiement a été encaissé. Le serveur"),
        "{said}"
    );
}

#[test]
fn a_reason_that_helps_a_thief_reads_like_any_other() {
    for code in ["lost_card", "stolen_card", "fraudulent", "generic_decline"] {
        let trouble = Trouble::of_reader("card_declined", Some(code), None);
        for locale in Locale::ALL {
            assert_eq!(
                trouble.sentence(locale),
                Word::Declined.text(locale),
                "{code}"
            );
        }
    }
}
