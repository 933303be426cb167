//! What the person at the till sees: what is under way and what to do at the reader, or how it ended.

use card_entry_protocol::dialect::quilt::Card;

use super::{Trouble, Word};
use crate::words::{Locale, WalletWord, fill};

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Looking for a reader.
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
}

impl Work {
    /// The word in `data-state`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Beginning => "beginning",
            Self::Waiting => "waiting",
            Self::Processing => "processing",
            Self::Capturing => "capturing",
            Self::Saving => "saving",
            Self::Releasing => "releasing",
        }
    }

    /// What to do meanwhile.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Connecting => Word::Connecting,
            Self::Beginning => Word::Beginning,
            Self::Waiting => Word::Waiting,
            Self::Processing => Word::Processing,
            Self::Capturing => Word::Capturing,
            Self::Saving => Word::Saving,
            Self::Releasing => Word::Releasing,
        }
    }
}

/// The payment was taken, and no card was kept: why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paid {
    /// A telephone or watch was held to the reader.
    NoReusableCard,
    /// The person at the till wanted it so.
    Skipped,
    /// The save may have worked or not, and was not asked again.
    Unsure,
    /// It was to be canceled, too late.
    TooLate,
}

impl Paid {
    /// What happened, and what now.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::NoReusableCard => Word::NoReusableCard,
            Self::Skipped => Word::Skipped,
            Self::Unsure => Word::Unsure,
            Self::TooLate => Word::TooLate,
        }
    }
}

/// What is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing was begun.
    Idle,
    /// This is under way.
    Busy(Work),
    /// *Cancel* was pressed while this was under way: its end is awaited.
    Stopping(Work),
    /// This failed, and can be tried again or canceled.
    Failed(Work, Trouble),
    /// Given up; nothing was taken.
    Canceled,
    /// The money was taken, the card not kept.
    Paid(Paid),
    /// The money was taken, the card kept.
    Saved(Card),
}

impl Shown {
    /// The word in `data-state`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Busy(work) => work.as_str(),
            Self::Stopping(_) => "stopping",
            Self::Failed(..) => "failed",
            Self::Canceled => "canceled",
            Self::Paid(_) => "paid",
            Self::Saved(_) => "saved",
        }
    }

    /// What is said politely; failures are [`Shown::alert`]s.
    #[must_use]
    pub fn status(&self, locale: Locale) -> Option<String> {
        let word = match self {
            Self::Idle | Self::Failed(..) => return None,
            Self::Busy(work) => work.word(),
            Self::Stopping(Work::Processing) => Word::StoppingCharge,
            Self::Stopping(Work::Capturing | Work::Saving) => Word::StoppingLate,
            Self::Stopping(_) => Word::Stopping,
            Self::Canceled => Word::Canceled,
            Self::Paid(paid) => paid.word(),
            Self::Saved(card) => {
                let (brand, last4) = (card.brand.title(), card.last4.as_str());
                let name = locale.wallet(WalletWord::Ending);
                let name = fill(name, &[("brand", brand), ("last4", last4)]);
                return Some(fill(Word::Saved.text(locale), &[("card", &name)]));
            }
        };
        Some(word.text(locale).to_owned())
    }

    /// What is said at once.
    #[must_use]
    pub fn alert(&self, locale: Locale) -> Option<String> {
        let Self::Failed(work, trouble) = self else {
            return None;
        };
        let why = trouble.sentence(locale);
        Some(match work {
            Work::Saving => fill(Word::NotSaved.text(locale), &[("why", &why)]),
            _ => why,
        })
    }

    /// Whether *Cancel* would do something.
    #[must_use]
    pub fn can_cancel(&self) -> bool {
        matches!(self, Self::Busy(work) if *work != Work::Releasing)
            || matches!(self, Self::Failed(work, _) if *work != Work::Releasing)
    }

    /// Whether *Try again* would do something.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        matches!(self, Self::Failed(..))
    }

    /// Whether a new payment may begin: the one before is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Idle | Self::Canceled | Self::Paid(_) | Self::Saved(_)
        )
    }
}
