//! Every step a person can take in the wallet.

use super::*;
use crate::screen::said::name;
use crate::wallet::samples::{card, facts};
use crate::wallet::{Kept, WalletError};
use crate::words::{Locale, WalletWord};
use proptest::prelude::*;

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
    said.map_or(String::new(), |said| said.text(Locale::En))
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
fn a_delete_is_asked_and_done() {
    let mut screen = with(MANY, &[("a", "4242"), ("b", "4444")]);
    assert_eq!(
        screen.act(Act::Delete(id("b"))),
        (None, Some(Focus::Question(1)))
    );
    assert_eq!(screen.act(Act::Cancel), (None, Some(Focus::Delete(1))));
    screen.act(Act::Delete(id("b")));
    let (effect, _) = screen.act(Act::ConfirmDelete);
    assert_eq!(effect, Some(Effect::Delete(id("b"))));
    assert_eq!(screen.as_str(), "busy");
    assert_eq!(screen.act(Act::Cancel), (None, None));
    assert_eq!(screen.act(Act::ConfirmDelete), (None, None));
    screen.act(Act::Deleted(Ok(())));
    assert_eq!(said(screen.status()), "Visa ending in 4444 was deleted.");
    assert_eq!(screen.cards().len(), 1);
    assert_eq!(screen.act(Act::Deleted(Ok(()))), (None, None));
}

fn default(id: &str, last4: &str) -> Card {
    Card {
        is_default: true,
        ..card(id, last4)
    }
}

#[test]
fn another_card_is_made_the_default() {
    let mut screen = with(MANY, &[]);
    screen.act(Act::Loaded(Ok(vec![
        default("a", "4242"),
        card("b", "4444"),
    ])));
    assert!(screen.can_add() && !screen.can_replace());
    assert_eq!(
        screen.act(Act::MakeDefault(id("a"))),
        (None, None),
        "it is the default already"
    );
    let (effect, focus) = screen.act(Act::MakeDefault(id("b")));
    assert_eq!(effect, Some(Effect::MakeDefault(id("b"))));
    assert_eq!((focus, screen.as_str()), (Some(Focus::Row(1)), "busy"));
    assert_eq!(
        screen.act(Act::Delete(id("a"))),
        (None, None),
        "one thing at a time"
    );
    let now = vec![default("b", "4444"), card("a", "4242")];
    let (effect, focus) = screen.act(Act::Chosen(Ok(now)));
    assert_eq!(
        (effect, focus),
        (Some(Effect::Changed), Some(Focus::Row(0)))
    );
    assert_eq!(
        said(screen.status()),
        "Visa ending in 4444 is now your default card."
    );
    assert_eq!(
        with(ONE, &[("a", "4242")]).act(Act::MakeDefault(id("a"))),
        (None, None)
    );
}

#[test]
fn another_default_may_be_refused_or_unclear() {
    let two = || vec![default("a", "4242"), card("b", "4444")];
    let asked = || {
        let mut screen = with(MANY, &[]);
        screen.act(Act::Loaded(Ok(two())));
        screen.act(Act::MakeDefault(id("b")));
        screen
    };
    let mut screen = asked();
    let (_, focus) = screen.act(Act::Chosen(Err(WalletError::Refused(None))));
    assert_eq!(focus, Some(Focus::Note(1)));
    assert_eq!(
        said(screen.alert()),
        "The default card can’t be changed right now."
    );
    assert_eq!(screen.act(Act::Cancel), (None, Some(Focus::Choose(1))));

    for (after, done) in [
        (vec![default("b", "4444"), card("a", "4242")], true),
        (two(), false),
    ] {
        let mut screen = asked();
        let (effect, _) = screen.act(Act::Chosen(Err(WalletError::Unclear)));
        assert_eq!(effect, Some(Effect::Load));
        screen.act(Act::Loaded(Ok(after)));
        assert_eq!(screen.status().is_some(), done);
        assert_eq!(screen.alert().is_some(), !done);
    }

    let mut screen = asked();
    screen.act(Act::Chosen(Err(WalletError::SignIn)));
    assert_eq!(screen.as_str(), "sign-in");
    assert_eq!(
        screen.act(Act::SignedIn).0,
        Some(Effect::MakeDefault(id("b")))
    );
}

#[test]
fn a_deleted_default_leaves_its_place_to_the_wallet_s_choice() {
    let mut screen = with(MANY, &[]);
    screen.act(Act::Loaded(Ok(vec![
        default("a", "4242"),
        card("b", "4444"),
    ])));
    screen.act(Act::Delete(id("a")));
    screen.act(Act::ConfirmDelete);
    let (effect, _) = screen.act(Act::Deleted(Ok(())));
    assert_eq!(effect, Some(Effect::Load));
    let deleted = "Visa ending in 4242 was deleted.";
    assert_eq!(said(screen.status()), deleted);
    screen.act(Act::Loaded(Ok(vec![default("b", "4444")])));
    assert_eq!(
        said(screen.status()),
        deleted,
        "reading on says nothing over it"
    );
    assert!(screen.cards()[0].is_default);
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
fn a_refused_delete_says_why_and_offers_a_replace() {
    let mut screen = with(ONE, &[("a", "4242")]);
    screen.act(Act::Delete(id("a")));
    screen.act(Act::ConfirmDelete);
    let why = Sentence::parse("A pending appointment needs this card.");
    let (_, focus) = screen.act(Act::Deleted(Err(WalletError::Refused(why.clone()))));
    assert_eq!(focus, Some(Focus::Note(0)));
    assert_eq!(screen.row(), &Row::Refused(Deed::Delete, id("a"), why));
    assert_eq!(
        said(screen.alert()),
        "A pending appointment needs this card."
    );
    assert_eq!(screen.act(Act::Replace), (None, Some(Focus::Warning)));
    assert_eq!(screen.row(), &Row::Idle);
}

#[test]
fn an_unclear_delete_is_read_again() {
    for (after, deleted) in [(vec![], true), (vec![card("a", "4242")], false)] {
        let mut screen = with(ONE, &[("a", "4242")]);
        screen.act(Act::Delete(id("a")));
        screen.act(Act::ConfirmDelete);
        let (effect, _) = screen.act(Act::Deleted(Err(WalletError::Unclear)));
        assert_eq!(effect, Some(Effect::Load));
        screen.act(Act::Loaded(Ok(after)));
        assert_eq!(screen.status().is_some(), deleted);
        assert_eq!(screen.alert().is_some(), !deleted);
    }
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
        let name = name(&card("a", "4242"), locale);
        assert!(name.contains("Visa") && name.contains("4242"), "{name}");
        assert!(!said::about(WalletWord::ReplaceWarning, &card("a", "4242"), locale).contains('{'));
    }
}

fn act() -> impl Strategy<Value = Act> {
    let error = prop_oneof![
        Just(WalletError::SignIn),
        Just(WalletError::Unclear),
        Just(WalletError::NotFound),
        Just(WalletError::Refused(None)),
    ];
    let cards = proptest::sample::subsequence(vec![card("a", "1111"), card("b", "2222")], 0..=2);
    prop_oneof![
        cards.clone().prop_map(|cards| Act::Loaded(Ok(cards))),
        error.clone().prop_map(|error| Act::Loaded(Err(error))),
        error.prop_map(|error| Act::Deleted(Err(error))),
        cards.prop_map(|cards| Act::Saved(Box::new(facts("1111")), kept(cards))),
        Just(Act::Deleted(Ok(()))),
        Just(Act::MakeDefault(id("b"))),
        Just(Act::Chosen(Ok(vec![card("b", "2222")]))),
        Just(Act::Chosen(Err(WalletError::Unclear))),
        Just(Act::Delete(id("a"))),
        Just(Act::Delete(id("zzz"))),
        prop_oneof![
            Just(Act::Slow),
            Just(Act::Retry),
            Just(Act::Add),
            Just(Act::Replace),
            Just(Act::Continue),
            Just(Act::Cancel),
            Just(Act::ConfirmDelete),
            Just(Act::FormSignIn),
            Just(Act::SignedIn),
        ],
    ]
}

proptest! {
    #[test]
    fn no_order_of_acts_breaks_the_screen(acts in proptest::collection::vec(act(), 0..60), many: bool) {
        let mut screen = with(Capabilities { many, choose: many, ..ONE }, &[("a", "1111"), ("b", "2222")]);
        for act in acts {
            let form = screen.panel().has_form();
            let closes = matches!(act, Act::Cancel | Act::Saved(..));
            let confirmed = matches!(act, Act::ConfirmDelete | Act::SignedIn);
            let (effect, focus) = screen.act(act);
            prop_assert!(!form || closes || screen.panel().has_form(), "only closing closes the form");
            if let Some(Effect::Delete(_)) = effect {
                prop_assert!(confirmed, "nothing is deleted without a yes");
            }
            if let Some(Focus::Row(row) | Focus::Note(row) | Focus::Question(row)) = focus {
                prop_assert!(row < screen.cards().len().max(1));
            }
        }
    }
}
