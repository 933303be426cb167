//! The Spanish texts.

use super::TerminalMessageKey as W;

pub(super) fn text(key: W) -> &'static str {
    match key {
        W::Title => "Lector de tarjetas",
        W::ReaderStep => "Lector",
        W::CardStep => "Tarjeta",
        W::PaymentStep => "Pago",
        W::SaveStep => "Guardado",
        W::Take => "Cobrar con tarjeta · {price}",
        W::Connecting => "Conectando con el lector…",
        W::Beginning => "Lector conectado. Preparando el pago…",
        W::Waiting => "Pida al cliente que inserte, acerque o deslice la tarjeta en el lector.",
        W::Processing => "Cobrando. Deje la tarjeta en el lector.",
        W::Capturing => "Aprobado: ya se puede retirar la tarjeta. Cobrando el pago…",
        W::Saving => "Pago cobrado. Guardando la tarjeta…",
        W::Releasing => "Cancelando el pago…",
        W::StoppingCharge => {
            "Cancelando. El banco aún está respondiendo: deje la tarjeta en el lector."
        }
        W::StoppingLate => "Terminando lo que ya no se puede detener…",
        W::Stopping => "Cancelando…",
        W::Canceled => "Cancelado. No se cobró nada.",
        W::NoReusableCard => {
            "Pago cobrado. No se puede guardar: se usó un teléfono o un reloj. La próxima vez, pida la tarjeta misma."
        }
        W::Skipped => "Pago cobrado. La tarjeta no se guardó.",
        W::Unsure => "Pago cobrado. La lista de tarjetas dirá si la tarjeta se guardó.",
        W::TooLate => "El pago se completó antes de poder cancelarlo. La tarjeta no se guardó.",
        W::Saved => "Pago cobrado. {card} queda guardada para la próxima vez.",
        W::NotSaved => "El pago se cobró. {why}",
        W::NoScript => {
            "El programa del lector no se cargó. Compruebe la conexión e inténtelo de nuevo."
        }
        W::NoReader => "No se encontró ningún lector. Enciéndalo e inténtelo de nuevo.",
        W::Lost => {
            "El lector perdió la conexión. Compruebe que está encendido y cerca, e inténtelo de nuevo: sigue el mismo \
             pago."
        }
        W::Stopped => "La lectura se detuvo en el lector. Inténtelo de nuevo o cancele el pago.",
        W::NotEnough => "La tarjeta fue rechazada: saldo insuficiente. Inténtelo con otra tarjeta.",
        W::Expired => "La tarjeta ha caducado. Inténtelo con otra tarjeta.",
        W::TryLater => "El banco no pudo responder ahora. Inténtelo de nuevo en un momento.",
        W::Declined => "La tarjeta fue rechazada. Inténtelo con otra tarjeta.",
        W::Network => {
            "El lector no pudo contactar con el banco. Inténtelo de nuevo: sigue el mismo pago y nada se cobra dos veces."
        }
        W::Reader => "El lector no pudo hacerlo. Inténtelo de nuevo: sigue el mismo pago.",
        W::Unclear => {
            "No pudimos contactar con el servidor. Inténtelo de nuevo: sigue el mismo pago y nada se cobra dos veces."
        }
        W::SignIn => "Su sesión ha terminado. Inicie sesión e inténtelo de nuevo.",
        W::Refused => "El servidor lo rechazó. Inténtelo de nuevo o cancele el pago.",
    }
}
