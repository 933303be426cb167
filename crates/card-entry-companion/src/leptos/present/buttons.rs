//! What can be pressed: take a card, try again, cancel.
//!
//! Used by [`super::CardPresent`].

use card_entry_protocol::dialect::quilt::steps::Sale;
use leptos::prelude::*;

use super::desk::Desk;
use crate::present::{Heard, Press, Word as Said};
use crate::words::{WalletWord, Word, fill};

/// The buttons of the moment.
pub(super) fn buttons(
    desk: Desk,
    sale: Signal<Option<Sale>>,
    price: Signal<String>,
) -> impl IntoView {
    let over = Memo::new(move |_| desk.shown().is_over());
    let retry = Memo::new(move |_| desk.shown().can_retry());
    let cancel = Memo::new(move |_| desk.shown().can_cancel());
    let locale = desk.locale;
    // A price keeps its order in a sentence from right to left (Unicode TR 9).
    let take = move || {
        let isolated = format!("\u{2066}{}\u{2069}", price.get());
        fill(Said::Take.text(locale), &[("price", &isolated)])
    };
    let press = move |press| desk.hear(Heard::Pressed(press));
    view! {
        {move || {
            over.get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button ce-main"
                            data-action="take"
                            disabled=move || sale.with(Option::is_none)
                            on:click=move |_| {
                                if let Some(sale) = sale.try_get_untracked().flatten() {
                                    desk.take(sale);
                                }
                            }
                        >
                            {take}
                        </button>
                    }
                })
        }}
        {move || {
            retry
                .get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button ce-main"
                            data-action="retry"
                            on:click=move |_| press(Press::Retry)
                        >
                            {locale.word(Word::Retry)}
                        </button>
                    }
                })
        }}
        {move || {
            cancel
                .get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button"
                            data-action="cancel"
                            on:click=move |_| press(Press::Cancel)
                        >
                            {locale.wallet(WalletWord::Cancel)}
                        </button>
                    }
                })
        }}
    }
}
