//! Checks every locale against English.

use super::*;

/// The placeholders of a text, with their braces.
fn placeholders(text: &str) -> Vec<&str> {
    let open = text.match_indices('{').map(|(at, _)| at);
    let close = text.match_indices('}').map(|(at, _)| at + 1);
    open.zip(close).map(|(from, to)| &text[from..to]).collect()
}

#[test]
fn every_locale_has_every_text() {
    for locale in Locale::ALL {
        let mut same = 0;
        for key in TerminalMessageKey::ALL {
            let (text, english) = (key.text(locale), key.text(Locale::En));
            assert!(!text.is_empty() && !text.contains('!'), "{text}");
            assert!(text.chars().count() <= 160, "{locale:?}: {text}");
            assert_eq!(
                placeholders(text),
                placeholders(english),
                "{locale:?}: {text}"
            );
            same += usize::from(text == english);
        }
        assert!(
            locale == Locale::En || same == 0,
            "{locale:?}: {same} in English"
        );
    }
}

#[test]
fn a_sale_has_the_texts_of_the_locale() {
    let (payment, _) = after_steps(7);
    assert_eq!(
        payment.state().status(Locale::De).unwrap(),
        "Bezahlt. Visa mit Endziffern 4242 ist für das nächste Mal gespeichert."
    );
    let (mut payment, _) = after_steps(6);
    payment.handle(TerminalEvent::CardSaved(QuiltResult::Indeterminate));
    let text = payment.state().alert(Locale::Fr).unwrap();
    assert!(
        text.starts_with("Le paiement a été encaissé. Le serveur"),
        "{text}"
    );
}

#[test]
fn a_decline_that_would_help_a_thief_has_the_generic_text() {
    for code in ["lost_card", "stolen_card", "fraudulent", "generic_decline"] {
        let error = TerminalError::from_reader("card_declined", Some(code), None);
        for locale in Locale::ALL {
            assert_eq!(
                error.text(locale),
                TerminalMessageKey::Declined.text(locale),
                "{code}"
            );
        }
    }
}
