//! The default card, and another in its place.

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
