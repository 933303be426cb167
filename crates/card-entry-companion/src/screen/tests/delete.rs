//! A card that is deleted, or not.

use super::*;

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
