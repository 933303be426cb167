//! Every sentence of a checkout, by locale. The compiler checks that each locale answers for every [`Word`].

use card_entry_protocol::dialect::bokamera::CheckoutStatus;

use super::{Button, Stage, Stop};
use crate::words::Locale;

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The server is asked for a checkout.
    Preparing,
    /// On the way to the payment page.
    Leaving,
    /// The form is loading.
    Loading,
    /// The form is there.
    Paying,
    /// The server is asked how far it is.
    Checking,
    /// It is paid.
    Complete,
    /// It waits for the person.
    Open,
    /// Its time is over, or a newer one took its place.
    Expired,
    /// A status of a newer server.
    Other,
    /// The server cannot be reached.
    Away,
    /// Too often.
    TooOften,
    /// The form did not load.
    NoForm,
    /// The address is not the payment page's.
    Unsafe,
    /// The server said no, without a sentence.
    Refused,
    /// There is no such checkout.
    Missing,
    /// Whose payment it was: `{email}`.
    Email,
    /// The button for the same once more.
    Retry,
    /// The button that asks how far it is.
    Look,
    /// The button for a new checkout.
    Again,
}

impl Word {
    /// The word of a button.
    #[must_use]
    pub fn of_button(button: Button) -> Self {
        match button {
            Button::Retry => Self::Retry,
            Button::Look => Self::Look,
            Button::Again => Self::Again,
        }
    }

    /// The word of where it stands.
    #[must_use]
    pub fn of_stage(stage: &Stage) -> Self {
        match stage {
            Stage::Preparing => Self::Preparing,
            Stage::Leaving => Self::Leaving,
            Stage::Loading => Self::Loading,
            Stage::Paying => Self::Paying,
            Stage::Checking => Self::Checking,
            Stage::Told(answer) => match answer.status {
                CheckoutStatus::Complete => Self::Complete,
                CheckoutStatus::Open => Self::Open,
                CheckoutStatus::Expired => Self::Expired,
                CheckoutStatus::Other(_) => Self::Other,
            },
            Stage::Stopped(stop) => match stop {
                Stop::Away => Self::Away,
                Stop::TooOften => Self::TooOften,
                Stop::NoForm => Self::NoForm,
                Stop::Unsafe => Self::Unsafe,
                Stop::Refused(_) => Self::Refused,
                Stop::Missing => Self::Missing,
            },
        }
    }

    /// The word in `data-state`.
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

    /// The sentence.
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
            Self::Away => {
                "We can’t reach the payment service just now. Please try again in a moment."
            }
            Self::TooOften => "That was tried too often. Please wait a while and try again.",
            Self::NoForm => {
                "The payment form didn’t load. Please check your connection and try again."
            }
            Self::Unsafe => {
                "The payment page’s address is not one we know, so we stopped. Nothing was charged."
            }
            Self::Refused => "This payment can’t be opened. Please contact us.",
            Self::Missing => "We can’t find this payment.",
            Self::Email => "Email: {email}",
            Self::Retry => "Try again",
            Self::Look => "Check again",
            Self::Again => "Start again",
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
            Self::Away => {
                "Le service de paiement est injoignable pour l’instant. Veuillez réessayer dans un moment."
            }
            Self::TooOften => "Trop d’essais. Veuillez patienter un peu, puis réessayer.",
            Self::NoForm => {
                "Le formulaire de paiement ne s’est pas chargé. Vérifiez votre connexion et réessayez."
            }
            Self::Unsafe => {
                "L’adresse de la page de paiement nous est inconnue : nous nous sommes arrêtés. Rien n’a été débité."
            }
            Self::Refused => "Ce paiement ne peut pas être ouvert. Veuillez nous contacter.",
            Self::Missing => "Nous ne trouvons pas ce paiement.",
            Self::Email => "E-mail : {email}",
            Self::Retry => "Réessayer",
            Self::Look => "Vérifier de nouveau",
            Self::Again => "Recommencer",
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
            Self::Away => {
                "Ahora no podemos contactar con el servicio de pago. Inténtelo de nuevo en un momento."
            }
            Self::TooOften => "Demasiados intentos. Espere un poco e inténtelo de nuevo.",
            Self::NoForm => {
                "El formulario de pago no se ha cargado. Compruebe su conexión e inténtelo de nuevo."
            }
            Self::Unsafe => {
                "No conocemos la dirección de la página de pago y nos hemos detenido. No se ha cobrado nada."
            }
            Self::Refused => "Este pago no se puede abrir. Póngase en contacto con nosotros.",
            Self::Missing => "No encontramos este pago.",
            Self::Email => "Correo electrónico: {email}",
            Self::Retry => "Intentar de nuevo",
            Self::Look => "Comprobar de nuevo",
            Self::Again => "Empezar de nuevo",
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
            Self::Away => {
                "Der Zahlungsdienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal."
            }
            Self::TooOften => {
                "Das waren zu viele Versuche. Bitte warten Sie etwas und versuchen Sie es dann noch einmal."
            }
            Self::NoForm => {
                "Das Zahlungsformular wurde nicht geladen. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal."
            }
            Self::Unsafe => {
                "Die Adresse der Zahlungsseite ist uns unbekannt, darum haben wir angehalten. Es wurde nichts abgebucht."
            }
            Self::Refused => {
                "Diese Zahlung kann nicht geöffnet werden. Bitte melden Sie sich bei uns."
            }
            Self::Missing => "Wir finden diese Zahlung nicht.",
            Self::Email => "E-Mail: {email}",
            Self::Retry => "Noch einmal versuchen",
            Self::Look => "Noch einmal prüfen",
            Self::Again => "Neu beginnen",
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
            Self::Away => "لا يمكننا الوصول إلى خدمة الدفع الآن. يُرجى المحاولة مرة أخرى بعد لحظة.",
            Self::TooOften => "محاولات كثيرة. يُرجى الانتظار قليلًا ثم المحاولة مرة أخرى.",
            Self::NoForm => "لم يُحمَّل نموذج الدفع. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",
            Self::Unsafe => "لا نعرف عنوان صفحة الدفع، فتوقفنا. لم يُخصم أي مبلغ.",
            Self::Refused => "لا يمكن فتح هذا الدفع. يُرجى التواصل معنا.",
            Self::Missing => "لا نجد هذا الدفع.",
            Self::Email => "البريد الإلكتروني: {email}",
            Self::Retry => "المحاولة مرة أخرى",
            Self::Look => "التحقق مرة أخرى",
            Self::Again => "البدء من جديد",
        }
    }
}

/// What is said of where it stands: the server's own sentence for a refusal that has one.
#[must_use]
pub fn sentence(stage: &Stage, locale: Locale) -> String {
    match stage {
        Stage::Stopped(Stop::Refused(Some(sentence))) => sentence.as_str().to_owned(),
        other => Word::of_stage(other).text(locale).to_owned(),
    }
}

/// The language of a sentence of the server's, where it is another.
#[must_use]
pub fn foreign(stage: &Stage, around: Locale) -> Option<Locale> {
    match stage {
        Stage::Stopped(Stop::Refused(Some(sentence))) => sentence.foreign(around),
        _ => None,
    }
}
