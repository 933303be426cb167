//! The person's cards on screen: list, add, replace, choose, delete.
//!
//! A page mounts it with a wallet API and the frame's address. One wallet for every dialect: what is offered follows
//! from the API's capabilities.

use std::rc::Rc;

use card_entry_protocol::settings::Settings;
use leptos::ev::KeyboardEvent;
use leptos::html::Section;
use leptos::prelude::*;

use super::controller::WalletController;
use super::panel::panel;
use super::row::row;
use crate::address::FrameAddress;
use crate::i18n::{Audience, EntryMessageKey, Locale, Messages, WalletMessageKey};
use crate::page::choose_locale;
use crate::wallet::{Card, WalletApi};
use crate::wallet_view::{ListState, WalletEvent, WalletViewModel};

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
    /// Audience cards these are to whoever reads it; the reader's own unless told.
    #[prop(optional)]
    audience: Audience,
) -> impl IntoView {
    let tag = settings.locale.clone().or_else(|| address.locale.clone());
    let locale = choose_locale(tag.as_deref());
    api.set_locale(locale);
    let messages = Messages { locale, audience };
    let capabilities = api.capabilities();
    let controller = WalletController {
        screen: RwSignal::new(WalletViewModel::new(capabilities)),
        api: StoredValue::new_local(api),
        address: StoredValue::new(address),
        settings: StoredValue::new(settings),
        entry: StoredValue::new_local(None),
        tasks: StoredValue::new_local(vec![]),
        root: NodeRef::<Section>::new(),
        messages,
        on_change,
        on_present,
    };
    if capabilities.list {
        controller.load();
    }
    on_cleanup(move || {
        controller.tasks.try_update_value(std::mem::take);
    });
    on_change_of(signed_in, move || controller.handle(WalletEvent::SignedIn));
    on_change_of(changed, move || {
        controller.handle(WalletEvent::CardsChanged)
    });
    let screen = controller.screen;
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            controller.handle(WalletEvent::Cancel);
        }
    };
    let title = if capabilities.many {
        WalletMessageKey::Cards
    } else {
        WalletMessageKey::YourCard
    };
    let status = move || screen.with(|screen| screen.status().map(|said| said.text(messages)));
    let alert = move || screen.with(|screen| screen.alert().map(|said| said.text(messages)));
    let other_language = move || {
        screen.with(|screen| {
            screen
                .alert()
                .and_then(|said| said.other_language(messages))
        })
    };
    view! {
        <section
            class="ce-wallet"
            data-wallet
            data-state=move || screen.with(WalletViewModel::as_str)
            lang=locale.as_str()
            dir=locale.dir()
            aria-label=controller.text(title)
            node_ref=controller.root
            on:keydown=escape
        >
            <h2 class="ce-heading" tabindex="-1" data-focus="heading">{controller.text(title)}</h2>
            <p class="ce-status" role="status" data-wallet-status>{status}</p>
            <p
                class="ce-hidden"
                role="alert"
                lang=move || other_language().map(Locale::as_str)
                dir="auto"
                data-wallet-alert
            >
                {alert}
            </p>
            {sign_in(controller, on_sign_in)}
            {cards(controller)}
            {panel(controller)}
        </section>
    }
}

/// Calls when the count goes on, not when it is first seen.
pub(super) fn on_change_of(count: Option<Signal<u32>>, call: impl Fn() + 'static) {
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

fn sign_in(controller: WalletController, on_sign_in: Option<Callback<()>>) -> impl IntoView {
    let wanted = Memo::new(move |_| controller.screen.with(WalletViewModel::wants_sign_in));
    move || {
        wanted.get().then(|| {
            let text = if controller
                .screen
                .with_untracked(|screen| screen.panel().has_form())
            {
                controller
                    .messages
                    .locale
                    .entry_text(EntryMessageKey::SignIn)
            } else {
                controller.text(WalletMessageKey::SignInToSee)
            };
            let button = on_sign_in.map(|call| {
                view! {
                    <button
                        type="button"
                        class="ce-button ce-main"
                        data-action="sign-in"
                        data-focus="sign-in"
                        on:click=move |_| super::notify(Some(call), ())
                    >
                        {controller.text(WalletMessageKey::SignInButton)}
                    </button>
                }
            });
            view! { <div class="ce-panel ce-notice"><p>{text}</p> {button}</div> }
        })
    }
}

/// What the list_area of the wallet shows.
#[derive(Clone, Copy, PartialEq)]
enum ListArea {
    Skeleton,
    Failed,
    Empty,
    Cards,
    Nothing,
}

fn list_area(screen: &WalletViewModel) -> ListArea {
    match screen.list() {
        _ if !screen.cards().is_empty() => ListArea::Cards,
        _ if screen.is_hidden() => ListArea::Nothing,
        ListState::Loading(_) => ListArea::Skeleton,
        ListState::Failed => ListArea::Failed,
        ListState::Ready => ListArea::Empty,
    }
}

fn cards(controller: WalletController) -> impl IntoView {
    let shown = Memo::new(move |_| controller.screen.with(list_area));
    move || match shown.get() {
        ListArea::Nothing => ().into_any(),
        ListArea::Skeleton => view! {
            <div class="ce-card ce-skeleton">
                <span></span>
                <span></span>
                <p class="ce-hidden">{controller.text(WalletMessageKey::Loading)}</p>
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
    let can_add = Memo::new(move |_| controller.screen.with(WalletViewModel::can_add));
    move || {
        can_add.get().then(|| {
            view! {
                <button
                    type="button"
                    class="ce-button ce-main ce-add"
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
        .screen
        .with_untracked(|screen| screen.capabilities().list);
    let open = Memo::new(move |_| controller.screen.with(|screen| screen.panel().has_form()));
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
    let cards = Memo::new(move |_| controller.screen.with(|screen| screen.cards().to_vec()));
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
