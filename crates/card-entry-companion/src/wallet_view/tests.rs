//! Every step that a person can take in the wallet.

use super::*;
use crate::i18n::{Locale, WalletMessageKey};
use crate::state::EntryState;
use crate::wallet::samples::{card, facts};
use crate::wallet::{SavedWallet, WalletError};
use crate::wallet_view::announcement::name;

mod default;
mod delete;
mod order;

const ONE: Capabilities = Capabilities::SINGLE_CARD;
const MANY: Capabilities = Capabilities::MULTIPLE_CARDS;

fn with(capabilities: Capabilities, cards: &[(&str, &str)]) -> WalletViewModel {
    let mut screen = WalletViewModel::new(capabilities);
    let cards = cards.iter().map(|(id, last4)| card(id, last4)).collect();
    screen.handle(WalletEvent::Loaded(Ok(cards)));
    screen
}

fn kept(cards: Vec<Card>) -> SavedWallet {
    SavedWallet {
        cards,
        already_saved: false,
    }
}

fn id(text: &str) -> SavedCardId {
    SavedCardId(text.to_owned())
}

fn said(said: Option<&Announcement>) -> String {
    said.map_or(String::new(), |said| said.text(Locale::En.into()))
}

#[test]
fn an_empty_wallet_has_one_action() {
    let mut screen = with(ONE, &[]);
    assert_eq!(screen.as_str(), "empty");
    assert!(screen.can_add() && !screen.can_replace());
    assert_eq!(
        screen.handle(WalletEvent::Add),
        (None, Some(FocusTarget::Panel))
    );
    assert_eq!(screen.as_str(), "adding");
    assert_eq!(
        screen.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Add))
    );
    screen.handle(WalletEvent::Add);
    let saved = WalletEvent::Saved(Box::new(facts("4242")), kept(vec![card("a", "4242")]));
    assert_eq!(
        screen.handle(saved),
        (Some(WalletCommand::NotifyCards), Some(FocusTarget::Row(0)))
    );
    assert_eq!(said(screen.status()), "Visa ending in 4242 was saved.");
    assert_eq!(screen.as_str(), "list");
}

#[test]
fn the_form_cannot_be_closed_during_a_save_and_the_list_is_read_after_it() {
    let mut screen = with(MANY, &[]);
    screen.handle(WalletEvent::Add);
    assert_eq!(
        screen.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Add))
    );
    screen.handle(WalletEvent::Add);
    screen.handle(WalletEvent::SaveStarted);
    for asking in [EntryState::Saving, EntryState::Checking] {
        screen.handle(WalletEvent::FormState(asking));
        assert!(screen.is_saving());
        assert_eq!(screen.handle(WalletEvent::Cancel), (None, None));
        assert_eq!(screen.as_str(), "adding");
    }
    screen.handle(WalletEvent::FormState(EntryState::Ready));
    let closed = (Some(WalletCommand::Load), Some(FocusTarget::Add));
    assert_eq!(screen.handle(WalletEvent::Cancel), closed);
    assert_eq!(screen.as_str(), "empty");
    // The next form starts without the state of the last one.
    screen.handle(WalletEvent::Add);
    assert_eq!(
        screen.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Add))
    );
}

#[test]
fn a_replace_warns_first_and_names_the_card() {
    let mut screen = with(ONE, &[("a", "4242")]);
    assert!(!screen.can_add());
    assert_eq!(screen.handle(WalletEvent::Continue), (None, None));
    assert_eq!(
        screen.handle(WalletEvent::Replace),
        (None, Some(FocusTarget::Warning))
    );
    assert_eq!(
        (screen.panel(), screen.as_str()),
        (FormPanel::Warning, "replacing")
    );
    assert_eq!(
        screen.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Replace(0)))
    );
    screen.handle(WalletEvent::Replace);
    assert_eq!(
        screen.handle(WalletEvent::Continue),
        (None, Some(FocusTarget::Panel))
    );
    screen.handle(WalletEvent::Saved(
        Box::new(facts("4444")),
        kept(vec![card("b", "4444")]),
    ));
    assert_eq!(
        said(screen.status()),
        "Visa ending in 4444 is now your card."
    );
    assert_eq!(screen.cards().len(), 1);
}

#[test]
fn a_card_that_is_saved_twice_is_announced_as_such() {
    let mut screen = with(MANY, &[("a", "4242")]);
    screen.handle(WalletEvent::Add);
    screen.handle(WalletEvent::Saved(
        Box::new(facts("4242")),
        kept(vec![card("a", "4242")]),
    ));
    assert_eq!(
        said(screen.status()),
        "Visa ending in 4242 was already saved. Nothing else changed."
    );
}

#[test]
fn a_wallet_without_a_list_only_adds() {
    let mut screen = WalletViewModel::new(Capabilities {
        list: false,
        ..MANY
    });
    assert_eq!(screen.as_str(), "empty");
    assert!(screen.can_add());
    screen.handle(WalletEvent::Add);
    screen.handle(WalletEvent::Saved(
        Box::new(facts("4242")),
        kept(vec![card("a", "4242")]),
    ));
    assert_eq!(said(screen.status()), "Visa ending in 4242 was saved.");
    assert_eq!(
        screen.handle(WalletEvent::Retry).0,
        None,
        "there is nothing to read"
    );
}

#[test]
fn cards_that_changed_elsewhere_are_read_without_moving_the_focus() {
    let mut screen = with(MANY, &[("a", "4242")]);
    assert_eq!(
        screen.handle(WalletEvent::CardsChanged),
        (Some(WalletCommand::Load), None)
    );
    assert_eq!(screen.cards().len(), 1, "what is known stays on screen");
    screen.handle(WalletEvent::Loaded(Err(WalletError::Indeterminate)));
    assert_eq!(screen.as_str(), "error");
    let (_, focus) = screen.handle(WalletEvent::CardsChanged);
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
fn a_card_that_must_be_present_opens_no_form() {
    let mut screen = WalletViewModel::new(Capabilities {
        card_present: true,
        ..MANY
    });
    screen.handle(WalletEvent::Loaded(Ok(vec![])));
    assert_eq!(
        screen.handle(WalletEvent::Add),
        (Some(WalletCommand::TakeCardAtReader), None)
    );
    assert_eq!(screen.panel(), FormPanel::Closed);
}

#[test]
fn an_expired_session_keeps_the_form_open_and_the_save_goes_on() {
    let mut screen = with(ONE, &[]);
    screen.handle(WalletEvent::Add);
    assert_eq!(
        screen.handle(WalletEvent::FormSignIn),
        (None, Some(FocusTarget::SignIn))
    );
    assert_eq!(screen.as_str(), "sign-in");
    assert!(screen.panel().has_form(), "the frame stays mounted");
    assert_eq!(
        screen.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::ResumeForm)
    );
    assert_eq!(screen.as_str(), "adding");

    let mut screen = with(ONE, &[("a", "4242")]);
    screen.handle(WalletEvent::Delete(id("a")));
    screen.handle(WalletEvent::ConfirmDelete);
    screen.handle(WalletEvent::Deleted(Err(WalletError::SignInRequired)));
    assert_eq!(
        screen.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::Delete(id("a")))
    );

    let mut screen = WalletViewModel::new(ONE);
    screen.handle(WalletEvent::Loaded(Err(WalletError::SignInRequired)));
    assert!(screen.is_hidden());
    assert_eq!(
        screen.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::Load)
    );
}

#[test]
fn a_list_that_cannot_be_read_is_announced_and_can_be_retried() {
    let mut screen = WalletViewModel::new(ONE);
    assert_eq!(screen.as_str(), "loading");
    screen.handle(WalletEvent::Slow);
    assert_eq!(said(screen.status()), "This is taking longer than usual…");
    screen.handle(WalletEvent::Loaded(Err(WalletError::Indeterminate)));
    assert_eq!(screen.as_str(), "error");
    assert_eq!(
        screen.handle(WalletEvent::Retry).0,
        Some(WalletCommand::Load)
    );
    assert_eq!(screen.as_str(), "loading");
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
