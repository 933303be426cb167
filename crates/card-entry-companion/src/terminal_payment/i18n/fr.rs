//! The French texts.

use super::TerminalMessageKey as W;

pub(super) fn text(key: W) -> &'static str {
    match key {
        W::Title => "Lecteur de cartes",
        W::ReaderStep => "Lecteur",
        W::CardStep => "Carte",
        W::PaymentStep => "Paiement",
        W::SaveStep => "Mémoriser",
        W::Take => "Encaisser · {price}",
        W::Connecting => "Connexion au lecteur…",
        W::Beginning => "Lecteur connecté. Préparation du paiement…",
        W::Waiting => {
            "Demandez au client d’insérer, d’approcher ou de glisser la carte sur le lecteur."
        }
        W::Processing => "Débit de la carte. Laissez-la dans le lecteur.",
        W::Capturing => "Accepté : la carte peut être retirée. Encaissement en cours…",
        W::Saving => "Paiement encaissé. Enregistrement de la carte…",
        W::Releasing => "Annulation du paiement…",
        W::StoppingCharge => {
            "Annulation. La banque répond encore : laissez la carte dans le lecteur."
        }
        W::StoppingLate => "Nous terminons ce qui ne peut plus être arrêté…",
        W::Stopping => "Annulation…",
        W::Canceled => "Annulé. Rien n’a été débité.",
        W::NoReusableCard => {
            "Paiement encaissé. Impossible d’enregistrer : un téléphone ou une montre a été utilisé. La prochaine fois, \
             demandez la carte elle-même."
        }
        W::Skipped => "Paiement encaissé. La carte n’a pas été enregistrée.",
        W::Unsure => "Paiement encaissé. La liste des cartes montre si la carte a été enregistrée.",
        W::TooLate => {
            "Le paiement était passé avant de pouvoir être annulé. La carte n’a pas été enregistrée."
        }
        W::Saved => "Paiement encaissé. {card} est enregistrée pour la prochaine fois.",
        W::NotSaved => "Le paiement a été encaissé. {why}",
        W::NoScript => {
            "Le logiciel du lecteur ne s’est pas chargé. Vérifiez la connexion, puis réessayez."
        }
        W::NoReader => "Aucun lecteur trouvé. Allumez-le, puis réessayez.",
        W::Lost => {
            "Le lecteur a perdu la connexion. Vérifiez qu’il est allumé et proche, puis réessayez : le même paiement \
             continue."
        }
        W::Stopped => "La lecture a été arrêtée sur le lecteur. Réessayez ou annulez le paiement.",
        W::NotEnough => "La carte a été refusée : solde insuffisant. Essayez avec une autre carte.",
        W::Expired => "La carte a expiré. Essayez avec une autre carte.",
        W::TryLater => "La banque n’a pas pu répondre. Réessayez dans un instant.",
        W::Declined => "La carte a été refusée. Essayez avec une autre carte.",
        W::Network => {
            "Le lecteur n’a pas pu joindre la banque. Réessayez : le même paiement continue, et rien n’est débité deux \
             fois."
        }
        W::Reader => "Le lecteur n’a pas pu le faire. Réessayez : le même paiement continue.",
        W::Unclear => {
            "Le serveur est injoignable. Réessayez : le même paiement continue, et rien n’est débité deux fois."
        }
        W::SignIn => "Votre session est terminée. Reconnectez-vous, puis réessayez.",
        W::Refused => "Le serveur a refusé. Réessayez ou annulez le paiement.",
    }
}
