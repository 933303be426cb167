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
    let mut view = with(MANY, &[]);
    view.handle(WalletEvent::Loaded(Ok(vec![
        default("a", "4242"),
        card("b", "4444"),
    ])));
    assert!(view.can_add() && !view.can_replace());
    assert_eq!(
        view.handle(WalletEvent::SetDefault(id("a"))),
        (None, None),
        "it is the default already"
    );
    let (effect, focus) = view.handle(WalletEvent::SetDefault(id("b")));
    assert_eq!(effect, Some(WalletCommand::SetDefault(id("b"))));
    assert_eq!((focus, view.as_str()), (Some(FocusTarget::Row(1)), "busy"));
    assert_eq!(
        view.handle(WalletEvent::Delete(id("a"))),
        (None, None),
        "one thing at a time"
    );
    let now = vec![default("b", "4444"), card("a", "4242")];
    let (effect, focus) = view.handle(WalletEvent::DefaultSet(Ok(now)));
    assert_eq!(
        (effect, focus),
        (Some(WalletCommand::NotifyCards), Some(FocusTarget::Row(0)))
    );
    assert_eq!(
        text(view.status()),
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
        let mut view = with(MANY, &[]);
        view.handle(WalletEvent::Loaded(Ok(two())));
        view.handle(WalletEvent::SetDefault(id("b")));
        view
    };
    let mut view = asked();
    let (_, focus) = view.handle(WalletEvent::DefaultSet(Err(WalletError::Refused(None))));
    assert_eq!(focus, Some(FocusTarget::Note(1)));
    assert_eq!(
        text(view.alert()),
        "The default card can’t be changed right now."
    );
    assert_eq!(
        view.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::SetDefault(1)))
    );

    for (after, done) in [
        (vec![default("b", "4444"), card("a", "4242")], true),
        (two(), false),
    ] {
        let mut view = asked();
        let (effect, _) = view.handle(WalletEvent::DefaultSet(Err(WalletError::Indeterminate)));
        assert_eq!(effect, Some(WalletCommand::Load));
        view.handle(WalletEvent::Loaded(Ok(after)));
        assert_eq!(view.status().is_some(), done);
        assert_eq!(view.alert().is_some(), !done);
    }

    let mut view = asked();
    view.handle(WalletEvent::DefaultSet(Err(WalletError::SignInRequired)));
    assert_eq!(view.as_str(), "sign-in");
    assert_eq!(
        view.handle(WalletEvent::SignedIn).0,
        Some(WalletCommand::SetDefault(id("b")))
    );
}

#[test]
fn after_a_deleted_default_the_list_is_read_again() {
    let mut view = with(MANY, &[]);
    view.handle(WalletEvent::Loaded(Ok(vec![
        default("a", "4242"),
        card("b", "4444"),
    ])));
    view.handle(WalletEvent::Delete(id("a")));
    view.handle(WalletEvent::ConfirmDelete);
    let (effect, _) = view.handle(WalletEvent::Deleted(Ok(())));
    assert_eq!(effect, Some(WalletCommand::Load));
    let deleted = "Visa ending in 4242 was deleted.";
    assert_eq!(text(view.status()), deleted);
    view.handle(WalletEvent::Loaded(Ok(vec![default("b", "4444")])));
    assert_eq!(
        text(view.status()),
        deleted,
        "reading the list keeps the announcement"
    );
    assert!(view.cards()[0].is_default);
}
