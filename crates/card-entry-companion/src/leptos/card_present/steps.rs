//! The way of a sale, for the eye; the status says the same in words.
//!
//! Used by [`super::CardPresent`].

use leptos::prelude::*;

use super::controller::CardPresentController;
use crate::terminal_payment::{PaymentStep, TerminalMessageKey, TerminalPaymentState};

/// The steps; the one of now stands out.
pub(super) fn steps(controller: CardPresentController) -> impl IntoView {
    const WAY: [(TerminalMessageKey, &[PaymentStep]); 4] = [
        (
            TerminalMessageKey::ReaderStep,
            &[PaymentStep::Connecting, PaymentStep::CreatingIntent],
        ),
        (
            TerminalMessageKey::CardStep,
            &[PaymentStep::AwaitingCard, PaymentStep::Processing],
        ),
        (TerminalMessageKey::PaymentStep, &[PaymentStep::Capturing]),
        (TerminalMessageKey::SaveStep, &[PaymentStep::Saving]),
    ];
    let at = move || match controller.state() {
        TerminalPaymentState::Busy(step)
        | TerminalPaymentState::Stopping(step)
        | TerminalPaymentState::Failed(step, _) => {
            WAY.iter().position(|(_, works)| works.contains(&step))
        }
        TerminalPaymentState::Saved(_) => Some(WAY.len()),
        // The last one was left out.
        TerminalPaymentState::Paid(_) => Some(3),
        TerminalPaymentState::Idle | TerminalPaymentState::Canceled => None,
    };
    let at = Memo::new(move |_| at());
    let step = move |number: usize, name: TerminalMessageKey| {
        let state = move || match at.get() {
            Some(now) if now > number => "done",
            Some(now) if now == number && !controller.state().is_over() => "now",
            _ => "ahead",
        };
        view! { <li data-step=state>{name.text(controller.locale)}</li> }
    };
    let steps: Vec<_> = WAY
        .iter()
        .enumerate()
        .map(|(n, (name, _))| step(n, *name))
        .collect();
    view! { <ol class="ce-present-steps" aria-hidden="true">{steps}</ol> }
}
