//! Makes another card the default.

use super::*;

fn default(id: &str, last4: &str) -> Card {
    Card {
        is_default: true,
        ..card(id, last4)
    }
}

#[test]
fn another_card_is_made_the_default() {
    let mut screen = with(MANY, &[]);
    screen.handle(WalletEvent::Loaded(Ok(vec![
        default("a", "4242"),
        card("b", "4444"),
    ])));
    assert!(screen.can_add() && !screen.can_replace());
    assert_eq!(
        screen.handle(WalletEvent::SetDefault(id("a"))),
        (None, None),
        "it is the default already"
    );
    let (effect, focus) = screen.handle(WalletEvent::SetDefault(id("b")));
    assert_eq!(effect, Some(WalletCommand::SetDefault(id("b"))));
    assert_eq!(
        (focus, screen.as_str()),
        (Some(FocusTarget::Row(1)), "busy")
    );
    assert_eq!(
        screen.handle(WalletEvent::Delete(id("a"))),
        (None, None),
        "one thing at a time"
    );
    let now = vec![default("b", "4444"), card("a", "4242")];
    let (effect, focus) = screen.handle(WalletEvent::DefaultSet(Ok(now)));
    assert_eq!(
        (effect, focus),
        (Some(WalletCommand::NotifyCards), Some(FocusTarget::Row(0)))
    );
    assert_eq!(
        said(screen.status()),
        "Visa ending in 4444 is now your default card."
    );
    assert_eq!(
        with(ONE, &[("a", "4242")]).handle(WalletEvent::SetDefault(id("a"))),
        (None, None)
    );
}

#[test]
fn a_new_default_can_be_refused_or_indeterminate() {
    let two = || vec![default("a", "4242"), card("b", "4444")];
    let asked = || {
        let mut screen = with(MANY, &[]);
        screen.handle(WalletEvent::Loaded(Ok(two())));
        screen.handle(WalletEvent::SetDefault(id("b")));
        screen
    };
    let mut screen = asked();
    let (_, focus) = screen.handle(WalletEvent::DefaultSet(Err(WalletError::Refused(None))));
    assert_eq!(focus, Some(FocusTarget::Note(1)));
    assert_eq!(
        said(screen.alert()),
        "The default card can’t be changed right now."
    );
    assert_eq!(
        screen.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::SetDefault(1)))
    );

    for (after, done) in [
        (vec![default("b", "4444"), card("a", "4242")], true),
        (two(), false),
    ] {
        let mut screen = asked();
        let (effect, _) = screen.handle(WalletEvent::DefaultSet(Err(WalletError::Indeterminate)));
        assert_eq!(effect, Some(WalletCommand::Load));
        screen.handle(WalletEvent::Loaded(Ok(after)));
        assert_eq!(screen.status().is_some(), done);
        assert_eq!(screen.alert().is_some(), !done);
    }

    let mut screen = asked();
    screen.handle(WalletEvent::DefaultSet(Err(WalletError::SignInRequired)));
    assert_eq!(screen.as_str(), "sign-in");
    assert_eq!(
        screen.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::SetDefault(id("b")))
    );
}

#[test]
fn a_deleted_default_leaves_its_place_to_the_wallet_s_choice() {
    let mut screen = with(MANY, &[]);
    screen.handle(WalletEvent::Loaded(Ok(vec![
        default("a", "4242"),
        card("b", "4444"),
    ])));
    screen.handle(WalletEvent::Delete(id("a")));
    screen.handle(WalletEvent::ConfirmDelete);
    let (effect, _) = screen.handle(WalletEvent::Deleted(Ok(())));
    assert_eq!(effect, Some(WalletCommand::Load));
    let deleted = "Visa ending in 4242 was deleted.";
    assert_eq!(said(screen.status()), deleted);
    screen.handle(WalletEvent::Loaded(Ok(vec![default("b", "4444")])));
    assert_eq!(
        said(screen.status()),
        deleted,
        "reading the list keeps the announcement"
    );
    assert!(screen.cards()[0].is_default);
}
