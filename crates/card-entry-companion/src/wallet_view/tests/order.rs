//! Events in any order.

use proptest::prelude::*;

use super::*;

fn event() -> impl Strategy<Value = WalletEvent> {
    let error = prop_oneof![
        Just(WalletError::SignInRequired),
        Just(WalletError::Indeterminate),
        Just(WalletError::NotFound),
        Just(WalletError::Refused(None)),
    ];
    let cards = proptest::sample::subsequence(vec![card("a", "1111"), card("b", "2222")], 0..=2);
    prop_oneof![
        cards
            .clone()
            .prop_map(|cards| WalletEvent::Loaded(Ok(cards))),
        error
            .clone()
            .prop_map(|error| WalletEvent::Loaded(Err(error))),
        error.prop_map(|error| WalletEvent::Deleted(Err(error))),
        cards.prop_map(|cards| WalletEvent::Saved(Box::new(details("1111")), saved_wallet(cards))),
        Just(WalletEvent::Deleted(Ok(()))),
        Just(WalletEvent::SetDefault(id("b"))),
        Just(WalletEvent::DefaultSet(Ok(vec![card("b", "2222")]))),
        Just(WalletEvent::DefaultSet(Err(WalletError::Indeterminate))),
        Just(WalletEvent::Delete(id("a"))),
        Just(WalletEvent::Delete(id("zzz"))),
        prop_oneof![
            Just(WalletEvent::Slow),
            Just(WalletEvent::Retry),
            Just(WalletEvent::CardsChanged),
            Just(WalletEvent::Add),
            Just(WalletEvent::Replace),
            Just(WalletEvent::Continue),
            Just(WalletEvent::Cancel),
            Just(WalletEvent::ConfirmDelete),
            Just(WalletEvent::FormSignIn),
            Just(WalletEvent::SaveStarted),
            Just(WalletEvent::FormState(EntryState::Saving)),
            Just(WalletEvent::FormState(EntryState::Ready)),
            Just(WalletEvent::SignedIn),
        ],
    ]
}

proptest! {
    #[test]
    fn no_order_of_events_breaks_the_view(events in proptest::collection::vec(event(), 0..60), many: bool) {
        let mut view = with(Capabilities { many, set_default: many, ..ONE }, &[("a", "1111"), ("b", "2222")]);
        for event in events {
            let form = view.panel().has_form();
            let closes = matches!(event, WalletEvent::Cancel | WalletEvent::Saved(..));
            let confirmed = matches!(event, WalletEvent::ConfirmDelete | WalletEvent::SignedIn);
            let (command, focus) = view.handle(event);
            prop_assert!(!form || closes || view.panel().has_form(), "only closing closes the form");
            if let Some(WalletCommand::Delete(_)) = command {
                prop_assert!(confirmed, "nothing is deleted without a yes");
            }
            if let Some(FocusTarget::Row(row) | FocusTarget::Note(row) | FocusTarget::Question(row)) = focus {
                prop_assert!(row < view.cards().len().max(1));
            }
        }
    }
}
