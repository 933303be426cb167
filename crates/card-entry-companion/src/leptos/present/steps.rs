//! The way of a sale, for the eye; the status says the same in words.
//!
//! Used by [`super::CardPresent`].

use leptos::prelude::*;

use super::desk::Desk;
use crate::present::{Shown, Word, Work};

/// The steps; the one of now stands out.
pub(super) fn steps(desk: Desk) -> impl IntoView {
    const WAY: [(Word, &[Work]); 4] = [
        (Word::ReaderStep, &[Work::Connecting, Work::Beginning]),
        (Word::CardStep, &[Work::Waiting, Work::Processing]),
        (Word::PaymentStep, &[Work::Capturing]),
        (Word::SaveStep, &[Work::Saving]),
    ];
    let at = move || match desk.shown() {
        Shown::Busy(work) | Shown::Stopping(work) | Shown::Failed(work, _) => {
            WAY.iter().position(|(_, works)| works.contains(&work))
        }
        Shown::Saved(_) => Some(WAY.len()),
        // The last one was left out.
        Shown::Paid(_) => Some(3),
        Shown::Idle | Shown::Canceled => None,
    };
    let at = Memo::new(move |_| at());
    let step = move |number: usize, name: Word| {
        let state = move || match at.get() {
            Some(now) if now > number => "done",
            Some(now) if now == number && !desk.shown().is_over() => "now",
            _ => "ahead",
        };
        view! { <li data-step=state>{name.text(desk.locale)}</li> }
    };
    let steps: Vec<_> = WAY
        .iter()
        .enumerate()
        .map(|(n, (name, _))| step(n, *name))
        .collect();
    view! { <ol class="ce-present-steps" aria-hidden="true">{steps}</ol> }
}
