//! The texts that differ when staff reads about the cards of a customer; `None` where the cardholder's text fits.
//!
//! Called by [`super::Messages`]. A text must never say "your card": it is not the reader's.

use super::{Locale, WalletMessageKey as W};

pub(super) fn wallet_text(locale: Locale, key: W) -> Option<&'static str> {
    match locale {
        Locale::En => en(key),
        Locale::Fr => fr(key),
        Locale::Es => es(key),
        Locale::De => de(key),
        Locale::Ar => ar(key),
    }
}

fn en(key: W) -> Option<&'static str> {
    Some(match key {
        W::Cards => "Customer’s cards",
        W::YourCard => "Customer’s card",
        W::EmptyHint => "A saved card can be charged again without the customer presenting it.",
        W::ReplaceWarning => "The new card will replace {card}.",
        W::Chosen => "{card} is now the default card.",
        W::Replaced => "{card} is now the customer’s card.",
        W::Loading => "Loading the customer’s cards…",
        W::LoadFailed => "We couldn’t load the customer’s cards. They are safe.",
        W::SignInToSee => "Please sign in again to see the customer’s cards.",
        W::ReplaceTitle => "Replace the customer’s card",
        _ => return None,
    })
}

fn fr(key: W) -> Option<&'static str> {
    Some(match key {
        W::Cards => "Cartes du client",
        W::YourCard => "Carte du client",
        W::EmptyHint => "Une carte enregistrée peut être débitée de nouveau sans être présentée.",
        W::ReplaceWarning => "La nouvelle carte remplacera {card}.",
        W::Choosing => "{card} devient la carte par défaut…",
        W::Chosen => "{card} est maintenant la carte par défaut.",
        W::Replaced => "{card} est maintenant la carte du client.",
        W::Loading => "Chargement des cartes du client…",
        W::LoadFailed => "Les cartes du client n’ont pas pu être chargées. Elles sont en sécurité.",
        W::SignInToSee => "Veuillez vous reconnecter pour voir les cartes du client.",
        W::ReplaceTitle => "Remplacer la carte du client",
        _ => return None,
    })
}

fn es(key: W) -> Option<&'static str> {
    Some(match key {
        W::Cards => "Tarjetas del cliente",
        W::YourCard => "Tarjeta del cliente",
        W::EmptyHint => "Una tarjeta guardada se puede volver a cobrar sin presentarla.",
        W::ReplaceWarning => "La nueva tarjeta reemplazará a {card}.",
        W::Chosen => "{card} es ahora la tarjeta predeterminada.",
        W::Replaced => "{card} es ahora la tarjeta del cliente.",
        W::Loading => "Cargando las tarjetas del cliente…",
        W::LoadFailed => "No pudimos cargar las tarjetas del cliente. Están a salvo.",
        W::SignInToSee => "Inicie sesión de nuevo para ver las tarjetas del cliente.",
        W::ReplaceTitle => "Reemplazar la tarjeta del cliente",
        _ => return None,
    })
}

fn de(key: W) -> Option<&'static str> {
    Some(match key {
        W::Cards => "Karten des Kunden",
        W::YourCard => "Karte des Kunden",
        W::EmptyHint => {
            "Eine gespeicherte Karte lässt sich erneut belasten, ohne vorgelegt zu werden."
        }
        W::ReplaceWarning => "Die neue Karte ersetzt {card}.",
        W::Chosen => "{card} ist jetzt die Standardkarte.",
        W::Replaced => "{card} ist jetzt die Karte des Kunden.",
        W::Loading => "Die Karten des Kunden werden geladen…",
        W::LoadFailed => "Die Karten des Kunden konnten nicht geladen werden. Sie sind sicher.",
        W::SignInToSee => "Bitte melden Sie sich erneut an, um die Karten des Kunden zu sehen.",
        W::ReplaceTitle => "Karte des Kunden ersetzen",
        _ => return None,
    })
}

fn ar(key: W) -> Option<&'static str> {
    Some(match key {
        W::Cards => "بطاقات العميل",
        W::YourCard => "بطاقة العميل",
        W::EmptyHint => "يمكن تحصيل المبلغ من بطاقة محفوظة مرة أخرى دون تقديمها.",
        W::ReplaceWarning => "ستحل البطاقة الجديدة محل {card}.",
        W::Chosen => "{card} هي البطاقة الافتراضية الآن.",
        W::Replaced => "{card} هي بطاقة العميل الآن.",
        W::Loading => "جارٍ تحميل بطاقات العميل…",
        W::LoadFailed => "تعذّر تحميل بطاقات العميل. وهي بأمان.",
        W::SignInToSee => "يرجى تسجيل الدخول مرة أخرى لرؤية بطاقات العميل.",
        W::ReplaceTitle => "استبدال بطاقة العميل",
        _ => return None,
    })
}
