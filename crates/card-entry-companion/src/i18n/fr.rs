//! The French texts.

use super::{EntryMessageKey, WalletMessageKey as W};

pub(super) fn entry_text(key: EntryMessageKey) -> &'static str {
    match key {
        EntryMessageKey::FrameTitle => "Coordonnées de la carte",
        EntryMessageKey::SignIn => {
            "Veuillez vous reconnecter. Votre carte est conservée et sera enregistrée ensuite."
        }
        EntryMessageKey::Checking => "Nous vérifions si votre carte a été enregistrée.",
        EntryMessageKey::Wait => "Un instant. Nouvel essai dans {seconds} secondes.",
        EntryMessageKey::TryLater => {
            "Votre carte n’a pas été enregistrée. Veuillez réessayer dans quelques minutes."
        }
        EntryMessageKey::Refused => {
            "Cette carte ne peut pas être enregistrée ici. Veuillez en utiliser une autre."
        }
        EntryMessageKey::Verify => {
            "Votre banque souhaite vérifier cette carte. Veuillez réessayer."
        }
        EntryMessageKey::Unclear => {
            "Nous n’avons pas pu confirmer l’enregistrement de votre carte. Veuillez réessayer."
        }
        EntryMessageKey::NotReady => "L’enregistrement n’a pas pu commencer. Veuillez réessayer.",
        EntryMessageKey::Silent => {
            "Le formulaire de carte ne s’est pas chargé. Veuillez réessayer."
        }
        EntryMessageKey::Embedded => {
            "Le formulaire ne peut pas s’afficher dans un autre site. Ouvrez cette page dans un autre onglet."
        }
        EntryMessageKey::Left => {
            "Le formulaire de carte a été fermé par sécurité. Veuillez le rouvrir."
        }
        EntryMessageKey::BadSetup => {
            "Ce formulaire de carte n’est pas bien configuré. Veuillez prévenir le site de réservation."
        }
        EntryMessageKey::Retry => "Réessayer",
    }
}

pub(super) fn wallet_text(key: W) -> &'static str {
    match key {
        W::Cards => "Vos cartes",
        W::YourCard => "Votre carte",
        W::Ending => "{brand} se terminant par {last4}",
        W::Expires => "Expire en {expiry}",
        W::ExpiredOn => "Expirée depuis {expiry}",
        W::Expired => "Expirée",
        W::ExpiresSoon => "Expire bientôt",
        W::ExpiresBefore => "Expire avant le rendez-vous",
        W::Default => "Par défaut",
        W::Empty => "Aucune carte enregistrée",
        W::EmptyHint => "Enregistrez une carte : vous n’aurez plus à la saisir.",
        W::Add => "Ajouter une carte",
        W::Replace => "Remplacer",
        W::ReplaceThis => "Remplacer cette carte",
        W::Delete => "Supprimer",
        W::DeleteCard => "Supprimer {card}",
        W::ReplaceCard => "Remplacer {card}",
        W::Cancel => "Annuler",
        W::Continue => "Continuer",
        W::SignInButton => "Se connecter",
        W::ReplaceWarning => "Votre nouvelle carte remplacera {card}.",
        W::DeleteQuestion => "Supprimer {card} ?",
        W::DeleteYes => "Supprimer la carte",
        W::Deleting => "Suppression de {card}…",
        W::Deleted => "{card} a été supprimée.",
        W::DeleteRefused => "Cette carte ne peut pas être supprimée pour le moment.",
        W::DeleteUnclear => "Nous n’avons pas pu confirmer la suppression. Veuillez réessayer.",
        W::MakeDefault => "Utiliser par défaut",
        W::MakeDefaultCard => "Utiliser par défaut : {card}",
        W::Choosing => "{card} devient votre carte par défaut…",
        W::Chosen => "{card} est maintenant votre carte par défaut.",
        W::ChooseRefused => "La carte par défaut ne peut pas être changée pour le moment.",
        W::ChooseUnclear => "Nous n’avons pas pu confirmer le changement. Veuillez réessayer.",
        W::Saved => "{card} a été enregistrée.",
        W::SavedAgain => "{card} était déjà enregistrée. Rien d’autre n’a changé.",
        W::Replaced => "{card} est maintenant votre carte.",
        W::Loading => "Chargement de vos cartes…",
        W::LoadingSlow => "Cela prend plus de temps que d’habitude…",
        W::LoadFailed => "Vos cartes n’ont pas pu être chargées. Elles sont en sécurité.",
        W::SignInToSee => "Veuillez vous reconnecter pour voir vos cartes.",
        W::AddTitle => "Ajouter une carte",
        W::ReplaceTitle => "Remplacer votre carte",
    }
}
