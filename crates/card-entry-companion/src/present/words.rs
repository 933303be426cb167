//! Every sentence of a card at a reader, by locale. The compiler checks that each locale answers for every [`Word`].
//!
//! Called by [`super::Shown`] and the Leptos `CardPresent`. Read by whoever stands at the till; never a word of why a
//! bank refused that a thief could use.

mod ar;
mod de;
mod en;
mod es;
mod fr;

use crate::words::{Locale, words};

words!(
    /// What is said.
    Word {
        /// The name of the whole, for a reader of the screen.
        Title,
        /// The first step.
        ReaderStep,
        /// The second.
        CardStep,
        /// The third.
        PaymentStep,
        /// The last.
        SaveStep,
        /// The button that begins: `{price}`.
        Take,
        /// A reader is looked for.
        Connecting,
        /// The server makes the payment.
        Beginning,
        /// A card is awaited at the reader.
        Waiting,
        /// The reader charges the card.
        Processing,
        /// The server takes the money.
        Capturing,
        /// The server keeps the card.
        Saving,
        /// The server gives the payment up.
        Releasing,
        /// To be canceled, while the bank still answers.
        StoppingCharge,
        /// To be canceled, when the money is on its way.
        StoppingLate,
        /// To be canceled.
        Stopping,
        /// Canceled.
        Canceled,
        /// Paid with a telephone or watch.
        NoReusableCard,
        /// Paid, and not kept as the clerk wanted.
        Skipped,
        /// Paid; whether the card is kept is not known.
        Unsure,
        /// Paid before it could be canceled.
        TooLate,
        /// Paid and kept: `{card}`.
        Saved,
        /// Paid, and keeping failed: `{why}`.
        NotSaved,
        /// Stripe Terminal's script did not come.
        NoScript,
        /// There is no reader.
        NoReader,
        /// The reader went away.
        Lost,
        /// Stopped at the reader itself.
        Stopped,
        /// Declined: not enough money.
        NotEnough,
        /// Declined: expired.
        Expired,
        /// The bank could not answer.
        TryLater,
        /// Declined, without a reason that may be told.
        Declined,
        /// The reader could not reach the bank.
        Network,
        /// Anything else of the reader.
        Reader,
        /// The server could not be reached.
        Unclear,
        /// The session is over.
        SignIn,
        /// The server said no without a sentence.
        Refused,
    }
);

impl Word {
    /// The sentence.
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
