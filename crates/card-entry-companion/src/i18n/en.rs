//! The English texts. Every other locale is checked against them.

use super::{EntryMessageKey, WalletMessageKey as W};

pub(super) fn entry_text(key: EntryMessageKey) -> &'static str {
    match key {
        EntryMessageKey::FrameTitle => "Card details",
        EntryMessageKey::SignIn => {
            "Please sign in again. Your card is kept and will be saved then."
        }
        EntryMessageKey::Checking => "We’re checking whether your card was saved.",
        EntryMessageKey::Wait => "One moment. We’ll try again in {seconds} seconds.",
        EntryMessageKey::TryLater => "Your card was not saved. Please try again in a few minutes.",
        EntryMessageKey::Refused => "This card can’t be saved here. Please use another card.",
        EntryMessageKey::Verify => "Your bank wants to verify this card. Please try again.",
        EntryMessageKey::Unclear => {
            "We couldn’t confirm that your card was saved. Please try again."
        }
        EntryMessageKey::NotReady => "We couldn’t start saving your card. Please try again.",
        EntryMessageKey::Silent => "The card form didn’t load. Please try again.",
        EntryMessageKey::Embedded => {
            "The card form can’t be shown inside another site. Please open this page in its own tab."
        }
        EntryMessageKey::Left => "The card form was closed for your safety. Please open it again.",
        EntryMessageKey::BadSetup => {
            "This card form isn’t set up correctly. Please tell the site you’re booking with."
        }
        EntryMessageKey::Retry => "Try again",
    }
}

pub(super) fn wallet_text(key: W) -> &'static str {
    match key {
        W::Cards => "Your cards",
        W::YourCard => "Your card",
        W::Ending => "{brand} ending in {last4}",
        W::Expires => "Expires {expiry}",
        W::ExpiredOn => "Expired {expiry}",
        W::Expired => "Expired",
        W::ExpiresSoon => "Expires soon",
        W::ExpiresBefore => "Expires before the appointment",
        W::Default => "Default",
        W::Empty => "No card saved yet",
        W::EmptyHint => "Save a card once and never type it again.",
        W::Add => "Add a card",
        W::Replace => "Replace",
        W::ReplaceThis => "Replace this card",
        W::Delete => "Delete",
        W::DeleteCard => "Delete {card}",
        W::ReplaceCard => "Replace {card}",
        W::Cancel => "Cancel",
        W::Continue => "Continue",
        W::SignInButton => "Sign in",
        W::ReplaceWarning => "Your new card will replace {card}.",
        W::DeleteQuestion => "Delete {card}?",
        W::DeleteYes => "Delete card",
        W::Deleting => "Deleting {card}…",
        W::Deleted => "{card} was deleted.",
        W::DeleteRefused => "This card can’t be deleted right now.",
        W::DeleteUnclear => "We couldn’t confirm that the card was deleted. Please try again.",
        W::MakeDefault => "Make default",
        W::MakeDefaultCard => "Make default: {card}",
        W::Choosing => "Making {card} the default…",
        W::Chosen => "{card} is now your default card.",
        W::ChooseRefused => "The default card can’t be changed right now.",
        W::ChooseUnclear => "We couldn’t confirm that the default was changed. Please try again.",
        W::Saved => "{card} was saved.",
        W::SavedAgain => "{card} was already saved. Nothing else changed.",
        W::Replaced => "{card} is now your card.",
        W::Loading => "Loading your cards…",
        W::LoadingSlow => "This is taking longer than usual…",
        W::LoadFailed => "We couldn’t load your cards. They are safe.",
        W::SignInToSee => "Please sign in again to see your cards.",
        W::AddTitle => "Add a card",
        W::ReplaceTitle => "Replace your card",
    }
}
