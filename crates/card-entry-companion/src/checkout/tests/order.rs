//! Events in any order.

use proptest::prelude::*;

use super::*;

fn any_event() -> impl Strategy<Value = u8> {
    0..13u8
}

proptest! {
    #[test]
    fn no_order_of_events_completes_or_navigates_wrongly(events in proptest::collection::vec(any_event(), 0..40)) {
        let mut view = embedded(None);
        let mut was_complete = false;
        for number in events {
            let event = match number {
                0 => CheckoutEvent::Mounted,
                1 => form(),
                2 => page("https://evil.example/"),
                3 => CheckoutEvent::Opened(Err(WalletError::Indeterminate)),
                4 => CheckoutEvent::FormReady,
                5 => CheckoutEvent::FormFailed,
                6 => CheckoutEvent::Paid,
                7 => status("open"),
                8 => CheckoutEvent::Status(Err(WalletError::NotFound)),
                9 => CheckoutEvent::PageRestored,
                10 => CheckoutEvent::Press(CheckoutButton::Retry),
                11 => CheckoutEvent::Press(CheckoutButton::CheckStatus),
                _ => { was_complete = true; status("complete") }
            };
            let left = matches!(view.handle(event), Some(CheckoutCommand::Navigate(_)));
            prop_assert!(!left);
            prop_assert!(was_complete || CheckoutMessageKey::for_stage(view.stage()) != CheckoutMessageKey::Complete);
            for locale in Locale::ALL {
                prop_assert!(!stage_text(view.stage(), locale).is_empty());
            }
        }
    }
}
