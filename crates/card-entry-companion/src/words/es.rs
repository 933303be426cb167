//! Spanish.

use super::{WalletWord as W, Word};

pub(super) fn word(word: Word) -> &'static str {
    match word {
        Word::FrameTitle => "Datos de la tarjeta",
        Word::SignIn => "Inicie sesión de nuevo. Su tarjeta se conserva y se guardará después.",
        Word::Checking => "Estamos comprobando si su tarjeta se guardó.",
        Word::Wait => "Un momento. Volveremos a intentarlo en {seconds} segundos.",
        Word::TryLater => "Su tarjeta no se guardó. Inténtelo de nuevo en unos minutos.",
        Word::Refused => "Esta tarjeta no se puede guardar aquí. Use otra tarjeta.",
        Word::Verify => "Su banco quiere verificar esta tarjeta. Inténtelo de nuevo.",
        Word::Unclear => "No pudimos confirmar que su tarjeta se guardó. Inténtelo de nuevo.",
        Word::NotReady => "No pudimos empezar a guardar su tarjeta. Inténtelo de nuevo.",
        Word::Silent => "El formulario de la tarjeta no se cargó. Inténtelo de nuevo.",
        Word::Embedded => {
            "El formulario no se puede mostrar dentro de otro sitio. Abra esta página en su propia pestaña."
        }
        Word::Left => "El formulario se cerró por su seguridad. Ábralo de nuevo.",
        Word::BadSetup => {
            "Este formulario de tarjeta no está bien configurado. Avise al sitio donde reserva."
        }
        Word::Retry => "Reintentar",
    }
}

pub(super) fn wallet(word: W) -> &'static str {
    match word {
        W::Cards => "Sus tarjetas",
        W::YourCard => "Su tarjeta",
        W::Ending => "{brand} terminada en {last4}",
        W::Expires => "Caduca en {expiry}",
        W::ExpiredOn => "Caducó en {expiry}",
        W::Expired => "Caducada",
        W::ExpiresSoon => "Caduca pronto",
        W::ExpiresBefore => "Caduca antes de la cita",
        W::Default => "Predeterminada",
        W::Empty => "Aún no hay ninguna tarjeta",
        W::EmptyHint => "Guarde una tarjeta y no tendrá que volver a escribirla.",
        W::Add => "Añadir una tarjeta",
        W::Replace => "Reemplazar",
        W::ReplaceThis => "Reemplazar esta tarjeta",
        W::Delete => "Eliminar",
        W::DeleteCard => "Eliminar {card}",
        W::ReplaceCard => "Reemplazar {card}",
        W::Cancel => "Cancelar",
        W::Continue => "Continuar",
        W::SignInButton => "Iniciar sesión",
        W::ReplaceWarning => "Su nueva tarjeta reemplazará a {card}.",
        W::DeleteQuestion => "¿Eliminar {card}?",
        W::DeleteYes => "Eliminar tarjeta",
        W::Deleting => "Eliminando {card}…",
        W::Deleted => "{card} se eliminó.",
        W::DeleteRefused => "Esta tarjeta no se puede eliminar ahora.",
        W::DeleteUnclear => "No pudimos confirmar la eliminación. Inténtelo de nuevo.",
        W::MakeDefault => "Usar como predeterminada",
        W::MakeDefaultCard => "Usar como predeterminada: {card}",
        W::Choosing => "Cambiando a {card} como predeterminada…",
        W::Chosen => "{card} es ahora su tarjeta predeterminada.",
        W::ChooseRefused => "La tarjeta predeterminada no se puede cambiar ahora.",
        W::ChooseUnclear => "No pudimos confirmar el cambio. Inténtelo de nuevo.",
        W::Saved => "{card} se guardó.",
        W::SavedAgain => "{card} ya estaba guardada. No cambió nada más.",
        W::Replaced => "{card} es ahora su tarjeta.",
        W::Loading => "Cargando sus tarjetas…",
        W::LoadingSlow => "Está tardando más de lo habitual…",
        W::LoadFailed => "No pudimos cargar sus tarjetas. Están a salvo.",
        W::SignInToSee => "Inicie sesión de nuevo para ver sus tarjetas.",
        W::AddTitle => "Añadir una tarjeta",
        W::ReplaceTitle => "Reemplazar su tarjeta",
    }
}
