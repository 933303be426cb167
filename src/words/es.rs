//! Spanish.

use super::Word;
use card_entry_protocol::decline::Refusal;

pub(super) fn say(word: Word) -> &'static str {
    match word {
        Word::Number => "Número de tarjeta",
        Word::Expiry => "Fecha de caducidad",
        Word::Cvc => "Código de seguridad",
        Word::Payment => "Datos de pago",
        Word::Name => "Nombre en la tarjeta",
        Word::PostalCode => "Código postal",
        Word::Country => "País",
        Word::ChooseCountry => "Elija un país",
        Word::Save => "Guardar tarjeta",
        Word::Retry => "Reintentar",
        Word::Another => "Introducir otra tarjeta",
        Word::TestMode => "Modo de prueba",
        Word::Takes => "Este sitio acepta:",
        Word::Credit => "crédito",
        Word::Debit => "débito",
        Word::Prepaid => "prepago",
        Word::Loading => "Cargando el formulario…",
        Word::Safe => "Su número de tarjeta va directamente a Stripe, no a este sitio.",
        Word::StillLoading => "Sigue cargando. Puede que su conexión sea lenta.",
        Word::Saving => "Guardando su tarjeta…",
        Word::StillSaving => "Seguimos guardando. Mantenga abierta esta página.",
        Word::Confirming => "Su banco está comprobando la tarjeta…",
        Word::Challenge => "Su banco le pide que confirme su identidad. Siga sus pasos.",
        Word::Checking => {
            "Estamos comprobando si su tarjeta se guardó. No la introduzca otra vez todavía."
        }
        Word::Saved => "Su tarjeta está guardada.",
        Word::Sent => "Los datos de su tarjeta se enviaron al sitio de reservas.",
        Word::FillNumber => "Introduzca el número de tarjeta.",
        Word::FillExpiry => "Introduzca la fecha de caducidad.",
        Word::FillCvc => "Introduzca el código de seguridad.",
        Word::FillPayment => "Complete sus datos de pago.",
        Word::FillName => "Introduzca el nombre en la tarjeta.",
        Word::FillPostalCode => "Introduzca el código postal.",
        Word::FillCountry => "Elija un país.",
        Word::Agree => "Marque la casilla para continuar.",
        Word::NumberInText => "Esto parece un número de tarjeta. Introdúzcalo solo en su campo.",
        Word::NoAnswer => {
            "No pudimos contactar con el servicio de tarjetas. Su tarjeta no se guardó. Inténtelo otra vez."
        }
        Word::NoIntent => "El sitio no respondió. Su tarjeta no se guardó. Inténtelo otra vez.",
        Word::NotSaved => "El sitio no pudo guardar su tarjeta. Inténtelo otra vez.",
        Word::NotACard => "Aquí solo se puede guardar una tarjeta. Elija una tarjeta.",
        Word::BrandNotTaken => "Este sitio no acepta esta marca. Use otra tarjeta.",
        Word::FundingNotTaken => "Este sitio no acepta este tipo de tarjeta. Use otra tarjeta.",
        Word::BadSetup => "Este formulario no está bien configurado. Avise al sitio donde reserva.",
        Word::NotEmbedded => {
            "Este formulario funciona dentro de un sitio de reservas. Vuelva a ese sitio."
        }
        Word::ScriptBlocked => {
            "Los campos seguros no se pudieron cargar. Revise su conexión o su bloqueador."
        }
        Word::ScriptSlow => "Los campos seguros tardan demasiado. Revise su conexión.",
        Word::ScriptWrong => "Los campos seguros no llegaron como debían. Inténtelo otra vez.",
        Word::FieldFailed => "Un campo de la tarjeta no se pudo cargar. Inténtelo otra vez.",
    }
}

pub(super) fn refuse(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::FixField => "Revise el campo marcado.",
        Refusal::WrongNumber => "El número de tarjeta no coincide. Revíselo e inténtelo otra vez.",
        Refusal::WrongCvc => "El código de seguridad no coincide. Revíselo e inténtelo otra vez.",
        Refusal::WrongPostalCode => "El código postal no coincide. Revíselo e inténtelo otra vez.",
        Refusal::Expired => "Esta tarjeta ha caducado. Use otra tarjeta.",
        Refusal::Declined => {
            "Su banco no aceptó esta tarjeta. Use otra tarjeta o consulte a su banco."
        }
        Refusal::InsufficientFunds => "Esta tarjeta no tiene fondos suficientes. Use otra tarjeta.",
        Refusal::NotSupported => "Esta tarjeta no se puede usar aquí. Use otra tarjeta.",
        Refusal::LimitReached => "Esta tarjeta alcanzó su límite. Use otra tarjeta.",
        Refusal::TryAgain => "El banco no pudo responder. Inténtelo otra vez en un momento.",
        Refusal::NotVerified => {
            "Su banco no pudo verificar esta tarjeta. Inténtelo otra vez o use otra tarjeta."
        }
        Refusal::Moved => "Estamos comprobando si su tarjeta se guardó.",
        Refusal::Configuration => {
            "Este formulario no está bien configurado. Su tarjeta no se guardó."
        }
    }
}
