//! Every step a person can take in the wallet.

use super::*;
use crate::screen::said::name;
use crate::state::State;
use crate::wallet::samples::{card, facts};
use crate::wallet::{Kept, WalletError};
use crate::words::{Locale, WalletWord};

mod default;
mod delete;
mod order;

const ONE: Capabilities = Capabilities::ONE;
const MANY: Capabilities = Capabilities::MANY;

fn with(capabilities: Capabilities, cards: &[(&str, &str)]) -> Screen {
    let mut screen = Screen::new(capabilities);
    let cards = cards.iter().map(|(id, last4)| card(id, last4)).collect();
    screen.act(Act::Loaded(Ok(cards)));
    screen
}

fn kept(cards: Vec<Card>) -> Kept {
    Kept {
        cards,
        again: false,
    }
}

fn id(text: &str) -> CardId {
    CardId(text.to_owned())
}

fn said(said: Option<&Said>) -> String {
    said.map_or(String::new(), |said| said.text(Locale::En.into()))
}

#[test]
fn an_empty_wallet_has_one_action() {
    let mut screen = with(ONE, &[]);
    assert_eq!(screen.as_str(), "empty");
    assert!(screen.can_add() && !screen.can_replace());
    assert_eq!(screen.act(Act::Add), (None, Some(Focus::Panel)));
    assert_eq!(screen.as_str(), "adding");
    assert_eq!(screen.act(Act::Cancel), (None, Some(Focus::Add)));
    screen.act(Act::Add);
    let saved = Act::Saved(Box::new(facts("4242")), kept(vec![card("a", "4242")]));
    assert_eq!(
        screen.act(saved),
        (Some(Effect::Changed), Some(Focus::Row(0)))
    );
    assert_eq!(said(screen.status()), "Visa ending in 4242 was saved.");
    assert_eq!(screen.as_str(), "list");
}

#[test]
fn a_form_stays_while_the_wallet_is_asked_and_the_list_is_read_after_it() {
    let mut screen = with(MANY, &[]);
    screen.act(Act::Add);
    assert_eq!(screen.act(Act::Cancel), (None, Some(Focus::Add)));
    screen.act(Act::Add);
    screen.act(Act::FormTried);
    for asking in [State::Saving, State::Checking] {
        screen.act(Act::FormState(asking));
        assert!(screen.is_asking());
        assert_eq!(screen.act(Act::Cancel), (None, None));
        assert_eq!(screen.as_str(), "adding");
    }
    screen.act(Act::FormState(State::Ready));
    let closed = (Some(Effect::Load), Some(Focus::Add));
    assert_eq!(screen.act(Act::Cancel), closed);
    assert_eq!(screen.as_str(), "empty");
    // The next form begins as if there had been none.
    screen.act(Act::Add);
    assert_eq!(screen.act(Act::Cancel), (None, Some(Focus::Add)));
}

#[test]
fn a_replace_warns_first_and_names_the_card() {
    let mut screen = with(ONE, &[("a", "4242")]);
    assert!(!screen.can_add());
    assert_eq!(screen.act(Act::Continue), (None, None));
    assert_eq!(screen.act(Act::Replace), (None, Some(Focus::Warning)));
    assert_eq!(
        (screen.panel(), screen.as_str()),
        (Panel::Warning, "replacing")
    );
    assert_eq!(screen.act(Act::Cancel), (None, Some(Focus::Replace(0))));
    screen.act(Act::Replace);
    assert_eq!(screen.act(Act::Continue), (None, Some(Focus::Panel)));
    screen.act(Act::Saved(
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
fn the_same_card_twice_is_said() {
    let mut screen = with(MANY, &[("a", "4242")]);
    screen.act(Act::Add);
    screen.act(Act::Saved(
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
    let mut screen = Screen::new(Capabilities {
        list: false,
        ..MANY
    });
    assert_eq!(screen.as_str(), "empty");
    assert!(screen.can_add());
    screen.act(Act::Add);
    screen.act(Act::Saved(
        Box::new(facts("4242")),
        kept(vec![card("a", "4242")]),
    ));
    assert_eq!(said(screen.status()), "Visa ending in 4242 was saved.");
    assert_eq!(screen.act(Act::Retry).0, None, "there is nothing to read");
}

#[test]
fn cards_that_changed_elsewhere_are_read_without_a_word_of_focus() {
    let mut screen = with(MANY, &[("a", "4242")]);
    assert_eq!(screen.act(Act::Reread), (Some(Effect::Load), None));
    assert_eq!(screen.cards().len(), 1, "what is known stays on screen");
    screen.act(Act::Loaded(Err(WalletError::Unclear)));
    assert_eq!(screen.as_str(), "error");
    let (_, focus) = screen.act(Act::Reread);
    assert_eq!(focus, Some(Focus::Heading), "the pressed button goes");
}

#[test]
fn a_card_is_drawn_again_when_what_it_says_changes() {
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
    assert!(before.drawn() == before.clone().drawn());
    for after in [labelled, moved, chosen] {
        assert!(before.drawn() != after.drawn(), "{after:?}");
    }
}

#[test]
fn a_card_that_must_be_present_opens_no_form() {
    let mut screen = Screen::new(Capabilities {
        card_present: true,
        ..MANY
    });
    screen.act(Act::Loaded(Ok(vec![])));
    assert_eq!(screen.act(Act::Add), (Some(Effect::Present), None));
    assert_eq!(screen.panel(), Panel::Closed);
}

#[test]
fn an_expired_session_keeps_the_form_and_goes_on() {
    let mut screen = with(ONE, &[]);
    screen.act(Act::Add);
    assert_eq!(screen.act(Act::FormSignIn), (None, Some(Focus::SignIn)));
    assert_eq!(screen.as_str(), "sign-in");
    assert!(screen.panel().has_form(), "the frame stays mounted");
    assert_eq!(screen.act(Act::SignedIn).0, Some(Effect::Resume));
    assert_eq!(screen.as_str(), "adding");

    let mut screen = with(ONE, &[("a", "4242")]);
    screen.act(Act::Delete(id("a")));
    screen.act(Act::ConfirmDelete);
    screen.act(Act::Deleted(Err(WalletError::SignIn)));
    assert_eq!(screen.act(Act::SignedIn).0, Some(Effect::Delete(id("a"))));

    let mut screen = Screen::new(ONE);
    screen.act(Act::Loaded(Err(WalletError::SignIn)));
    assert!(screen.is_hidden());
    assert_eq!(screen.act(Act::SignedIn).0, Some(Effect::Load));
}

#[test]
fn a_list_that_does_not_come_is_said_and_retried() {
    let mut screen = Screen::new(ONE);
    assert_eq!(screen.as_str(), "loading");
    screen.act(Act::Slow);
    assert_eq!(said(screen.status()), "This is taking longer than usual…");
    screen.act(Act::Loaded(Err(WalletError::Unclear)));
    assert_eq!(screen.as_str(), "error");
    assert_eq!(screen.act(Act::Retry).0, Some(Effect::Load));
    assert_eq!(screen.as_str(), "loading");
}

#[test]
fn cards_are_named_in_every_locale() {
    for locale in Locale::ALL {
        let name = name(&card("a", "4242"), locale.into());
        assert!(name.contains("Visa") && name.contains("4242"), "{name}");
        assert!(
            !said::about(
                WalletWord::ReplaceWarning,
                &card("a", "4242"),
                locale.into()
            )
            .contains('{')
        );
    }
}
