//! Events in any order.

use proptest::prelude::*;

use super::*;

fn any_event() -> impl Strategy<Value = TerminalEvent> {
    prop::sample::select(vec![
        TerminalEvent::Pressed(TerminalButton::Take),
        CANCEL,
        RETRY,
        TerminalEvent::Connected(Ok(())),
        TerminalEvent::Connected(Err(TerminalError::NoReader)),
        intent_created(),
        TerminalEvent::IntentCreated(QuiltResult::Indeterminate),
        TerminalEvent::CardRead(Ok(())),
        TerminalEvent::CardRead(Err(TerminalError::ReadingStopped)),
        TerminalEvent::CardRead(Err(TerminalError::ReaderLost)),
        processed(),
        TerminalEvent::Processed(Err(TerminalError::Network)),
        captured(),
        TerminalEvent::Captured(QuiltResult::Indeterminate),
        TerminalEvent::CardSaved(QuiltResult::Done(card())),
        TerminalEvent::CardSaved(no(QuiltErrorCode::NotCaptured)),
        payment_canceled(),
        TerminalEvent::PaymentCanceled(QuiltResult::Indeterminate),
        TerminalEvent::ReaderLost,
    ])
}

proptest! {
    /// In any order of events: one payment is created, and no card is saved before the capture.
    #[test]
    fn no_order_of_events_pays_twice_or_saves_early(all in prop::collection::vec(any_event(), 0..40)) {
        let mut payment = TerminalPayment::new(sale(), false);
        let (mut has_begun, mut was_captured) = (false, false);
        for event in all {
            let answered = matches!(&event, TerminalEvent::IntentCreated(QuiltResult::Done(_)));
            let taken = matches!(&event, TerminalEvent::Captured(QuiltResult::Done(_)));
            let command = payment.handle(event);
            prop_assert!(!(has_begun && matches!(command, Some(TerminalCommand::CreateIntent(_)))));
            has_begun |= answered;
            was_captured |= taken;
            prop_assert!(was_captured || !matches!(command, Some(TerminalCommand::SaveCard(_))));
        }
    }
}
