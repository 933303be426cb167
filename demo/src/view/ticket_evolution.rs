//! Row Nine Tickets: a shop whose visitors keep several cards, each with a label and a billing address.
//!
//! A page of its own, chosen by `data-page`. The form is Braintree's; every call goes through the shop's own server, which
//! signs. What the next card is kept with stands above the wallet and is told to its adapter as it is chosen.

mod details;
mod keeping;

use std::rc::Rc;

use card_entry_companion::address::{FrameAddress, Place};
use card_entry_companion::leptos::Wallet;
use card_entry_companion::token::Token;
use card_entry_companion::wallet::{Card, WalletApi};
use card_entry_companion::wallet_api::ticket_evolution::TicketEvolution;
use card_entry_protocol::appearance::{Appearance, Color, Length, Theme, Variables};
use card_entry_protocol::dialect::ticket_evolution::Id;
use card_entry_protocol::secret::PublishableKey;
use card_entry_protocol::settings::Settings;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::focus;
use crate::language::Locale;
use crate::net::{site, ticket_evolution};
use crate::ticket_evolution::{PROXY, SignIn, SignedIn, TOKENIZATION_KEY};
use keeping::keeping;

const AWAY: &str = "We cannot reach the shop’s server just now. Please try again in a moment.";

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Shop {
    locale: StoredValue<Locale>,
    who: RwSignal<Option<SignedIn>>,
    api: StoredValue<Option<Rc<TicketEvolution>>, LocalStorage>,
    frame: StoredValue<Option<Place>>,
    /// Whether the visitor has to sign in, for the first time or again.
    asks: RwSignal<bool>,
    signed_in: RwSignal<u32>,
    /// Counts what was changed beside the wallet, which then reads its cards again.
    changed: RwSignal<u32>,
    cards: RwSignal<Vec<Card>>,
    status: RwSignal<String>,
    alert: RwSignal<String>,
}

#[component]
pub fn TicketShop(
    /// The visitor's locale, for the wallet and the form.
    locale: Locale,
) -> impl IntoView {
    let shop = Shop {
        locale: StoredValue::new(locale),
        who: RwSignal::new(None),
        api: StoredValue::new_local(None),
        frame: StoredValue::new(None),
        asks: RwSignal::new(true),
        signed_in: RwSignal::new(0),
        changed: RwSignal::new(0),
        cards: RwSignal::new(vec![]),
        status: RwSignal::new(String::new()),
        alert: RwSignal::new(String::new()),
    };
    let name = move || {
        shop.who
            .with(|who| who.as_ref().map(|who| who.name.clone()))
    };
    view! {
        <header class="tickets-head">
            <p class="tickets-brand" translate="no">"Row Nine Tickets"</p>
            {move || name().map(|name| view! { <p class="tickets-who">{name}</p> })}
        </header>
        <main id="main" tabindex="-1">
            <h1>"Payment"</h1>
            <p role="status" class="quiet-text" data-page-status>{shop.status}</p>
            <p role="alert" class="tickets-error" data-page-alert>{shop.alert}</p>
            {sign_in(shop)}
            {columns(shop)}
        </main>
    }
}

/// Signs in, or in again: a new client every time, since a demo's visitors have no passwords.
fn enter(shop: Shop, name: String) {
    spawn_local(async move {
        shop.alert.set(String::new());
        let (answer, config) = (
            ticket_evolution::sign_in(&SignIn { name }).await,
            site::config().await,
        );
        let (Ok(who), Ok(config)) = (answer, config) else {
            return shop.alert.set(AWAY.to_owned());
        };
        let frame = format!("{}/braintree_hosted_forms/card_entry", config.wallet);
        let made = || {
            let origin = web_sys::window()?.location().origin().ok()?;
            let proxy = Place::parse(&format!("{origin}{PROXY}"))?;
            let first = keeping::first(&who)?;
            let api = TicketEvolution::new(&proxy, Id::new(who.client_id)?, first);
            api.set_token(Some(Token::parse(&who.token)?));
            Some((Rc::new(api), Place::parse(&frame)?))
        };
        let Some((api, frame)) = made() else {
            return shop.alert.set(AWAY.to_owned());
        };
        shop.api.set_value(Some(api));
        shop.frame.set_value(Some(frame));
        shop.status
            .set(format!("You are signed in as {}.", who.name));
        shop.who.set(Some(who));
        shop.asks.set(false);
        shop.signed_in.update(|count| *count += 1);
        focus(&["[data-wallet] [data-focus=heading]"]);
    });
}

fn sign_in(shop: Shop) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let missing = RwSignal::new("");
    let press = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            missing.set("Please write your name.");
            return focus(&["#name"]);
        }
        enter(shop, name);
    };
    move || {
        shop.asks.get().then(|| {
            view! {
                <section class="tickets-box" id="sign-in" aria-labelledby="sign-in-title">
                    <h2 id="sign-in-title" tabindex="-1">"Sign in"</h2>
                    <p class="quiet-text">"This is a demo: any name will do, and no password is asked."</p>
                    <form class="tickets-form" novalidate on:submit=press>
                        <div class="field">
                            <label for="name">"Your name"</label>
                            <input
                                id="name"
                                name="name"
                                autocomplete="name"
                                maxlength="80"
                                aria-describedby="name-error"
                                aria-invalid=move || (!missing.get().is_empty()).then_some("true")
                                on:input=move |event| {
                                    name.set(event_target_value(&event));
                                    missing.set("");
                                }
                            />
                            <p id="name-error" class="tickets-error" aria-live="polite">{missing}</p>
                        </div>
                        <div><button type="submit" class="primary">"Sign in"</button></div>
                    </form>
                </section>
            }
        })
    }
}

fn columns(shop: Shop) -> impl IntoView {
    move || {
        shop.who.get().map(|who| {
            view! {
                <div class="tickets-columns">
                    <div class="tickets-box">{keeping(shop, &who)} {wallet(shop)}</div>
                    {details::details(shop, &who)}
                </div>
            }
        })
    }
}

fn wallet(shop: Shop) -> impl IntoView {
    let parts = shop
        .api
        .get_value()
        .zip(shop.frame.get_value())
        .zip(PublishableKey::parse(TOKENIZATION_KEY));
    let Some(((api, frame), key)) = parts else {
        return view! { <p role="alert">{AWAY}</p> }.into_any();
    };
    let locale = shop
        .locale
        .with_value(|locale| locale.tag().map(str::to_owned));
    let address = FrameAddress {
        locale: locale.clone(),
        ..FrameAddress::new(frame, key)
    };
    // 3:1 off a light and off a dark page, because the form follows the device by itself.
    let variables = Variables {
        accent: Color::parse("#c2402e"),
        on_accent: Color::parse("#ffffff"),
        radius: Length::parse("8px"),
        ..Variables::default()
    };
    let settings = Settings {
        locale,
        appearance: Appearance {
            theme: Theme::Auto,
            variables,
        },
        ..Settings::default()
    };
    view! {
        <Wallet
            api
            address
            settings
            signed_in=shop.signed_in
            changed=shop.changed
            on_sign_in=move |()| {
                shop.asks.set(true);
                focus(&["#sign-in-title"]);
            }
            on_change=move |now| shop.cards.set(now)
        />
    }
    .into_any()
}
