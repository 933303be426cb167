//! Every text of a checkout, by locale. The compiler checks that each locale has a text for every
//! [`CheckoutMessageKey`].

use card_entry_protocol::dialect::bokamera::CheckoutStatus;

use super::{CheckoutButton, CheckoutError, CheckoutStage};
use crate::i18n::Locale;

/// The key of a text. The English texts in this file show what each key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the English text says what a key is for
pub enum CheckoutMessageKey {
    Preparing,
    Leaving,
    Loading,
    Paying,
    Checking,
    Complete,
    Open,
    Expired,
    /// A status that only a newer server knows.
    Other,
    Unreachable,
    RateLimited,
    FormNotLoaded,
    UnknownPage,
    /// The server refused without a message of its own.
    Refused,
    NotFound,
    /// The e-mail address of the payer; has the placeholder `{email}`.
    Email,
    Retry,
    CheckStatus,
    StartOver,
}

impl CheckoutMessageKey {
    /// The key of a button's label.
    #[must_use]
    pub fn for_button(button: CheckoutButton) -> Self {
        match button {
            CheckoutButton::Retry => Self::Retry,
            CheckoutButton::CheckStatus => Self::CheckStatus,
            CheckoutButton::StartOver => Self::StartOver,
        }
    }

    /// The key of the text for a stage.
    #[must_use]
    pub fn for_stage(stage: &CheckoutStage) -> Self {
        match stage {
            CheckoutStage::Preparing => Self::Preparing,
            CheckoutStage::Leaving => Self::Leaving,
            CheckoutStage::Loading => Self::Loading,
            CheckoutStage::Paying => Self::Paying,
            CheckoutStage::Checking => Self::Checking,
            CheckoutStage::Status(answer) => match answer.status {
                CheckoutStatus::Complete => Self::Complete,
                CheckoutStatus::Open => Self::Open,
                CheckoutStatus::Expired => Self::Expired,
                CheckoutStatus::Other(_) => Self::Other,
            },
            CheckoutStage::Failed(stop) => match stop {
                CheckoutError::Unreachable => Self::Unreachable,
                CheckoutError::RateLimited => Self::RateLimited,
                CheckoutError::FormNotLoaded => Self::FormNotLoaded,
                CheckoutError::UnknownPage => Self::UnknownPage,
                CheckoutError::Refused(_) => Self::Refused,
                CheckoutError::NotFound => Self::NotFound,
            },
        }
    }

    /// The value of `data-state`: `preparing`, `leaving`, `loading-form`, `paying`, `checking`, `complete`, `open`,
    /// `expired`, `other` or `stopped`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Leaving => "leaving",
            Self::Loading => "loading-form",
            Self::Paying => "paying",
            Self::Checking => "checking",
            Self::Complete => "complete",
            Self::Open => "open",
            Self::Expired => "expired",
            Self::Other => "other",
            _ => "stopped",
        }
    }

    /// The text in a locale.
    #[must_use]
    pub fn text(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.en(),
            Locale::Fr => self.fr(),
            Locale::Es => self.es(),
            Locale::De => self.de(),
            Locale::Ar => self.ar(),
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Preparing => "One moment. Your payment is being prepared.",
            Self::Leaving => "Taking you to the payment page…",
            Self::Loading => "The payment form is loading…",
            Self::Paying => "The payment form is ready.",
            Self::Checking => "Checking your payment…",
            Self::Complete => "Your payment is complete. Thank you.",
            Self::Open => "This payment is not complete yet.",
            Self::Expired => "This payment has expired. Nothing was charged.",
            Self::Other => "Your payment is being worked on. Please check again in a moment.",
            Self::Unreachable => {
                "We can’t reach the payment service just now. Please try again in a moment."
            }
            Self::RateLimited => "That was tried too often. Please wait a while and try again.",
            Self::FormNotLoaded => {
                "The payment form didn’t load. Please check your connection and try again."
            }
            Self::UnknownPage => {
                "The payment page’s address is not one we know, so we stopped. Nothing was charged."
            }
            Self::Refused => "This payment can’t be opened. Please contact us.",
            Self::NotFound => "We can’t find this payment.",
            Self::Email => "Email: {email}",
            Self::Retry => "Try again",
            Self::CheckStatus => "Check again",
            Self::StartOver => "Start again",
        }
    }

    fn fr(self) -> &'static str {
        match self {
            Self::Preparing => "Un instant. Votre paiement est en préparation.",
            Self::Leaving => "Nous vous menons à la page de paiement…",
            Self::Loading => "Le formulaire de paiement se charge…",
            Self::Paying => "Le formulaire de paiement est prêt.",
            Self::Checking => "Vérification de votre paiement…",
            Self::Complete => "Votre paiement est terminé. Merci.",
            Self::Open => "Ce paiement n’est pas encore terminé.",
            Self::Expired => "Ce paiement a expiré. Rien n’a été débité.",
            Self::Other => {
                "Votre paiement est en cours. Veuillez vérifier de nouveau dans un instant."
            }
            Self::Unreachable => {
                "Le service de paiement est injoignable pour l’instant. Veuillez réessayer dans un moment."
            }
            Self::RateLimited => "Trop d’essais. Veuillez patienter un peu, puis réessayer.",
            Self::FormNotLoaded => {
                "Le formulaire de paiement ne s’est pas chargé. Vérifiez votre connexion et réessayez."
            }
            Self::UnknownPage => {
                "L’adresse de la page de paiement nous est inconnue : nous nous sommes arrêtés. Rien n’a été débité."
            }
            Self::Refused => "Ce paiement ne peut pas être ouvert. Veuillez nous contacter.",
            Self::NotFound => "Nous ne trouvons pas ce paiement.",
            Self::Email => "E-mail : {email}",
            Self::Retry => "Réessayer",
            Self::CheckStatus => "Vérifier de nouveau",
            Self::StartOver => "Recommencer",
        }
    }

    fn es(self) -> &'static str {
        match self {
            Self::Preparing => "Un momento. Estamos preparando su pago.",
            Self::Leaving => "Le llevamos a la página de pago…",
            Self::Loading => "El formulario de pago se está cargando…",
            Self::Paying => "El formulario de pago está listo.",
            Self::Checking => "Comprobando su pago…",
            Self::Complete => "Su pago se ha completado. Gracias.",
            Self::Open => "Este pago aún no se ha completado.",
            Self::Expired => "Este pago ha caducado. No se ha cobrado nada.",
            Self::Other => "Su pago se está procesando. Compruébelo de nuevo en un momento.",
            Self::Unreachable => {
                "Ahora no podemos contactar con el servicio de pago. Inténtelo de nuevo en un momento."
            }
            Self::RateLimited => "Demasiados intentos. Espere un poco e inténtelo de nuevo.",
            Self::FormNotLoaded => {
                "El formulario de pago no se ha cargado. Compruebe su conexión e inténtelo de nuevo."
            }
            Self::UnknownPage => {
                "No conocemos la dirección de la página de pago y nos hemos detenido. No se ha cobrado nada."
            }
            Self::Refused => "Este pago no se puede abrir. Póngase en contacto con nosotros.",
            Self::NotFound => "No encontramos este pago.",
            Self::Email => "Correo electrónico: {email}",
            Self::Retry => "Intentar de nuevo",
            Self::CheckStatus => "Comprobar de nuevo",
            Self::StartOver => "Empezar de nuevo",
        }
    }

    fn de(self) -> &'static str {
        match self {
            Self::Preparing => "Einen Moment. Ihre Zahlung wird vorbereitet.",
            Self::Leaving => "Wir bringen Sie zur Zahlungsseite…",
            Self::Loading => "Das Zahlungsformular lädt…",
            Self::Paying => "Das Zahlungsformular ist bereit.",
            Self::Checking => "Ihre Zahlung wird geprüft…",
            Self::Complete => "Ihre Zahlung ist abgeschlossen. Vielen Dank.",
            Self::Open => "Diese Zahlung ist noch nicht abgeschlossen.",
            Self::Expired => "Diese Zahlung ist abgelaufen. Es wurde nichts abgebucht.",
            Self::Other => "Ihre Zahlung wird bearbeitet. Bitte sehen Sie gleich noch einmal nach.",
            Self::Unreachable => {
                "Der Zahlungsdienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal."
            }
            Self::RateLimited => {
                "Das waren zu viele Versuche. Bitte warten Sie etwas und versuchen Sie es dann noch einmal."
            }
            Self::FormNotLoaded => {
                "Das Zahlungsformular wurde nicht geladen. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal."
            }
            Self::UnknownPage => {
                "Die Adresse der Zahlungsseite ist uns unbekannt, darum haben wir angehalten. Es wurde nichts abgebucht."
            }
            Self::Refused => {
                "Diese Zahlung kann nicht geöffnet werden. Bitte melden Sie sich bei uns."
            }
            Self::NotFound => "Wir finden diese Zahlung nicht.",
            Self::Email => "E-Mail: {email}",
            Self::Retry => "Noch einmal versuchen",
            Self::CheckStatus => "Noch einmal prüfen",
            Self::StartOver => "Neu beginnen",
        }
    }

    fn ar(self) -> &'static str {
        match self {
            Self::Preparing => "لحظة من فضلك. يجري إعداد الدفع.",
            Self::Leaving => "ننقلك إلى صفحة الدفع…",
            Self::Loading => "يجري تحميل نموذج الدفع…",
            Self::Paying => "نموذج الدفع جاهز.",
            Self::Checking => "نتحقق من الدفع…",
            Self::Complete => "اكتمل الدفع. شكرًا لك.",
            Self::Open => "لم يكتمل هذا الدفع بعد.",
            Self::Expired => "انتهت صلاحية هذا الدفع. لم يُخصم أي مبلغ.",
            Self::Other => "يجري العمل على الدفع. يُرجى التحقق مرة أخرى بعد لحظة.",
            Self::Unreachable => {
                "لا يمكننا الوصول إلى خدمة الدفع الآن. يُرجى المحاولة مرة أخرى بعد لحظة."
            }
            Self::RateLimited => "محاولات كثيرة. يُرجى الانتظار قليلًا ثم المحاولة مرة أخرى.",
            Self::FormNotLoaded => "لم يُحمَّل نموذج الدفع. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",
            Self::UnknownPage => "لا نعرف عنوان صفحة الدفع، فتوقفنا. لم يُخصم أي مبلغ.",
            Self::Refused => "لا يمكن فتح هذا الدفع. يُرجى التواصل معنا.",
            Self::NotFound => "لا نجد هذا الدفع.",
            Self::Email => "البريد الإلكتروني: {email}",
            Self::Retry => "المحاولة مرة أخرى",
            Self::CheckStatus => "التحقق مرة أخرى",
            Self::StartOver => "البدء من جديد",
        }
    }
}

/// The text for a stage: the server's own message if it refused with one, else ours.
#[must_use]
pub fn stage_text(stage: &CheckoutStage, locale: Locale) -> String {
    match stage {
        CheckoutStage::Failed(CheckoutError::Refused(Some(message))) => message.as_str().to_owned(),
        other => CheckoutMessageKey::for_stage(other).text(locale).to_owned(),
    }
}

/// The language of that message if it is not the language of the page.
#[must_use]
pub fn other_language(stage: &CheckoutStage, page: Locale) -> Option<Locale> {
    match stage {
        CheckoutStage::Failed(CheckoutError::Refused(Some(message))) => {
            message.other_language(page)
        }
        _ => None,
    }
}
