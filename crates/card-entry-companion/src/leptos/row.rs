//! One card of the list: what it is, what can be done with it, and what became of that.
//!
//! Used by [`super::wallet`].

use card_entry_protocol::expiry::ExpiryState;
use leptos::prelude::*;

use super::brand_mark::brand_mark;
use super::controller::{WalletController, today};
use crate::i18n::{Locale, WalletMessageKey, fill_placeholders};
use crate::wallet::{Card, SavedCardId};
use crate::wallet_view::announcement::{about, name};
use crate::wallet_view::{FormPanel, RowState, WalletEvent, WalletViewModel};

pub(super) fn row(controller: WalletController, card: Card) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    let at = Memo::new(move |_| {
        let place = |screen: &WalletViewModel, id: &SavedCardId| {
            screen.cards().iter().position(|c| c.id == *id)
        };
        controller
            .screen
            .with(|screen| id.with_value(|id| place(screen, id)))
            .unwrap_or(0)
    });
    let state = Memo::new(move |_| {
        controller.screen.with(|screen| {
            let row = screen.row();
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
    let isolated = format!("\u{2066}{}\u{2069}", card.expiry()); // digits stay left-to-right (Unicode TR 9)
    let capabilities = controller
        .screen
        .with_untracked(WalletViewModel::capabilities);
    let replaces = !capabilities.many;
    let can_set_default = controller
        .screen
        .with_untracked(|screen| screen.can_set_default(&card));
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
        move || card_message(controller, &card, at, &state.get())
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
                    <span class="ce-card-more">
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

/// What the person wrote, in whichever direction it runs.
fn user_text(text: Option<String>) -> impl IntoView {
    text.map(|text| view! { <span class="ce-card-more" dir="auto">{text}</span> })
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
    let badge = move |(kind, word): (&'static str, WalletMessageKey)| {
        view! { <span class="ce-badge" data-badge=kind>{controller.text(word)}</span> }
    };
    (default.map(badge), ending.map(badge))
}

fn replace_button(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
    word: WalletMessageKey,
) -> impl IntoView + use<> {
    let label = (word == WalletMessageKey::Replace)
        .then(|| about(WalletMessageKey::ReplaceCard, card, controller.messages));
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="replace"
            data-focus=move || format!("replace-{}", at.get())
            aria-label=label
            disabled=move || controller.screen.with(|screen| screen.panel() != FormPanel::Closed)
            on:click=move |_| controller.handle(WalletEvent::Replace)
        >
            {controller.text(word)}
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
            disabled=move || controller.screen.with(|screen| screen.panel() != FormPanel::Closed)
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
            class="ce-button ce-quiet"
            data-action="delete"
            data-focus=move || format!("delete-{}", at.get())
            aria-label=about(WalletMessageKey::DeleteCard, card, controller.messages)
            disabled=move || controller.screen.with(|screen| screen.panel() != FormPanel::Closed)
            on:click=move |_| controller.handle(WalletEvent::Delete(id.clone()))
        >
            {controller.text(WalletMessageKey::Delete)}
        </button>
    }
}

/// The question, the wait or the refusal beneath a card.
fn card_message(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
    row: &RowState,
) -> impl IntoView + use<> {
    let cancel = move || {
        view! {
            <button
                type="button"
                class="ce-button"
                data-action="cancel"
                on:click=move |_| controller.handle(WalletEvent::Cancel)
            >
                {controller.text(WalletMessageKey::Cancel)}
            </button>
        }
    };
    match row {
        RowState::Idle => ().into_any(),
        RowState::Confirming(_) => {
            let question = about(WalletMessageKey::DeleteQuestion, card, controller.messages);
            let label = question.clone();
            view! {
                <div
                    class="ce-news"
                    role="group"
                    aria-label=label
                    tabindex="-1"
                    data-focus=move || format!("question-{}", at.get())
                >
                    <p>{question}</p>
                    <div class="ce-actions">
                        <button
                            type="button"
                            class="ce-button ce-danger"
                            data-action="delete-confirm"
                            on:click=move |_| controller.handle(WalletEvent::ConfirmDelete)
                        >
                            {controller.text(WalletMessageKey::DeleteYes)}
                        </button>
                        {cancel()}
                    </div>
                </div>
            }
            .into_any()
        }
        RowState::Busy(action, _) | RowState::Indeterminate(action, _) => view! {
            <p class="ce-news ce-busy">{about(action.busy(), card, controller.messages)}</p>
        }
        .into_any(),
        RowState::Refused(action, _, sentence) => {
            let word = controller.text(action.refused());
            let text = sentence
                .as_ref()
                .map_or(word, |sentence| sentence.as_str())
                .to_owned();
            let locale = controller.messages.locale;
            let foreign = sentence
                .as_ref()
                .and_then(|said| said.other_language(locale));
            refusal(controller, card, at, text, foreign, cancel()).into_any()
        }
        RowState::NotDone(action, _) => {
            let text = controller.text(action.indeterminate()).to_owned();
            refusal(controller, card, at, text, None, cancel()).into_any()
        }
    }
}

fn refusal(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
    text: String,
    foreign: Option<Locale>,
    cancel: impl IntoView,
) -> impl IntoView {
    let can_replace = controller
        .screen
        .with_untracked(WalletViewModel::can_replace);
    let replace =
        can_replace.then(|| replace_button(controller, card, at, WalletMessageKey::ReplaceThis));
    let label = text.clone();
    view! {
        <div
            class="ce-news ce-refused"
            role="group"
            aria-label=label
            tabindex="-1"
            data-focus=move || format!("note-{}", at.get())
        >
            <p lang=foreign.map(Locale::as_str) dir="auto">{text}</p> // the wallet's sentence may be in another language
            <div class="ce-actions">{replace} {cancel}</div>
        </div>
    }
}
