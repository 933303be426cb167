//! German.

use super::Word;
use card_entry_protocol::decline::Refusal;

pub(super) fn say(word: Word) -> &'static str {
    match word {
        Word::Number => "Kartennummer",
        Word::Expiry => "Gültig bis",
        Word::Cvc => "Prüfnummer",
        Word::Payment => "Zahlungsdaten",
        Word::Name => "Name auf der Karte",
        Word::PostalCode => "Postleitzahl",
        Word::Country => "Land",
        Word::ChooseCountry => "Land wählen",
        Word::Save => "Karte speichern",
        Word::Retry => "Erneut versuchen",
        Word::Another => "Andere Karte eingeben",
        Word::TestMode => "Testmodus",
        Word::Takes => "Diese Seite nimmt an:",
        Word::Credit => "Kredit",
        Word::Debit => "Debit",
        Word::Prepaid => "Prepaid",
        Word::Loading => "Das Kartenformular wird geladen…",
        Word::Safe => "Ihre Kartennummer geht direkt an Stripe, nicht an diese Seite.",
        Word::StillLoading => "Es wird noch geladen. Ihre Verbindung ist vielleicht langsam.",
        Word::Saving => "Ihre Karte wird gespeichert…",
        Word::StillSaving => "Es wird noch gespeichert. Bitte lassen Sie diese Seite offen.",
        Word::Confirming => "Ihre Bank prüft die Karte…",
        Word::Challenge => {
            "Ihre Bank bittet Sie um eine Bestätigung. Bitte folgen Sie ihren Schritten."
        }
        Word::Checking => {
            "Wir prüfen, ob Ihre Karte gespeichert wurde. Bitte geben Sie sie noch nicht erneut ein."
        }
        Word::Saved => "Ihre Karte ist gespeichert.",
        Word::Sent => "Ihre Kartendaten wurden an die Buchungsseite gesendet.",
        Word::FillNumber => "Bitte geben Sie die Kartennummer ein.",
        Word::FillExpiry => "Bitte geben Sie das Ablaufdatum ein.",
        Word::FillCvc => "Bitte geben Sie die Prüfnummer ein.",
        Word::FillPayment => "Bitte füllen Sie die Zahlungsdaten aus.",
        Word::FillName => "Bitte geben Sie den Namen auf der Karte ein.",
        Word::FillPostalCode => "Bitte geben Sie die Postleitzahl ein.",
        Word::FillCountry => "Bitte wählen Sie ein Land.",
        Word::Agree => "Bitte kreuzen Sie das Kästchen an.",
        Word::NumberInText => {
            "Das sieht nach einer Kartennummer aus. Bitte geben Sie sie nur im Feld dafür ein."
        }
        Word::NoAnswer => {
            "Der Kartendienst ist nicht erreichbar. Ihre Karte wurde nicht gespeichert. Bitte erneut versuchen."
        }
        Word::NoIntent => {
            "Die Buchungsseite antwortet nicht. Ihre Karte wurde nicht gespeichert. Bitte erneut versuchen."
        }
        Word::NotSaved => {
            "Die Buchungsseite konnte Ihre Karte nicht speichern. Bitte erneut versuchen."
        }
        Word::NotACard => {
            "Hier kann nur eine Karte gespeichert werden. Bitte wählen Sie eine Karte."
        }
        Word::BrandNotTaken => {
            "Diese Marke wird hier nicht angenommen. Bitte nehmen Sie eine andere Karte."
        }
        Word::FundingNotTaken => {
            "Diese Kartenart wird hier nicht angenommen. Bitte nehmen Sie eine andere Karte."
        }
        Word::BadSetup => {
            "Dieses Kartenformular ist nicht richtig eingerichtet. Bitte sagen Sie der Buchungsseite Bescheid."
        }
        Word::NotEmbedded => {
            "Dieses Formular arbeitet innerhalb einer Buchungsseite. Bitte gehen Sie dorthin zurück."
        }
        Word::ScriptBlocked => {
            "Die sicheren Kartenfelder wurden nicht geladen. Bitte prüfen Sie Verbindung oder Blocker."
        }
        Word::ScriptSlow => {
            "Die sicheren Kartenfelder laden zu lange. Bitte prüfen Sie Ihre Verbindung."
        }
        Word::ScriptWrong => {
            "Die sicheren Kartenfelder kamen nicht richtig an. Bitte erneut versuchen."
        }
        Word::FieldFailed => "Ein Kartenfeld wurde nicht geladen. Bitte erneut versuchen.",
    }
}

pub(super) fn refuse(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::FixField => "Bitte prüfen Sie das markierte Feld.",
        Refusal::WrongNumber => "Die Kartennummer passt nicht. Bitte prüfen und erneut versuchen.",
        Refusal::WrongCvc => "Die Prüfnummer passt nicht. Bitte prüfen und erneut versuchen.",
        Refusal::WrongPostalCode => {
            "Die Postleitzahl passt nicht. Bitte prüfen und erneut versuchen."
        }
        Refusal::Expired => "Diese Karte ist abgelaufen. Bitte nehmen Sie eine andere Karte.",
        Refusal::Declined => {
            "Ihre Bank hat diese Karte nicht angenommen. Bitte andere Karte nehmen oder die Bank fragen."
        }
        Refusal::InsufficientFunds => {
            "Auf dieser Karte ist nicht genug Geld. Bitte nehmen Sie eine andere Karte."
        }
        Refusal::NotSupported => {
            "Diese Karte kann hier nicht benutzt werden. Bitte nehmen Sie eine andere Karte."
        }
        Refusal::LimitReached => {
            "Das Limit dieser Karte ist erreicht. Bitte nehmen Sie eine andere Karte."
        }
        Refusal::TryAgain => {
            "Die Bank konnte gerade nicht antworten. Bitte gleich erneut versuchen."
        }
        Refusal::NotVerified => {
            "Ihre Bank konnte diese Karte nicht bestätigen. Bitte erneut versuchen oder eine andere nehmen."
        }
        Refusal::Moved => "Wir prüfen, ob Ihre Karte gespeichert wurde.",
        Refusal::Configuration => {
            "Dieses Formular ist nicht richtig eingerichtet. Ihre Karte wurde nicht gespeichert."
        }
    }
}
