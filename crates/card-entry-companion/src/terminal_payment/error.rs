//! Errors of a payment at a card reader, named after what the clerk can do.
//!
//! It must never reveal a decline reason that would help a thief.
//! Codes of Stripe Terminal: <https://docs.stripe.com/terminal/references/api/js-sdk#errors>.

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::quilt::{PaymentStatus, QuiltError, QuiltErrorCode};

use super::TerminalMessageKey;
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;

/// Why a step failed, and so what the clerk can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalError {
    /// The script of Stripe Terminal did not load.
    NoScript,
    /// No reader was discovered.
    NoReader,
    /// The connection to the reader was lost.
    ReaderLost,
    /// Reading was stopped, by us or at the reader.
    ReadingStopped,
    /// The bank declined the card, for this reason.
    Declined(DeclineReason),
    /// The reader did not reach the bank; the charge may have succeeded.
    Network,
    /// The payment with this id has this status, which does not fit the step.
    UnexpectedState(String, PaymentStatus),
    /// The site's server did not answer, or not readably.
    Indeterminate,
    /// The session with the site's server has ended.
    SignIn,
    /// The server refused, with its message if it is fit to be shown.
    Refused(Option<DisplayMessage>),
    /// Any other error of the reader.
    Reader,
}

impl TerminalError {
    /// The error for what Terminal returns as `error`: its `code`, its `decline_code`, and the id and status of its
    /// payment.
    #[must_use]
    pub fn from_reader(
        code: &str,
        decline_code: Option<&str>,
        payment: Option<(String, PaymentStatus)>,
    ) -> Self {
        match (code, payment) {
            ("canceled", _) => Self::ReadingStopped,
            ("payment_intent_unexpected_state", Some((id, status))) => {
                Self::UnexpectedState(id, status)
            }
            ("network_error" | "network_timeout" | "request_timed_out", _) => Self::Network,
            ("no_established_connection" | "reader_error" | "reader_offline", _) => {
                Self::ReaderLost
            }
            ("failed_fetch_connection_token", _) => Self::Indeterminate,
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

    /// The error for a refusal of the server.
    #[must_use]
    pub fn from_server(failure: &QuiltError) -> Self {
        match failure.code {
            QuiltErrorCode::Unauthorized => Self::SignIn,
            _ => Self::Refused(failure.message.as_deref().and_then(DisplayMessage::parse)),
        }
    }

    /// The text for the clerk; it says what to do.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let key = match self {
            Self::NoScript => TerminalMessageKey::NoScript,
            Self::NoReader => TerminalMessageKey::NoReader,
            Self::ReaderLost => TerminalMessageKey::Lost,
            Self::ReadingStopped => TerminalMessageKey::Stopped,
            Self::Declined(DeclineReason::InsufficientFunds) => TerminalMessageKey::NotEnough,
            Self::Declined(DeclineReason::Expired) => TerminalMessageKey::Expired,
            Self::Declined(DeclineReason::TryAgain) => TerminalMessageKey::TryLater,
            Self::Declined(_) => TerminalMessageKey::Declined,
            Self::Network => TerminalMessageKey::Network,
            Self::UnexpectedState(..) | Self::Reader => TerminalMessageKey::Reader,
            Self::Indeterminate => TerminalMessageKey::Unclear,
            Self::SignIn => TerminalMessageKey::SignIn,
            Self::Refused(Some(message)) => return message.as_str().to_owned(),
            Self::Refused(None) => TerminalMessageKey::Refused,
        };
        key.text(locale).to_owned()
    }
}
