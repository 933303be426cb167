//! The buttons: take a card, try again, cancel.
//!
//! Used by [`super::CardPresent`].

use card_entry_protocol::dialect::quilt::steps::Sale;
use leptos::prelude::*;

use super::controller::CardPresentController;
use crate::i18n::{EntryMessageKey, WalletMessageKey, fill_placeholders};
use crate::terminal_payment::{TerminalButton, TerminalEvent, TerminalMessageKey};

/// The buttons that the state allows.
pub(super) fn buttons(
    controller: CardPresentController,
    sale: Signal<Option<Sale>>,
    price: Signal<String>,
) -> impl IntoView {
    let over = Memo::new(move |_| controller.state().is_over());
    let retry = Memo::new(move |_| controller.state().can_retry());
    let cancel = Memo::new(move |_| controller.state().can_cancel());
    let locale = controller.locale;
    // The isolates keep the price left-to-right in a right-to-left text (Unicode TR 9).
    let take = move || {
        let isolated = format!("\u{2066}{}\u{2069}", price.get());
        fill_placeholders(
            TerminalMessageKey::Take.text(locale),
            &[("price", &isolated)],
        )
    };
    let press = move |press| controller.handle(TerminalEvent::Pressed(press));
    view! {
        {move || {
            over.get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button ce-primary"
                            data-action="take"
                            disabled=move || sale.with(Option::is_none)
                            on:click=move |_| {
                                if let Some(sale) = sale.try_get_untracked().flatten() {
                                    controller.take(sale);
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
                            class="ce-button ce-primary"
                            data-action="retry"
                            on:click=move |_| press(TerminalButton::Retry)
                        >
                            {locale.entry_text(EntryMessageKey::Retry)}
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
                            on:click=move |_| press(TerminalButton::Cancel)
                        >
                            {locale.wallet_text(WalletMessageKey::Cancel)}
                        </button>
                    }
                })
        }}
    }
}
