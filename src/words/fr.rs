//! French.

use super::Word;
use card_entry_protocol::decline::Refusal;

pub(super) fn say(word: Word) -> &'static str {
    match word {
        Word::Number => "Numéro de carte",
        Word::Expiry => "Date d’expiration",
        Word::Cvc => "Code de sécurité",
        Word::Payment => "Moyen de paiement",
        Word::Name => "Nom sur la carte",
        Word::PostalCode => "Code postal",
        Word::Country => "Pays",
        Word::ChooseCountry => "Choisir un pays",
        Word::Save => "Enregistrer la carte",
        Word::Retry => "Réessayer",
        Word::Another => "Saisir une autre carte",
        Word::TestMode => "Mode test",
        Word::Takes => "Ce site accepte :",
        Word::Credit => "crédit",
        Word::Debit => "débit",
        Word::Prepaid => "prépayée",
        Word::Loading => "Chargement du formulaire…",
        Word::Safe => "Votre numéro de carte va directement à Stripe, pas à ce site.",
        Word::StillLoading => "Toujours en chargement. Votre connexion est peut-être lente.",
        Word::Saving => "Enregistrement de votre carte…",
        Word::StillSaving => "Enregistrement toujours en cours. Gardez cette page ouverte.",
        Word::Confirming => "Votre banque vérifie la carte…",
        Word::Challenge => {
            "Votre banque vous demande de confirmer votre identité. Suivez ses étapes."
        }
        Word::Checking => {
            "Nous vérifions si votre carte a été enregistrée. Ne la saisissez pas encore à nouveau."
        }
        Word::Saved => "Votre carte est enregistrée.",
        Word::Sent => "Votre carte a été transmise au site de réservation.",
        Word::FillNumber => "Saisissez le numéro de carte.",
        Word::FillExpiry => "Saisissez la date d’expiration.",
        Word::FillCvc => "Saisissez le code de sécurité.",
        Word::FillPayment => "Saisissez votre moyen de paiement.",
        Word::FillName => "Saisissez le nom sur la carte.",
        Word::FillPostalCode => "Saisissez le code postal.",
        Word::FillCountry => "Choisissez un pays.",
        Word::Agree => "Cochez la case pour continuer.",
        Word::NumberInText => {
            "Ceci ressemble à un numéro de carte. Saisissez-le uniquement dans son champ."
        }
        Word::NoAnswer => {
            "Le service des cartes est injoignable. Votre carte n’a pas été enregistrée. Réessayez."
        }
        Word::NoIntent => {
            "Le site n’a pas répondu. Votre carte n’a pas été enregistrée. Réessayez."
        }
        Word::NotSaved => "Le site n’a pas pu enregistrer votre carte. Réessayez.",
        Word::NotACard => "Seule une carte peut être enregistrée ici. Choisissez une carte.",
        Word::BrandNotTaken => "Ce site n’accepte pas cette marque. Utilisez une autre carte.",
        Word::FundingNotTaken => {
            "Ce site n’accepte pas ce type de carte. Utilisez une autre carte."
        }
        Word::BadSetup => {
            "Ce formulaire n’est pas bien configuré. Prévenez le site de réservation."
        }
        Word::NotEmbedded => {
            "Ce formulaire s’utilise dans un site de réservation. Retournez sur ce site."
        }
        Word::ScriptBlocked => {
            "Les champs sécurisés n’ont pas pu se charger. Vérifiez votre connexion ou votre bloqueur."
        }
        Word::ScriptSlow => "Les champs sécurisés tardent à se charger. Vérifiez votre connexion.",
        Word::ScriptWrong => "Les champs sécurisés ne sont pas arrivés comme prévu. Réessayez.",
        Word::FieldFailed => "Un champ de carte n’a pas pu se charger. Réessayez.",
    }
}

pub(super) fn refuse(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::FixField => "Vérifiez le champ indiqué.",
        Refusal::WrongNumber => "Le numéro de carte ne correspond pas. Vérifiez-le et réessayez.",
        Refusal::WrongCvc => "Le code de sécurité ne correspond pas. Vérifiez-le et réessayez.",
        Refusal::WrongPostalCode => "Le code postal ne correspond pas. Vérifiez-le et réessayez.",
        Refusal::Expired => "Cette carte a expiré. Utilisez une autre carte.",
        Refusal::Declined => {
            "Votre banque n’a pas accepté cette carte. Utilisez-en une autre ou contactez votre banque."
        }
        Refusal::InsufficientFunds => {
            "La provision de cette carte ne suffit pas. Utilisez une autre carte."
        }
        Refusal::NotSupported => "Cette carte n’est pas utilisable ici. Utilisez une autre carte.",
        Refusal::LimitReached => "Cette carte a atteint sa limite. Utilisez une autre carte.",
        Refusal::TryAgain => "La banque n’a pas pu répondre. Réessayez dans un instant.",
        Refusal::NotVerified => {
            "Votre banque n’a pas pu vérifier cette carte. Réessayez ou utilisez-en une autre."
        }
        Refusal::Moved => "Nous vérifions si votre carte a été enregistrée.",
        Refusal::Configuration => {
            "Ce formulaire n’est pas bien configuré. Votre carte n’a pas été enregistrée."
        }
    }
}
