//! The panel below the list: the warning before a replace, and the form.
//!
//! Used by [`super::wallet`]. The form must never be unmounted while its panel is open, whatever else is drawn.

use leptos::prelude::*;

use super::controller::WalletController;
use super::form::draw;
use crate::i18n::WalletMessageKey;
use crate::wallet_view::announcement::about;
use crate::wallet_view::{FormPanel, WalletEvent};

fn cancel_button(controller: WalletController) -> impl IntoView {
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="cancel"
            aria-disabled=move || {
                controller.view_model.with(|view_model| view_model.is_saving().then_some("true"))
            }
            on:click=move |_| controller.handle(WalletEvent::Cancel)
        >
            {controller.text(WalletMessageKey::Cancel)}
        </button>
    }
}

pub(super) fn panel(controller: WalletController) -> impl IntoView {
    let open = Memo::new(move |_| controller.view_model.with(|view_model| view_model.panel()));
    move || match open.get() {
        FormPanel::Closed => ().into_any(),
        FormPanel::Warning => warning(controller).into_any(),
        FormPanel::Adding => form(controller, WalletMessageKey::AddTitle).into_any(),
        FormPanel::Replacing => form(controller, WalletMessageKey::ReplaceTitle).into_any(),
    }
}

fn warning(controller: WalletController) -> impl IntoView {
    let card = controller
        .view_model
        .with_untracked(|view_model| view_model.cards().first().cloned());
    let text = card.map_or_else(String::new, |card| {
        about(WalletMessageKey::ReplaceWarning, &card, controller.messages)
    });
    let label = text.clone();
    view! {
        <div
            class="ce-panel ce-warning"
            role="group"
            aria-label=label
            tabindex="-1"
            data-focus="warning"
        >
            <p>{text}</p>
            <div class="ce-actions">
                <button
                    type="button"
                    class="ce-button ce-primary"
                    data-action="replace-continue"
                    on:click=move |_| controller.handle(WalletEvent::Continue)
                >
                    {controller.text(WalletMessageKey::Continue)}
                </button>
                {cancel_button(controller)}
            </div>
        </div>
    }
}

fn form(controller: WalletController, title: WalletMessageKey) -> impl IntoView {
    let form = draw(
        controller.entry,
        controller.api.get_value(),
        controller.address.get_value(),
        controller.settings.get_value(),
        move |event| controller.on_entry_event(event),
    );
    view! {
        <div class="ce-panel">
            <h3 class="ce-panel-title" tabindex="-1" data-focus="panel">{controller.text(title)}</h3>
            {form}
            <div class="ce-actions">{cancel_button(controller)}</div>
        </div>
    }
}
