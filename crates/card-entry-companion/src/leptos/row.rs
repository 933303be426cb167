//! One card of the list: what it is, what can be done with it, and what became of that.
//!
//! Used by [`super::wallet`].

use card_entry_protocol::expiry::ExpiryState;
use leptos::prelude::*;

use super::desk::{Desk, today};
use super::mark::mark;
use crate::screen::said::{about, name};
use crate::screen::{Act, Panel, Row, Screen};
use crate::wallet::{Card, CardId};
use crate::words::{Locale, WalletWord, fill};

pub(super) fn row(desk: Desk, card: Card) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    let at = Memo::new(move |_| {
        let place = |screen: &Screen, id: &CardId| screen.cards().iter().position(|c| c.id == *id);
        desk.screen
            .with(|screen| id.with_value(|id| place(screen, id)))
            .unwrap_or(0)
    });
    let state = Memo::new(move |_| {
        desk.screen.with(|screen| {
            let row = screen.row();
            if id.with_value(|id| row.card() == Some(id)) {
                row.clone()
            } else {
                Row::Idle
            }
        })
    });
    let busy = move || matches!(state.get(), Row::Busy(..) | Row::Unclear(..));
    let expiry = card.expiry_state(today());
    let expiry_word = match expiry {
        ExpiryState::Expired => WalletWord::ExpiredOn,
        _ => WalletWord::Expires,
    };
    let isolated = format!("\u{2066}{}\u{2069}", card.expiry()); // digits stay left-to-right (Unicode TR 9)
    let capabilities = desk.screen.with_untracked(Screen::capabilities);
    let replaces = !capabilities.many;
    let chooses = desk
        .screen
        .with_untracked(|screen| screen.can_choose(&card));
    let actions = {
        let card = card.clone();
        move || {
            (state.get() == Row::Idle).then(|| {
                let replace =
                    replaces.then(|| replace_button(desk, &card, at, WalletWord::Replace));
                let choose = chooses.then(|| choose_button(desk, &card, at));
                let delete = capabilities.delete.then(|| delete_button(desk, &card, at));
                view! { <div class="ce-actions">{replace} {choose} {delete}</div> }
            })
        }
    };
    let news = {
        let card = card.clone();
        move || news(desk, &card, at, &state.get())
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
                {mark(&card.brand)}
                <div class="ce-card-text">
                    <span class="ce-card-name">{name(&card, desk.voice)}</span>
                    {own_words(card.label.clone())}
                    <span class="ce-card-more">
                        <span>{fill(desk.word(expiry_word), &[("expiry", &isolated)])}</span>
                        {badges(desk, &card, expiry)}
                    </span>
                    {own_words(card.address.clone())}
                </div>
                {actions}
            </div>
            {news}
        </li>
    }
}

/// What the person wrote, in whichever direction it runs.
fn own_words(text: Option<String>) -> impl IntoView {
    text.map(|text| view! { <span class="ce-card-more" dir="auto">{text}</span> })
}

fn badges(desk: Desk, card: &Card, expiry: ExpiryState) -> impl IntoView + use<> {
    let ending = match expiry {
        ExpiryState::Expired => Some(("expired", WalletWord::Expired)),
        _ if card.expires_before_hold_ends => Some(("expires-soon", WalletWord::ExpiresBefore)),
        ExpiryState::Soon => Some(("expires-soon", WalletWord::ExpiresSoon)),
        ExpiryState::Valid => None,
    };
    let default = card.is_default.then_some(("default", WalletWord::Default));
    let badge = move |(kind, word): (&'static str, WalletWord)| {
        view! { <span class="ce-badge" data-badge=kind>{desk.word(word)}</span> }
    };
    (default.map(badge), ending.map(badge))
}

fn replace_button(
    desk: Desk,
    card: &Card,
    at: Memo<usize>,
    word: WalletWord,
) -> impl IntoView + use<> {
    let label =
        (word == WalletWord::Replace).then(|| about(WalletWord::ReplaceCard, card, desk.voice));
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="replace"
            data-focus=move || format!("replace-{}", at.get())
            aria-label=label
            disabled=move || desk.screen.with(|screen| screen.panel() != Panel::Closed)
            on:click=move |_| desk.act(Act::Replace)
        >
            {desk.word(word)}
        </button>
    }
}

fn choose_button(desk: Desk, card: &Card, at: Memo<usize>) -> impl IntoView + use<> {
    let id = card.id.clone();
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="make-default"
            data-focus=move || format!("choose-{}", at.get())
            aria-label=about(WalletWord::MakeDefaultCard, card, desk.voice)
            disabled=move || desk.screen.with(|screen| screen.panel() != Panel::Closed)
            on:click=move |_| desk.act(Act::MakeDefault(id.clone()))
        >
            {desk.word(WalletWord::MakeDefault)}
        </button>
    }
}

fn delete_button(desk: Desk, card: &Card, at: Memo<usize>) -> impl IntoView + use<> {
    let id = card.id.clone();
    view! {
        <button
            type="button"
            class="ce-button ce-quiet"
            data-action="delete"
            data-focus=move || format!("delete-{}", at.get())
            aria-label=about(WalletWord::DeleteCard, card, desk.voice)
            disabled=move || desk.screen.with(|screen| screen.panel() != Panel::Closed)
            on:click=move |_| desk.act(Act::Delete(id.clone()))
        >
            {desk.word(WalletWord::Delete)}
        </button>
    }
}

/// The question, the wait or the refusal beneath a card.
fn news(desk: Desk, card: &Card, at: Memo<usize>, row: &Row) -> impl IntoView + use<> {
    let cancel = move || {
        view! {
            <button
                type="button"
                class="ce-button"
                data-action="cancel"
                on:click=move |_| desk.act(Act::Cancel)
            >
                {desk.word(WalletWord::Cancel)}
            </button>
        }
    };
    match row {
        Row::Idle => ().into_any(),
        Row::Asking(_) => {
            let question = about(WalletWord::DeleteQuestion, card, desk.voice);
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
                            on:click=move |_| desk.act(Act::ConfirmDelete)
                        >
                            {desk.word(WalletWord::DeleteYes)}
                        </button>
                        {cancel()}
                    </div>
                </div>
            }
            .into_any()
        }
        Row::Busy(deed, _) | Row::Unclear(deed, _) => view! {
            <p class="ce-news ce-busy">{about(deed.busy(), card, desk.voice)}</p>
        }
        .into_any(),
        Row::Refused(deed, _, sentence) => {
            let word = desk.word(deed.refused());
            let text = sentence
                .as_ref()
                .map_or(word, |sentence| sentence.as_str())
                .to_owned();
            let locale = desk.voice.locale;
            let foreign = sentence.as_ref().and_then(|said| said.foreign(locale));
            refusal(desk, card, at, text, foreign, cancel()).into_any()
        }
        Row::NotDone(deed, _) => {
            let text = desk.word(deed.unclear()).to_owned();
            refusal(desk, card, at, text, None, cancel()).into_any()
        }
    }
}

fn refusal(
    desk: Desk,
    card: &Card,
    at: Memo<usize>,
    text: String,
    foreign: Option<Locale>,
    cancel: impl IntoView,
) -> impl IntoView {
    let can_replace = desk.screen.with_untracked(Screen::can_replace);
    let replace = can_replace.then(|| replace_button(desk, card, at, WalletWord::ReplaceThis));
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
