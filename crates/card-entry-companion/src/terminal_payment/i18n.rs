//! Every text of a payment at a card reader, by locale. The compiler checks that each locale has a text for every key.
//!
//! Called by [`super::TerminalPaymentState`] and the Leptos `CardPresent`. Read by the clerk; a text must never contain
//! a
//! decline reason that would help a thief.

mod ar;
mod de;
mod en;
mod es;
mod fr;

use crate::i18n::{Locale, message_keys};

message_keys!(
    /// The key of a text. The English texts in `i18n/en.rs` show what each key is for.
    #[allow(missing_docs)]
    TerminalMessageKey {
        Title,
        ReaderStep,
        CardStep,
        PaymentStep,
        SaveStep,
        /// The button that starts; has the placeholder `{price}`.
        Take,
        Connecting,
        Beginning,
        Waiting,
        Processing,
        Capturing,
        Saving,
        Releasing,
        /// Cancel was pressed while the bank answers.
        StoppingCharge,
        /// Cancel was pressed while the payment is captured.
        StoppingLate,
        Stopping,
        Canceled,
        NoReusableCard,
        Skipped,
        Unsure,
        TooLate,
        /// Has the placeholder `{card}`, a card's name.
        Saved,
        /// Paid, but the save failed; has the placeholder `{why}`.
        NotSaved,
        NoScript,
        NoReader,
        Lost,
        Stopped,
        NotEnough,
        Expired,
        TryLater,
        /// Declined for a reason that is not shown.
        Declined,
        Network,
        /// Any other error of the reader.
        Reader,
        Unclear,
        SignIn,
        /// The server refused without a message of its own.
        Refused,
    }
);

impl TerminalMessageKey {
    /// The text in a locale.
    #[must_use]
    pub fn text(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => en::text(self),
            Locale::Fr => fr::text(self),
            Locale::Es => es::text(self),
            Locale::De => de::text(self),
            Locale::Ar => ar::text(self),
        }
    }
}
