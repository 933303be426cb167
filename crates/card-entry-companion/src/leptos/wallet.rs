//! The person's cards on screen: list, add, replace, choose, delete.
//!
//! A page mounts it with a wallet API and the frame's address. One wallet for every dialect: what is offered follows
//! from the API's capabilities.

use std::rc::Rc;

use card_entry_protocol::settings::Settings;
use leptos::ev::KeyboardEvent;
use leptos::html::Section;
use leptos::prelude::*;

use super::desk::Desk;
use super::panel::panel;
use super::row::row;
use crate::address::FrameAddress;
use crate::page::choose_locale;
use crate::screen::{Act, Listing, Screen};
use crate::wallet::{Card, WalletApi};
use crate::words::{Locale, Voice, WalletWord, Whose, Word};

/// The wallet.
#[component]
pub fn Wallet(
    /// Where the cards are.
    api: Rc<dyn WalletApi>,
    /// Where the frame lives, and what it is asked for.
    address: FrameAddress,
    /// What the form looks like and asks for.
    #[prop(optional)]
    settings: Settings,
    /// Bump it after the person signed in and the API has the new token: what waited goes on, with nothing typed again.
    #[prop(optional, into)]
    signed_in: Option<Signal<u32>>,
    /// The person pressed Sign in: show the sign-in. Without it there is no button.
    #[prop(optional, into)]
    on_sign_in: Option<Callback<()>>,
    /// The cards as they are now, after every change and the first load.
    #[prop(optional, into)]
    on_change: Option<Callback<Vec<Card>>>,
    /// The person asked for a card that is taken at a reader; only with [`Capabilities::card_present`].
    ///
    /// [`Capabilities::card_present`]: crate::wallet::Capabilities::card_present
    #[prop(optional, into)]
    on_present: Option<Callback<()>>,
    /// Bump it when the cards changed by other means, such as at a reader: they are read again.
    #[prop(optional, into)]
    changed: Option<Signal<u32>>,
    /// Whose cards these are to whoever reads it; the reader's own unless told.
    #[prop(optional)]
    whose: Whose,
) -> impl IntoView {
    let tag = settings.locale.clone().or_else(|| address.locale.clone());
    let locale = choose_locale(tag.as_deref());
    api.set_locale(locale);
    let voice = Voice { locale, whose };
    let capabilities = api.capabilities();
    let desk = Desk {
        screen: RwSignal::new(Screen::new(capabilities)),
        api: StoredValue::new_local(api),
        address: StoredValue::new(address),
        settings: StoredValue::new(settings),
        entry: StoredValue::new_local(None),
        tasks: StoredValue::new_local(vec![]),
        root: NodeRef::<Section>::new(),
        voice,
        on_change,
        on_present,
    };
    if capabilities.list {
        desk.load();
    }
    on_cleanup(move || {
        desk.tasks.try_update_value(std::mem::take);
    });
    on_bump(signed_in, move || desk.act(Act::SignedIn));
    on_bump(changed, move || desk.act(Act::Reread));
    let screen = desk.screen;
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            desk.act(Act::Cancel);
        }
    };
    let title = if capabilities.many {
        WalletWord::Cards
    } else {
        WalletWord::YourCard
    };
    let status = move || screen.with(|screen| screen.status().map(|said| said.text(voice)));
    let alert = move || screen.with(|screen| screen.alert().map(|said| said.text(voice)));
    let foreign = move || screen.with(|screen| screen.alert().and_then(|said| said.foreign(voice)));
    view! {
        <section
            class="ce-wallet"
            data-wallet
            data-state=move || screen.with(Screen::as_str)
            lang=locale.as_str()
            dir=locale.dir()
            aria-label=desk.word(title)
            node_ref=desk.root
            on:keydown=escape
        >
            <h2 class="ce-heading" tabindex="-1" data-focus="heading">{desk.word(title)}</h2>
            <p class="ce-status" role="status" data-wallet-status>{status}</p>
            <p
                class="ce-hidden"
                role="alert"
                lang=move || foreign().map(Locale::as_str)
                dir="auto"
                data-wallet-alert
            >
                {alert}
            </p>
            {sign_in(desk, on_sign_in)}
            {cards(desk)}
            {panel(desk)}
        </section>
    }
}

/// Calls when the count goes on, not when it is first seen.
pub(super) fn on_bump(count: Option<Signal<u32>>, call: impl Fn() + 'static) {
    if let Some(count) = count {
        Effect::new(move |before: Option<u32>| {
            let now = count.get();
            if before.is_some_and(|before| before != now) {
                call();
            }
            now
        });
    }
}

fn sign_in(desk: Desk, on_sign_in: Option<Callback<()>>) -> impl IntoView {
    let wanted = Memo::new(move |_| desk.screen.with(Screen::wants_sign_in));
    move || {
        wanted.get().then(|| {
            let text = if desk
                .screen
                .with_untracked(|screen| screen.panel().has_form())
            {
                desk.voice.locale.word(Word::SignIn)
            } else {
                desk.word(WalletWord::SignInToSee)
            };
            let button = on_sign_in.map(|call| {
                view! {
                    <button
                        type="button"
                        class="ce-button ce-main"
                        data-action="sign-in"
                        data-focus="sign-in"
                        on:click=move |_| super::tell(Some(call), ())
                    >
                        {desk.word(WalletWord::SignInButton)}
                    </button>
                }
            });
            view! { <div class="ce-panel ce-notice"><p>{text}</p> {button}</div> }
        })
    }
}

/// What the middle of the wallet shows.
#[derive(Clone, Copy, PartialEq)]
enum Middle {
    Skeleton,
    Failed,
    Empty,
    Cards,
    Nothing,
}

fn middle(screen: &Screen) -> Middle {
    match screen.listing() {
        _ if !screen.cards().is_empty() => Middle::Cards,
        _ if screen.is_hidden() => Middle::Nothing,
        Listing::Loading(_) => Middle::Skeleton,
        Listing::Failed => Middle::Failed,
        Listing::Ready => Middle::Empty,
    }
}

fn cards(desk: Desk) -> impl IntoView {
    let shown = Memo::new(move |_| desk.screen.with(middle));
    move || match shown.get() {
        Middle::Nothing => ().into_any(),
        Middle::Skeleton => view! {
            <div class="ce-card ce-skeleton">
                <span></span>
                <span></span>
                <p class="ce-hidden">{desk.word(WalletWord::Loading)}</p>
            </div>
        }
        .into_any(),
        Middle::Failed => view! {
            <div class="ce-panel ce-notice">
                <p>{desk.word(WalletWord::LoadFailed)}</p>
                <button
                    type="button"
                    class="ce-button"
                    data-action="retry"
                    data-focus="retry"
                    on:click=move |_| desk.act(Act::Retry)
                >
                    {desk.voice.locale.word(Word::Retry)}
                </button>
            </div>
        }
        .into_any(),
        Middle::Empty => empty(desk).into_any(),
        Middle::Cards => list(desk).into_any(),
    }
}

fn add_button(desk: Desk) -> impl IntoView {
    let can_add = Memo::new(move |_| desk.screen.with(Screen::can_add));
    move || {
        can_add.get().then(|| {
            view! {
                <button
                    type="button"
                    class="ce-button ce-main ce-add"
                    data-action="add"
                    data-focus="add"
                    on:click=move |_| desk.act(Act::Add)
                >
                    {desk.word(WalletWord::Add)}
                </button>
            }
        })
    }
}

fn empty(desk: Desk) -> impl IntoView {
    let lists = desk
        .screen
        .with_untracked(|screen| screen.capabilities().list);
    let open = Memo::new(move |_| desk.screen.with(|screen| screen.panel().has_form()));
    move || {
        (!open.get()).then(|| {
            view! {
                <div class="ce-empty">
                    {lists
                        .then(|| {
                            view! { <p class="ce-empty-title">{desk.word(WalletWord::Empty)}</p> }
                        })}
                    <p>{desk.word(WalletWord::EmptyHint)}</p>
                    {add_button(desk)}
                </div>
            }
        })
    }
}

fn list(desk: Desk) -> impl IntoView {
    let cards = Memo::new(move |_| desk.screen.with(|screen| screen.cards().to_vec()));
    view! {
        <ul class="ce-cards" role="list">
            <For
                each=move || cards.get()
                key=Card::drawn
                children=move |card| row(desk, card)
            />
        </ul>
        {add_button(desk)}
    }
}
