//! The steps of a sale as a progress line. It is hidden from screen readers, because the status says the same.
//!
//! Used by [`super::CardPresent`].

use leptos::prelude::*;

use super::controller::CardPresentController;
use crate::terminal_payment::{PaymentStep, TerminalMessageKey, TerminalPaymentState};

/// The steps; the current one is marked.
pub(super) fn steps(controller: CardPresentController) -> impl IntoView {
    const STEPS: [(TerminalMessageKey, &[PaymentStep]); 4] = [
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
            STEPS.iter().position(|(_, works)| works.contains(&step))
        }
        TerminalPaymentState::Saved(_) => Some(STEPS.len()),
        // The last step, saving the card, was skipped.
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
    let steps: Vec<_> = STEPS
        .iter()
        .enumerate()
        .map(|(n, (name, _))| step(n, *name))
        .collect();
    view! { <ol class="ce-card-present-steps" aria-hidden="true">{steps}</ol> }
}
