//! Any order of events, sensible or not.

use proptest::prelude::*;

use super::*;

fn any_heard() -> impl Strategy<Value = Heard> {
    prop::sample::select(vec![
        Heard::Pressed(Press::Take),
        CANCEL,
        RETRY,
        Heard::Connected(Ok(())),
        Heard::Connected(Err(Trouble::NoReader)),
        began(),
        Heard::Began(QuiltResult::Indeterminate),
        Heard::Read(Ok(())),
        Heard::Read(Err(Trouble::Canceled)),
        Heard::Read(Err(Trouble::Lost)),
        processed(),
        Heard::Processed(Err(Trouble::Network)),
        captured(),
        Heard::Captured(QuiltResult::Indeterminate),
        Heard::Saved(QuiltResult::Done(card())),
        Heard::Saved(no(QuiltErrorCode::NotCaptured)),
        released(),
        Heard::Released(QuiltResult::Indeterminate),
        Heard::Lost,
    ])
}

proptest! {
    /// Whatever comes in whatever order: one payment, nothing saved before its capture, nothing after the end but by
    /// an answer.
    #[test]
    fn no_order_of_events_begins_twice_or_saves_early(all in prop::collection::vec(any_heard(), 0..40)) {
        let mut till = Till::new(sale(), false);
        let (mut has_begun, mut was_captured) = (false, false);
        for heard in all {
            let answered = matches!(&heard, Heard::Began(QuiltResult::Done(_)));
            let taken = matches!(&heard, Heard::Captured(QuiltResult::Done(_)));
            let deed = till.hear(heard);
            prop_assert!(!(has_begun && matches!(deed, Some(Deed::Begin(_)))));
            has_begun |= answered;
            was_captured |= taken;
            prop_assert!(was_captured || !matches!(deed, Some(Deed::Save(_))));
        }
    }
}
