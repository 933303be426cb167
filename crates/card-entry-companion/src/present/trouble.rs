//! What went wrong, by what the person at the till can do about it.
//!
//! Codes of Stripe Terminal: <https://docs.stripe.com/terminal/references/api/js-sdk#errors>.

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::quilt::{PaymentStatus, QuiltError, QuiltErrorCode};

use super::Word;
use crate::sentence::Sentence;
use crate::words::Locale;

/// Why a step did not end well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Stripe Terminal's script did not come.
    NoScript,
    /// There is no reader to connect to.
    NoReader,
    /// The reader went away, or cannot be spoken to.
    Lost,
    /// Reading was stopped by us.
    Canceled,
    /// The bank said no.
    Declined(DeclineReason),
    /// Nothing got through; whether the charge did, asking again tells.
    Network,
    /// The payment is elsewhere than this step begins: it has this id and status.
    Moved(String, PaymentStatus),
    /// The site's server did not answer, or not readably.
    Unclear,
    /// The session is over.
    SignIn,
    /// The server's no, with its sentence.
    Refused(Option<Sentence>),
    /// Anything else of the reader.
    Reader,
}

impl Trouble {
    /// Reads what Terminal gives as `error`: its codes, and of a payment that moved on its id and status.
    #[must_use]
    pub fn of_reader(
        code: &str,
        decline_code: Option<&str>,
        payment: Option<(String, PaymentStatus)>,
    ) -> Self {
        match (code, payment) {
            ("canceled", _) => Self::Canceled,
            ("payment_intent_unexpected_state", Some((id, status))) => Self::Moved(id, status),
            ("network_error" | "network_timeout" | "request_timed_out", _) => Self::Network,
            ("no_established_connection" | "reader_error" | "reader_offline", _) => Self::Lost,
            ("failed_fetch_connection_token", _) => Self::Unclear,
            ("card_declined" | "expired_card" | "incorrect_cvc" | "processing_error", _) => {
                Self::Declined(DeclineReason::from_codes(Some(code), decline_code))
            }
            _ if decline_code.is_some() => Self::Declined(DeclineReason::from_codes(
                Some("card_declined"),
                decline_code,
            )),
            _ => Self::Reader,
        }
    }

    /// What a server's no means.
    #[must_use]
    pub fn of_server(failure: &QuiltError) -> Self {
        match failure.code {
            QuiltErrorCode::Unauthorized => Self::SignIn,
            _ => Self::Refused(failure.message.as_deref().and_then(Sentence::parse)),
        }
    }

    /// The sentence; it says what to do.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        let word = match self {
            Self::NoScript => Word::NoScript,
            Self::NoReader => Word::NoReader,
            Self::Lost => Word::Lost,
            Self::Canceled => Word::Stopped,
            Self::Declined(DeclineReason::InsufficientFunds) => Word::NotEnough,
            Self::Declined(DeclineReason::Expired) => Word::Expired,
            Self::Declined(DeclineReason::TryAgain) => Word::TryLater,
            Self::Declined(_) => Word::Declined,
            Self::Network => Word::Network,
            Self::Moved(..) | Self::Reader => Word::Reader,
            Self::Unclear => Word::Unclear,
            Self::SignIn => Word::SignIn,
            Self::Refused(Some(sentence)) => return sentence.as_str().to_owned(),
            Self::Refused(None) => Word::Refused,
        };
        word.text(locale).to_owned()
    }
}
