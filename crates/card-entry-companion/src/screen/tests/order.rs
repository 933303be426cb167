//! Any order of steps, sensible or not.

use proptest::prelude::*;

use super::*;

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
            Just(Act::Reread),
            Just(Act::Add),
            Just(Act::Replace),
            Just(Act::Continue),
            Just(Act::Cancel),
            Just(Act::ConfirmDelete),
            Just(Act::FormSignIn),
            Just(Act::FormTried),
            Just(Act::FormState(State::Saving)),
            Just(Act::FormState(State::Ready)),
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
