//! One card of the list: its name, its badges, its actions and their state.
//!
//! Used by [`super::wallet`].

use card_entry_protocol::expiry::ExpiryState;
use leptos::prelude::*;

use super::brand_mark::brand_mark;
use super::controller::{WalletController, today};
use super::row_message::row_message;
use crate::i18n::{WalletMessageKey, fill_placeholders};
use crate::wallet::{Card, SavedCardId};
use crate::wallet_view::announcement::{about, name};
use crate::wallet_view::{FormPanel, RowState, WalletEvent, WalletViewModel};

pub(super) fn row(controller: WalletController, card: Card) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    let at = Memo::new(move |_| {
        let position = |view_model: &WalletViewModel, id: &SavedCardId| {
            view_model.cards().iter().position(|c| c.id == *id)
        };
        controller
            .view_model
            .with(|view_model| id.with_value(|id| position(view_model, id)))
            .unwrap_or(0)
    });
    let state = Memo::new(move |_| {
        controller.view_model.with(|view_model| {
            let row = view_model.row();
            if id.with_value(|id| row.card() == Some(id)) {
                row.clone()
            } else {
                RowState::Idle
            }
        })
    });
    let busy = move || {
        matches!(
            state.get(),
            RowState::Busy(..) | RowState::Indeterminate(..)
        )
    };
    let expiry = card.expiry_state(today());
    let expiry_word = match expiry {
        ExpiryState::Expired => WalletMessageKey::ExpiredOn,
        _ => WalletMessageKey::Expires,
    };
    let isolated = format!("\u{2066}{}\u{2069}", card.expiry()); // keeps digits left-to-right (Unicode TR 9)
    let capabilities = controller
        .view_model
        .with_untracked(WalletViewModel::capabilities);
    let replaces = !capabilities.many;
    let can_set_default = controller
        .view_model
        .with_untracked(|view_model| view_model.can_set_default(&card));
    let actions = {
        let card = card.clone();
        move || {
            (state.get() == RowState::Idle).then(|| {
                let replace = replaces
                    .then(|| replace_button(controller, &card, at, WalletMessageKey::Replace));
                let set_default =
                    can_set_default.then(|| set_default_button(controller, &card, at));
                let delete = capabilities
                    .delete
                    .then(|| delete_button(controller, &card, at));
                view! { <div class="ce-actions">{replace} {set_default} {delete}</div> }
            })
        }
    };
    let message = {
        let card = card.clone();
        move || row_message(controller, &card, at, &state.get())
    };
    view! {
        <li
            class="ce-card"
            data-card
            data-last4=card.last4.as_str().to_owned()
            data-focus=move || format!("row-{}", at.get())
            tabindex="-1"
            aria-busy=move || busy().then_some("true")
        >
            <div class="ce-card-line">
                {brand_mark(&card.brand)}
                <div class="ce-card-text">
                    <span class="ce-card-name">{name(&card, controller.messages)}</span>
                    {user_text(card.label.clone())}
                    <span class="ce-card-detail">
                        <span>{fill_placeholders(controller.text(expiry_word), &[("expiry", &isolated)])}</span>
                        {badges(controller, &card, expiry)}
                    </span>
                    {user_text(card.address.clone())}
                </div>
                {actions}
            </div>
            {message}
        </li>
    }
}

/// A text that the person wrote, in its own direction.
fn user_text(text: Option<String>) -> impl IntoView {
    text.map(|text| view! { <span class="ce-card-detail" dir="auto">{text}</span> })
}

fn badges(controller: WalletController, card: &Card, expiry: ExpiryState) -> impl IntoView + use<> {
    let ending = match expiry {
        ExpiryState::Expired => Some(("expired", WalletMessageKey::Expired)),
        _ if card.expires_before_appointment => {
            Some(("expires-soon", WalletMessageKey::ExpiresBefore))
        }
        ExpiryState::Soon => Some(("expires-soon", WalletMessageKey::ExpiresSoon)),
        ExpiryState::Valid => None,
    };
    let default = card
        .is_default
        .then_some(("default", WalletMessageKey::Default));
    let badge = move |(kind, key): (&'static str, WalletMessageKey)| {
        view! { <span class="ce-badge" data-badge=kind>{controller.text(key)}</span> }
    };
    (default.map(badge), ending.map(badge))
}

pub(super) fn replace_button(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
    key: WalletMessageKey,
) -> impl IntoView + use<> {
    let label = (key == WalletMessageKey::Replace)
        .then(|| about(WalletMessageKey::ReplaceCard, card, controller.messages));
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="replace"
            data-focus=move || format!("replace-{}", at.get())
            aria-label=label
            disabled=move || controller.view_model.with(|view_model| view_model.panel() != FormPanel::Closed)
            on:click=move |_| controller.handle(WalletEvent::Replace)
        >
            {controller.text(key)}
        </button>
    }
}

fn set_default_button(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
) -> impl IntoView + use<> {
    let id = card.id.clone();
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="make-default"
            data-focus=move || format!("set-default-{}", at.get())
            aria-label=about(WalletMessageKey::MakeDefaultCard, card, controller.messages)
            disabled=move || controller.view_model.with(|view_model| view_model.panel() != FormPanel::Closed)
            on:click=move |_| controller.handle(WalletEvent::SetDefault(id.clone()))
        >
            {controller.text(WalletMessageKey::MakeDefault)}
        </button>
    }
}

fn delete_button(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
) -> impl IntoView + use<> {
    let id = card.id.clone();
    view! {
        <button
            type="button"
            class="ce-button ce-subtle"
            data-action="delete"
            data-focus=move || format!("delete-{}", at.get())
            aria-label=about(WalletMessageKey::DeleteCard, card, controller.messages)
            disabled=move || controller.view_model.with(|view_model| view_model.panel() != FormPanel::Closed)
            on:click=move |_| controller.handle(WalletEvent::Delete(id.clone()))
        >
            {controller.text(WalletMessageKey::Delete)}
        </button>
    }
}
