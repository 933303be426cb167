//! The Spanish texts.

use super::{EntryMessageKey, WalletMessageKey as W};

pub(super) fn entry_text(key: EntryMessageKey) -> &'static str {
    match key {
        EntryMessageKey::FrameTitle => "Datos de la tarjeta",
        EntryMessageKey::SignIn => {
            "Inicie sesión de nuevo. Su tarjeta se conserva y se guardará después."
        }
        EntryMessageKey::Checking => "Estamos comprobando si su tarjeta se guardó.",
        EntryMessageKey::Wait => "Un momento. Volveremos a intentarlo en {seconds} segundos.",
        EntryMessageKey::TryLater => "Su tarjeta no se guardó. Inténtelo de nuevo en unos minutos.",
        EntryMessageKey::Refused => "Esta tarjeta no se puede guardar aquí. Use otra tarjeta.",
        EntryMessageKey::Verify => "Su banco quiere verificar esta tarjeta. Inténtelo de nuevo.",
        EntryMessageKey::Unclear => {
            "No pudimos confirmar que su tarjeta se guardó. Inténtelo de nuevo."
        }
        EntryMessageKey::NotReady => "No pudimos empezar a guardar su tarjeta. Inténtelo de nuevo.",
        EntryMessageKey::Silent => "El formulario de la tarjeta no se cargó. Inténtelo de nuevo.",
        EntryMessageKey::Embedded => {
            "El formulario no se puede mostrar dentro de otro sitio. Abra esta página en su propia pestaña."
        }
        EntryMessageKey::Left => "El formulario se cerró por su seguridad. Ábralo de nuevo.",
        EntryMessageKey::BadSetup => {
            "Este formulario de tarjeta no está bien configurado. Avise al sitio donde reserva."
        }
        EntryMessageKey::Retry => "Reintentar",
    }
}

pub(super) fn wallet_text(key: W) -> &'static str {
    match key {
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
