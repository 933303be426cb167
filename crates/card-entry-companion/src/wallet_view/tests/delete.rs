//! Deletes a card: confirmed, refused, indeterminate.

use super::*;

#[test]
fn a_delete_is_confirmed_and_done() {
    let mut screen = with(MANY, &[("a", "4242"), ("b", "4444")]);
    assert_eq!(
        screen.handle(WalletEvent::Delete(id("b"))),
        (None, Some(FocusTarget::Question(1)))
    );
    assert_eq!(
        screen.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Delete(1)))
    );
    screen.handle(WalletEvent::Delete(id("b")));
    let (effect, _) = screen.handle(WalletEvent::ConfirmDelete);
    assert_eq!(effect, Some(WalletCommand::Delete(id("b"))));
    assert_eq!(screen.as_str(), "busy");
    assert_eq!(screen.handle(WalletEvent::Cancel), (None, None));
    assert_eq!(screen.handle(WalletEvent::ConfirmDelete), (None, None));
    screen.handle(WalletEvent::Deleted(Ok(())));
    assert_eq!(said(screen.status()), "Visa ending in 4444 was deleted.");
    assert_eq!(screen.cards().len(), 1);
    assert_eq!(screen.handle(WalletEvent::Deleted(Ok(()))), (None, None));
}

#[test]
fn a_refused_delete_shows_the_reason_and_offers_to_replace() {
    let mut screen = with(ONE, &[("a", "4242")]);
    screen.handle(WalletEvent::Delete(id("a")));
    screen.handle(WalletEvent::ConfirmDelete);
    let why = DisplayMessage::parse("A pending appointment needs this card.");
    let (_, focus) = screen.handle(WalletEvent::Deleted(Err(WalletError::Refused(why.clone()))));
    assert_eq!(focus, Some(FocusTarget::Note(0)));
    assert_eq!(
        screen.row(),
        &RowState::Refused(CardAction::Delete, id("a"), why)
    );
    assert_eq!(
        said(screen.alert()),
        "A pending appointment needs this card."
    );
    assert_eq!(
        screen.handle(WalletEvent::Replace),
        (None, Some(FocusTarget::Warning))
    );
    assert_eq!(screen.row(), &RowState::Idle);
}

#[test]
fn an_indeterminate_delete_is_checked_by_reading_the_list() {
    for (after, deleted) in [(vec![], true), (vec![card("a", "4242")], false)] {
        let mut screen = with(ONE, &[("a", "4242")]);
        screen.handle(WalletEvent::Delete(id("a")));
        screen.handle(WalletEvent::ConfirmDelete);
        let (effect, _) = screen.handle(WalletEvent::Deleted(Err(WalletError::Indeterminate)));
        assert_eq!(effect, Some(WalletCommand::Load));
        screen.handle(WalletEvent::Loaded(Ok(after)));
        assert_eq!(screen.status().is_some(), deleted);
        assert_eq!(screen.alert().is_some(), !deleted);
    }
}
