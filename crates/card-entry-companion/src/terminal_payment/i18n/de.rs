//! The German texts.

use super::TerminalMessageKey as W;

pub(super) fn text(key: W) -> &'static str {
    match key {
        W::Title => "Kartenleser",
        W::ReaderStep => "Leser",
        W::CardStep => "Karte",
        W::PaymentStep => "Zahlung",
        W::SaveStep => "Speichern",
        W::Take => "Karte annehmen · {price}",
        W::Connecting => "Verbindung zum Leser wird aufgebaut…",
        W::Beginning => "Leser verbunden. Die Zahlung wird vorbereitet…",
        W::Waiting => {
            "Bitten Sie den Kunden, die Karte einzustecken, aufzulegen oder durchzuziehen."
        }
        W::Processing => "Die Karte wird belastet. Lassen Sie sie im Leser.",
        W::Capturing => "Genehmigt: Die Karte kann entnommen werden. Die Zahlung wird eingezogen…",
        W::Saving => "Bezahlt. Die Karte wird gespeichert…",
        W::Releasing => "Die Zahlung wird abgebrochen…",
        W::StoppingCharge => {
            "Wird abgebrochen. Die Bank antwortet noch: Lassen Sie die Karte im Leser."
        }
        W::StoppingLate => "Was nicht mehr zu stoppen ist, wird abgeschlossen…",
        W::Stopping => "Wird abgebrochen…",
        W::Canceled => "Abgebrochen. Es wurde nichts abgebucht.",
        W::NoReusableCard => {
            "Bezahlt. Speichern ist nicht möglich, weil ein Handy oder eine Uhr verwendet wurde. Bitten Sie nächstes \
             Mal um die Karte selbst."
        }
        W::Skipped => "Bezahlt. Die Karte wurde nicht gespeichert.",
        W::Unsure => "Bezahlt. Ob die Karte gespeichert ist, zeigt die Liste der Karten.",
        W::TooLate => {
            "Die Zahlung war schon durch, bevor sie abgebrochen werden konnte. Die Karte wurde nicht gespeichert."
        }
        W::Saved => "Bezahlt. {card} ist für das nächste Mal gespeichert.",
        W::NotSaved => "Es wurde bezahlt. {why}",
        W::NoScript => {
            "Die Software des Lesers wurde nicht geladen. Prüfen Sie die Verbindung und versuchen Sie es erneut."
        }
        W::NoReader => {
            "Es wurde kein Leser gefunden. Schalten Sie ihn ein und versuchen Sie es erneut."
        }
        W::Lost => {
            "Der Leser hat die Verbindung verloren. Prüfen Sie, ob er an und in der Nähe ist, und versuchen Sie es \
             erneut: Dieselbe Zahlung geht weiter."
        }
        W::Stopped => {
            "Das Lesen wurde am Leser beendet. Versuchen Sie es erneut oder brechen Sie die Zahlung ab."
        }
        W::NotEnough => {
            "Die Karte wurde abgelehnt: nicht genug Guthaben. Versuchen Sie es mit einer anderen Karte."
        }
        W::Expired => "Die Karte ist abgelaufen. Versuchen Sie es mit einer anderen Karte.",
        W::TryLater => "Die Bank konnte gerade nicht antworten. Versuchen Sie es gleich erneut.",
        W::Declined => "Die Karte wurde abgelehnt. Versuchen Sie es mit einer anderen Karte.",
        W::Network => {
            "Der Leser konnte die Bank nicht erreichen. Versuchen Sie es erneut: Dieselbe Zahlung geht weiter, und \
             nichts wird doppelt abgebucht."
        }
        W::Reader => {
            "Der Leser konnte das nicht ausführen. Versuchen Sie es erneut: Dieselbe Zahlung geht weiter."
        }
        W::Unclear => {
            "Der Server ist nicht erreichbar. Versuchen Sie es erneut: Dieselbe Zahlung geht weiter, und nichts wird \
             doppelt abgebucht."
        }
        W::SignIn => {
            "Ihre Sitzung ist beendet. Melden Sie sich erneut an und versuchen Sie es noch einmal."
        }
        W::Refused => {
            "Der Server hat abgelehnt. Versuchen Sie es erneut oder brechen Sie die Zahlung ab."
        }
    }
}
