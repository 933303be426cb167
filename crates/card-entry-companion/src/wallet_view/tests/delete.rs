//! Deletes a card: confirmed, refused, indeterminate.

use super::*;

#[test]
fn a_delete_is_confirmed_and_done() {
    let mut view = with(MANY, &[("a", "4242"), ("b", "4444")]);
    assert_eq!(
        view.handle(WalletEvent::Delete(id("b"))),
        (None, Some(FocusTarget::Question(1)))
    );
    assert_eq!(
        view.handle(WalletEvent::Cancel),
        (None, Some(FocusTarget::Delete(1)))
    );
    view.handle(WalletEvent::Delete(id("b")));
    let (effect, _) = view.handle(WalletEvent::ConfirmDelete);
    assert_eq!(effect, Some(WalletCommand::Delete(id("b"))));
    assert_eq!(view.as_str(), "busy");
    assert_eq!(view.handle(WalletEvent::Cancel), (None, None));
    assert_eq!(view.handle(WalletEvent::ConfirmDelete), (None, None));
    view.handle(WalletEvent::Deleted(Ok(())));
    assert_eq!(text(view.status()), "Visa ending in 4444 was deleted.");
    assert_eq!(view.cards().len(), 1);
    assert_eq!(view.handle(WalletEvent::Deleted(Ok(()))), (None, None));
}

#[test]
fn a_refused_delete_shows_the_reason_and_offers_to_replace() {
    let mut view = with(ONE, &[("a", "4242")]);
    view.handle(WalletEvent::Delete(id("a")));
    view.handle(WalletEvent::ConfirmDelete);
    let why = DisplayMessage::parse("A pending appointment needs this card.");
    let (_, focus) = view.handle(WalletEvent::Deleted(Err(WalletError::Refused(why.clone()))));
    assert_eq!(focus, Some(FocusTarget::Note(0)));
    assert_eq!(
        view.row(),
        &RowState::Refused(CardAction::Delete, id("a"), why)
    );
    assert_eq!(text(view.alert()), "A pending appointment needs this card.");
    assert_eq!(
        view.handle(WalletEvent::Replace),
        (None, Some(FocusTarget::Warning))
    );
    assert_eq!(view.row(), &RowState::Idle);
}

#[test]
fn an_indeterminate_delete_is_checked_by_reading_the_list() {
    for (after, deleted) in [(vec![], true), (vec![card("a", "4242")], false)] {
        let mut view = with(ONE, &[("a", "4242")]);
        view.handle(WalletEvent::Delete(id("a")));
        view.handle(WalletEvent::ConfirmDelete);
        let (effect, _) = view.handle(WalletEvent::Deleted(Err(WalletError::Indeterminate)));
        assert_eq!(effect, Some(WalletCommand::Load));
        view.handle(WalletEvent::Loaded(Ok(after)));
        assert_eq!(view.status().is_some(), deleted);
        assert_eq!(view.alert().is_some(), !deleted);
    }
}
