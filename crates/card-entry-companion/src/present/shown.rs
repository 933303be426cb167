//! What the person at the till sees: what is under way and what to do at the reader, or how it ended.

use card_entry_protocol::dialect::quilt::Card;

use super::Trouble;

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
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Connecting => "Connecting to the reader…",
            Self::Beginning => "Reader connected. Preparing the payment…",
            Self::Waiting => "Ask the customer to insert, tap or swipe the card at the reader.",
            Self::Processing => "Charging the card. Leave it in the reader.",
            Self::Capturing => "Approved: the card can be taken out. Taking the payment…",
            Self::Saving => "Payment taken. Saving the card…",
            Self::Releasing => "Canceling the payment…",
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
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoReusableCard => {
                "Payment taken. This card can’t be saved: a phone or watch was used. To save a card, ask for the card \
                 itself next time."
            }
            Self::Skipped => "Payment taken. The card was not saved.",
            Self::Unsure => {
                "Payment taken. The card may or may not be saved: the list of cards tells."
            }
            Self::TooLate => {
                "The payment had gone through before it could be canceled. The card was not saved."
            }
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
    pub fn status(&self) -> Option<String> {
        Some(match self {
            Self::Idle | Self::Failed(..) => return None,
            Self::Busy(work) => work.sentence().to_owned(),
            Self::Stopping(Work::Processing) => {
                "Canceling. The bank is still answering: leave the card in the reader.".to_owned()
            }
            Self::Stopping(Work::Capturing | Work::Saving) => {
                "Finishing what can’t be stopped any more…".to_owned()
            }
            Self::Stopping(_) => "Canceling…".to_owned(),
            Self::Canceled => "Canceled. Nothing was charged.".to_owned(),
            Self::Paid(paid) => paid.sentence().to_owned(),
            Self::Saved(card) => format!(
                "Payment taken. {} ending in {} is saved for next time.",
                card.brand.title(),
                card.last4
            ),
        })
    }

    /// What is said at once.
    #[must_use]
    pub fn alert(&self) -> Option<String> {
        match self {
            Self::Failed(Work::Saving, trouble) => {
                Some(format!("The payment was taken. {}", trouble.sentence()))
            }
            Self::Failed(_, trouble) => Some(trouble.sentence()),
            _ => None,
        }
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
