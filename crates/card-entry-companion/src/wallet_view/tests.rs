//! Every step that a person can take in the wallet.

use super::*;
use crate::i18n::{Locale, WalletMessageKey};
use crate::state::EntryState;
use crate::wallet::samples::{card, details};
use crate::wallet::{SavedWallet, WalletError};
use crate::wallet_view::announcement::name;

mod default;
mod delete;
mod order;

const ONE: Capabilities = Capabilities::SINGLE_CARD;
const MANY: Capabilities = Capabilities::MULTIPLE_CARDS;

fn with(capabilities: Capabilities, cards: &[(&str, &str)]) -> WalletViewModel {
    let mut view = WalletViewModel::new(capabilities);
    let cards = cards.iter().map(|(id, last4)| card(id, last4)).collect();
    view.handle(WalletEvent::Loaded(Ok(cards)));
    view
}

fn saved_wallet(cards: Vec<Card>) -> SavedWallet {
    SavedWallet {
        cards,
        already_saved: false,
    }
}

fn id(text: &str) -> SavedCardId {
    SavedCardId(text.to_owned())
}

fn text(announcement: Option<&Announcement>) -> String {
    announcement.map_or(String::new(), |announcement| {
        announcement.text(Locale::En.into())
    })
}

#[test]
fn an_empty_wallet_has_one_action() {
    let mut view = with(ONE, &[]);
    assert_eq!(view.as_str(), "empty");
    assert!(view.can_add() && !view.can_replace());
    assert_eq!(
        view.handle(WalletEvent::Add),
        (None, Some(FocusTarget::Panel))
    );
    assert_eq!(view.as_str(), "adding");
    assert_eq!(
        view.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Add))
    );
    view.handle(WalletEvent::Add);
    let saved = WalletEvent::Saved(
        Box::new(details("4242")),
        saved_wallet(vec![card("a", "4242")]),
    );
    assert_eq!(
        view.handle(saved),
        (Some(WalletCommand::NotifyCards), Some(FocusTarget::Row(0)))
    );
    assert_eq!(text(view.status()), "Visa ending in 4242 was saved.");
    assert_eq!(view.as_str(), "list");
}

#[test]
fn the_form_cannot_be_closed_during_a_save_and_the_list_is_read_after_it() {
    let mut view = with(MANY, &[]);
    view.handle(WalletEvent::Add);
    assert_eq!(
        view.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Add))
    );
    view.handle(WalletEvent::Add);
    view.handle(WalletEvent::SaveStarted);
    for asking in [EntryState::Saving, EntryState::Checking] {
        view.handle(WalletEvent::FormState(asking));
        assert!(view.is_saving());
        assert_eq!(view.handle(WalletEvent::Cancel), (None, None));
        assert_eq!(view.as_str(), "adding");
    }
    view.handle(WalletEvent::FormState(EntryState::Ready));
    let closed = (Some(WalletCommand::Load), Some(FocusTarget::Add));
    assert_eq!(view.handle(WalletEvent::Cancel), closed);
    assert_eq!(view.as_str(), "empty");
    // The next form starts without the state of the last one.
    view.handle(WalletEvent::Add);
    assert_eq!(
        view.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Add))
    );
}

#[test]
fn a_replace_warns_first_and_names_the_card() {
    let mut view = with(ONE, &[("a", "4242")]);
    assert!(!view.can_add());
    assert_eq!(view.handle(WalletEvent::Continue), (None, None));
    assert_eq!(
        view.handle(WalletEvent::Replace),
        (None, Some(FocusTarget::Warning))
    );
    assert_eq!(
        (view.panel(), view.as_str()),
        (FormPanel::Warning, "replacing")
    );
    assert_eq!(
        view.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Replace(0)))
    );
    view.handle(WalletEvent::Replace);
    assert_eq!(
        view.handle(WalletEvent::Continue),
        (None, Some(FocusTarget::Panel))
    );
    view.handle(WalletEvent::Saved(
        Box::new(details("4444")),
        saved_wallet(vec![card("b", "4444")]),
    ));
    assert_eq!(text(view.status()), "Visa ending in 4444 is now your card.");
    assert_eq!(view.cards().len(), 1);
}

#[test]
fn a_card_that_is_saved_twice_is_announced_as_such() {
    let mut view = with(MANY, &[("a", "4242")]);
    view.handle(WalletEvent::Add);
    view.handle(WalletEvent::Saved(
        Box::new(details("4242")),
        saved_wallet(vec![card("a", "4242")]),
    ));
    assert_eq!(
        text(view.status()),
        "Visa ending in 4242 was already saved. Nothing else changed."
    );
}

#[test]
fn a_wallet_without_a_list_only_adds() {
    let mut view = WalletViewModel::new(Capabilities {
        list: false,
        ..MANY
    });
    assert_eq!(view.as_str(), "empty");
    assert!(view.can_add());
    view.handle(WalletEvent::Add);
    view.handle(WalletEvent::Saved(
        Box::new(details("4242")),
        saved_wallet(vec![card("a", "4242")]),
    ));
    assert_eq!(text(view.status()), "Visa ending in 4242 was saved.");
    assert_eq!(
        view.handle(WalletEvent::Retry).0,
        None,
        "there is nothing to read"
    );
}

#[test]
fn cards_that_changed_elsewhere_are_read_without_moving_the_focus() {
    let mut view = with(MANY, &[("a", "4242")]);
    assert_eq!(
        view.handle(WalletEvent::CardsChanged),
        (Some(WalletCommand::Load), None)
    );
    assert_eq!(view.cards().len(), 1, "what is known stays on view");
    view.handle(WalletEvent::Loaded(Err(WalletError::Indeterminate)));
    assert_eq!(view.as_str(), "error");
    let (_, focus) = view.handle(WalletEvent::CardsChanged);
    assert_eq!(focus, Some(FocusTarget::Heading), "the pressed button goes");
}

#[test]
fn a_card_is_rendered_again_when_its_texts_change() {
    let before = card("a", "4242");
    let labelled = Card {
        label: Some("Travel".to_owned()),
        ..before.clone()
    };
    let moved = Card {
        address: Some("1 Main Street".to_owned()),
        ..before.clone()
    };
    let chosen = Card {
        is_default: true,
        ..before.clone()
    };
    assert!(before.render_key() == before.clone().render_key());
    for after in [labelled, moved, chosen] {
        assert!(before.render_key() != after.render_key(), "{after:?}");
    }
}

#[test]
fn a_wallet_with_a_reader_opens_no_form() {
    let mut view = WalletViewModel::new(Capabilities {
        card_present: true,
        ..MANY
    });
    view.handle(WalletEvent::Loaded(Ok(vec![])));
    assert_eq!(
        view.handle(WalletEvent::Add),
        (Some(WalletCommand::TakeCardAtReader), None)
    );
    assert_eq!(view.panel(), FormPanel::Closed);
}

#[test]
fn an_expired_session_keeps_the_form_open_and_the_save_goes_on() {
    let mut view = with(ONE, &[]);
    view.handle(WalletEvent::Add);
    assert_eq!(
        view.handle(WalletEvent::FormSignIn),
        (None, Some(FocusTarget::SignIn))
    );
    assert_eq!(view.as_str(), "sign-in");
    assert!(view.panel().has_form(), "the frame stays mounted");
    assert_eq!(
        view.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::ResumeForm)
    );
    assert_eq!(view.as_str(), "adding");

    let mut view = with(ONE, &[("a", "4242")]);
    view.handle(WalletEvent::Delete(id("a")));
    view.handle(WalletEvent::ConfirmDelete);
    view.handle(WalletEvent::Deleted(Err(WalletError::SignInRequired)));
    assert_eq!(
        view.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::Delete(id("a")))
    );

    let mut view = WalletViewModel::new(ONE);
    view.handle(WalletEvent::Loaded(Err(WalletError::SignInRequired)));
    assert!(view.is_hidden());
    assert_eq!(
        view.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::Load)
    );
}

#[test]
fn a_list_that_cannot_be_read_is_announced_and_can_be_retried() {
    let mut view = WalletViewModel::new(ONE);
    assert_eq!(view.as_str(), "loading");
    view.handle(WalletEvent::Slow);
    assert_eq!(text(view.status()), "This is taking longer than usual…");
    view.handle(WalletEvent::Loaded(Err(WalletError::Indeterminate)));
    assert_eq!(view.as_str(), "error");
    assert_eq!(view.handle(WalletEvent::Retry).0, Some(WalletCommand::Load));
    assert_eq!(view.as_str(), "loading");
}

#[test]
fn cards_are_named_in_every_locale() {
    for locale in Locale::ALL {
        let name = name(&card("a", "4242"), locale.into());
        assert!(name.contains("Visa") && name.contains("4242"), "{name}");
        assert!(
            !announcement::about(
                WalletMessageKey::ReplaceWarning,
                &card("a", "4242"),
                locale.into()
            )
            .contains('{')
        );
    }
}
