//! The list of cards: the cards and the Add button, or the loading, failed or empty state.
//!
//! Used by [`super::wallet`].

use leptos::prelude::*;

use super::controller::WalletController;
use super::row::row;
use crate::i18n::{EntryMessageKey, WalletMessageKey};
use crate::wallet::Card;
use crate::wallet_view::{ListState, WalletEvent, WalletViewModel};

/// What the area of the list shows.
#[derive(Clone, Copy, PartialEq)]
enum ListArea {
    Skeleton,
    Failed,
    Empty,
    Cards,
    Nothing,
}

fn list_area(view_model: &WalletViewModel) -> ListArea {
    match view_model.list() {
        _ if !view_model.cards().is_empty() => ListArea::Cards,
        _ if view_model.is_hidden() => ListArea::Nothing,
        ListState::Loading(_) => ListArea::Skeleton,
        ListState::Failed => ListArea::Failed,
        ListState::Ready => ListArea::Empty,
    }
}

/// The list, or what is shown instead of it.
pub(super) fn cards(controller: WalletController) -> impl IntoView {
    let shown = Memo::new(move |_| controller.view_model.with(list_area));
    move || match shown.get() {
        ListArea::Nothing => ().into_any(),
        ListArea::Skeleton => view! {
            <div class="ce-card ce-skeleton">
                <span></span>
                <span></span>
                <p class="ce-visually-hidden">{controller.text(WalletMessageKey::Loading)}</p>
            </div>
        }
        .into_any(),
        ListArea::Failed => view! {
            <div class="ce-panel ce-notice">
                <p>{controller.text(WalletMessageKey::LoadFailed)}</p>
                <button
                    type="button"
                    class="ce-button"
                    data-action="retry"
                    data-focus="retry"
                    on:click=move |_| controller.handle(WalletEvent::Retry)
                >
                    {controller.messages.locale.entry_text(EntryMessageKey::Retry)}
                </button>
            </div>
        }
        .into_any(),
        ListArea::Empty => empty(controller).into_any(),
        ListArea::Cards => list(controller).into_any(),
    }
}

fn add_button(controller: WalletController) -> impl IntoView {
    let can_add = Memo::new(move |_| controller.view_model.with(WalletViewModel::can_add));
    move || {
        can_add.get().then(|| {
            view! {
                <button
                    type="button"
                    class="ce-button ce-primary ce-add"
                    data-action="add"
                    data-focus="add"
                    on:click=move |_| controller.handle(WalletEvent::Add)
                >
                    {controller.text(WalletMessageKey::Add)}
                </button>
            }
        })
    }
}

fn empty(controller: WalletController) -> impl IntoView {
    let lists = controller
        .view_model
        .with_untracked(|view_model| view_model.capabilities().list);
    let open = Memo::new(move |_| {
        controller
            .view_model
            .with(|view_model| view_model.panel().has_form())
    });
    move || {
        (!open.get()).then(|| {
            view! {
                <div class="ce-empty">
                    {lists
                        .then(|| {
                            view! { <p class="ce-empty-title">{controller.text(WalletMessageKey::Empty)}</p> }
                        })}
                    <p>{controller.text(WalletMessageKey::EmptyHint)}</p>
                    {add_button(controller)}
                </div>
            }
        })
    }
}

fn list(controller: WalletController) -> impl IntoView {
    let cards = Memo::new(move |_| {
        controller
            .view_model
            .with(|view_model| view_model.cards().to_vec())
    });
    view! {
        <ul class="ce-cards" role="list">
            <For
                each=move || cards.get()
                key=Card::render_key
                children=move |card| row(controller, card)
            />
        </ul>
        {add_button(controller)}
    }
}
