//! The message below a card: the question before a delete, the progress of an action, or why it was refused.
//!
//! Used by [`super::row`].

use leptos::prelude::*;

use super::controller::WalletController;
use super::row::replace_button;
use crate::i18n::{Locale, WalletMessageKey};
use crate::wallet::Card;
use crate::wallet_view::announcement::about;
use crate::wallet_view::{RowState, WalletEvent, WalletViewModel};

/// The question before a delete, the text while an action is in progress, or the refusal, below a card.
pub(super) fn row_message(
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
                    class="ce-row-message"
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
            <p class="ce-row-message ce-busy">{about(action.busy(), card, controller.messages)}</p>
        }
        .into_any(),
        RowState::Refused(action, _, message) => {
            let default_text = controller.text(action.refused());
            let text = message
                .as_ref()
                .map_or(default_text, |message| message.as_str())
                .to_owned();
            let locale = controller.messages.locale;
            let language = message
                .as_ref()
                .and_then(|message| message.other_language(locale));
            let refusal = RefusalText { text, language };
            refused(controller, card, at, refusal, cancel()).into_any()
        }
        RowState::NotDone(action, _) => {
            let text = controller.text(action.indeterminate()).to_owned();
            let refusal = RefusalText {
                text,
                language: None,
            };
            refused(controller, card, at, refusal, cancel()).into_any()
        }
    }
}

/// Why the wallet did not do it, and the language of the text if it is not that of the page.
struct RefusalText {
    text: String,
    language: Option<Locale>,
}

fn refused(
    controller: WalletController,
    card: &Card,
    at: Memo<usize>,
    refusal: RefusalText,
    cancel: impl IntoView,
) -> impl IntoView {
    let can_replace = controller
        .view_model
        .with_untracked(WalletViewModel::can_replace);
    let replace =
        can_replace.then(|| replace_button(controller, card, at, WalletMessageKey::ReplaceThis));
    let RefusalText { text, language } = refusal;
    let label = text.clone();
    view! {
        <div
            class="ce-row-message ce-refused"
            role="group"
            aria-label=label
            tabindex="-1"
            data-focus=move || format!("note-{}", at.get())
        >
            <p lang=language.map(Locale::as_str) dir="auto">{text}</p>
            <div class="ce-actions">{replace} {cancel}</div>
        </div>
    }
}
