//! The English texts. Every other locale is checked against them.

use super::TerminalMessageKey as W;

pub(super) fn text(key: W) -> &'static str {
    match key {
        W::Title => "Card reader",
        W::ReaderStep => "Reader",
        W::CardStep => "Card",
        W::PaymentStep => "Payment",
        W::SaveStep => "Save",
        W::Take => "Take card · {price}",
        W::Connecting => "Connecting to the reader…",
        W::Beginning => "Reader connected. Preparing the payment…",
        W::Waiting => "Ask the customer to insert, tap or swipe the card at the reader.",
        W::Processing => "Charging the card. Leave it in the reader.",
        W::Capturing => "Approved: the card can be taken out. Taking the payment…",
        W::Saving => "Payment taken. Saving the card…",
        W::Releasing => "Canceling the payment…",
        W::StoppingCharge => {
            "Canceling. The bank is still answering: leave the card in the reader."
        }
        W::StoppingLate => "Finishing what can’t be stopped any more…",
        W::Stopping => "Canceling…",
        W::Canceled => "Canceled. Nothing was charged.",
        W::NoReusableCard => {
            "Payment taken. This card can’t be saved: a phone or watch was used. To save a card, ask for the card \
             itself next time."
        }
        W::Skipped => "Payment taken. The card was not saved.",
        W::Unsure => "Payment taken. The card may or may not be saved: the list of cards tells.",
        W::TooLate => {
            "The payment had gone through before it could be canceled. The card was not saved."
        }
        W::Saved => "Payment taken. {card} is saved for next time.",
        W::NotSaved => "The payment was taken. {why}",
        W::NoScript => "The reader’s software didn’t load. Check the connection, then try again.",
        W::NoReader => "No reader was found. Switch it on, then try again.",
        W::Lost => {
            "The reader lost its connection. Check that it is on and near, then try again: the same payment goes on."
        }
        W::Stopped => "Reading was stopped at the reader. Try again, or cancel the payment.",
        W::NotEnough => "The card was declined: not enough money. Try again with another card.",
        W::Expired => "The card has expired. Try again with another card.",
        W::TryLater => "The bank couldn’t answer just now. Try again in a moment.",
        W::Declined => "The card was declined. Try again with another card.",
        W::Network => {
            "The reader couldn’t reach the bank. Try again: the same payment goes on, and nothing is charged twice."
        }
        W::Reader => "The reader couldn’t do that. Try again: the same payment goes on.",
        W::Unclear => {
            "We couldn’t reach the server. Try again: the same payment goes on, and nothing is charged twice."
        }
        W::SignIn => "Your session has ended. Sign in again, then try again.",
        W::Refused => "The server refused this. Try again, or cancel the payment.",
    }
}
