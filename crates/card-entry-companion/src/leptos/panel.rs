//! What opens beneath the list: the warning before a replace, and the form.
//!
//! Used by [`super::wallet`]. The form stays mounted for as long as its panel is open, whatever else is drawn.

use leptos::prelude::*;

use super::desk::Desk;
use super::form::draw;
use crate::screen::said::about;
use crate::screen::{Act, Panel};
use crate::words::WalletWord;

fn cancel_button(desk: Desk) -> impl IntoView {
    view! {
        <button
            type="button"
            class="ce-button"
            data-action="cancel"
            aria-disabled=move || {
                desk.screen.with(|screen| screen.is_asking().then_some("true"))
            }
            on:click=move |_| desk.act(Act::Cancel)
        >
            {desk.word(WalletWord::Cancel)}
        </button>
    }
}

pub(super) fn panel(desk: Desk) -> impl IntoView {
    let open = Memo::new(move |_| desk.screen.with(|screen| screen.panel()));
    move || match open.get() {
        Panel::Closed => ().into_any(),
        Panel::Warning => warning(desk).into_any(),
        Panel::Adding => form(desk, WalletWord::AddTitle).into_any(),
        Panel::Replacing => form(desk, WalletWord::ReplaceTitle).into_any(),
    }
}

fn warning(desk: Desk) -> impl IntoView {
    let card = desk
        .screen
        .with_untracked(|screen| screen.cards().first().cloned());
    let text = card.map_or_else(String::new, |card| {
        about(WalletWord::ReplaceWarning, &card, desk.voice)
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
                    class="ce-button ce-main"
                    data-action="replace-continue"
                    on:click=move |_| desk.act(Act::Continue)
                >
                    {desk.word(WalletWord::Continue)}
                </button>
                {cancel_button(desk)}
            </div>
        </div>
    }
}

fn form(desk: Desk, title: WalletWord) -> impl IntoView {
    let place = draw(
        desk.entry,
        desk.api.get_value(),
        desk.address.get_value(),
        desk.settings.get_value(),
        move |event| desk.hear(event),
    );
    view! {
        <div class="ce-panel">
            <h3 class="ce-panel-title" tabindex="-1" data-focus="panel">{desk.word(title)}</h3>
            {place}
            <div class="ce-actions">{cancel_button(desk)}</div>
        </div>
    }
}
