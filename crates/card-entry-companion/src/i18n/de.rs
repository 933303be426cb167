//! The German texts.

use super::{EntryMessageKey, WalletMessageKey as W};

pub(super) fn entry_text(key: EntryMessageKey) -> &'static str {
    match key {
        EntryMessageKey::FrameTitle => "Kartendaten",
        EntryMessageKey::SignIn => {
            "Bitte melden Sie sich erneut an. Ihre Karte wird danach gespeichert."
        }
        EntryMessageKey::Checking => "Wir prüfen, ob Ihre Karte gespeichert wurde.",
        EntryMessageKey::Wait => "Einen Moment. Neuer Versuch in {seconds} Sekunden.",
        EntryMessageKey::TryLater => {
            "Ihre Karte wurde nicht gespeichert. Bitte versuchen Sie es in einigen Minuten erneut."
        }
        EntryMessageKey::Refused => {
            "Diese Karte kann hier nicht gespeichert werden. Bitte nehmen Sie eine andere."
        }
        EntryMessageKey::Verify => {
            "Ihre Bank möchte diese Karte bestätigen. Bitte versuchen Sie es erneut."
        }
        EntryMessageKey::Unclear => {
            "Wir konnten nicht bestätigen, dass Ihre Karte gespeichert wurde. Bitte erneut versuchen."
        }
        EntryMessageKey::NotReady => {
            "Das Speichern konnte nicht beginnen. Bitte versuchen Sie es erneut."
        }
        EntryMessageKey::Silent => {
            "Das Kartenformular wurde nicht geladen. Bitte versuchen Sie es erneut."
        }
        EntryMessageKey::Embedded => {
            "In einer anderen Website kann das Formular nicht erscheinen. Öffnen Sie diese Seite in einem eigenen Tab."
        }
        EntryMessageKey::Left => {
            "Das Kartenformular wurde zu Ihrer Sicherheit geschlossen. Bitte öffnen Sie es erneut."
        }
        EntryMessageKey::BadSetup => {
            "Dieses Kartenformular ist nicht richtig eingerichtet. Bitte sagen Sie der Buchungsseite Bescheid."
        }
        EntryMessageKey::Retry => "Erneut versuchen",
    }
}

pub(super) fn wallet_text(key: W) -> &'static str {
    match key {
        W::Cards => "Ihre Karten",
        W::YourCard => "Ihre Karte",
        W::Ending => "{brand} mit Endziffern {last4}",
        W::Expires => "Gültig bis {expiry}",
        W::ExpiredOn => "Abgelaufen {expiry}",
        W::Expired => "Abgelaufen",
        W::ExpiresSoon => "Läuft bald ab",
        W::ExpiresBefore => "Läuft vor dem Termin ab",
        W::Default => "Standard",
        W::Empty => "Noch keine Karte gespeichert",
        W::EmptyHint => "Einmal speichern, nie wieder eingeben.",
        W::Add => "Karte hinzufügen",
        W::Replace => "Ersetzen",
        W::ReplaceThis => "Diese Karte ersetzen",
        W::Delete => "Löschen",
        W::DeleteCard => "{card} löschen",
        W::ReplaceCard => "{card} ersetzen",
        W::Cancel => "Abbrechen",
        W::Continue => "Weiter",
        W::SignInButton => "Anmelden",
        W::ReplaceWarning => "Ihre neue Karte ersetzt {card}.",
        W::DeleteQuestion => "{card} löschen?",
        W::DeleteYes => "Karte löschen",
        W::Deleting => "{card} wird gelöscht…",
        W::Deleted => "{card} wurde gelöscht.",
        W::DeleteRefused => "Diese Karte kann gerade nicht gelöscht werden.",
        W::DeleteUnclear => {
            "Wir konnten das Löschen nicht bestätigen. Bitte versuchen Sie es erneut."
        }
        W::MakeDefault => "Als Standard verwenden",
        W::MakeDefaultCard => "Als Standard verwenden: {card}",
        W::Choosing => "{card} wird zur Standardkarte…",
        W::Chosen => "{card} ist jetzt Ihre Standardkarte.",
        W::ChooseRefused => "Die Standardkarte kann gerade nicht geändert werden.",
        W::ChooseUnclear => {
            "Wir konnten die Änderung nicht bestätigen. Bitte versuchen Sie es noch einmal."
        }
        W::Saved => "{card} wurde gespeichert.",
        W::SavedAgain => "{card} war schon gespeichert. Sonst hat sich nichts geändert.",
        W::Replaced => "{card} ist jetzt Ihre Karte.",
        W::Loading => "Ihre Karten werden geladen…",
        W::LoadingSlow => "Das dauert länger als gewöhnlich…",
        W::LoadFailed => "Ihre Karten konnten nicht geladen werden. Sie sind sicher.",
        W::SignInToSee => "Bitte melden Sie sich erneut an, um Ihre Karten zu sehen.",
        W::AddTitle => "Karte hinzufügen",
        W::ReplaceTitle => "Ihre Karte ersetzen",
    }
}
