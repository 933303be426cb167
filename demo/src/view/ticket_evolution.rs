//! Row Nine Tickets: a shop whose clients keep several cards, each with a label and a billing address.
//!
//! A page of its own, selected by `data-page`. The card form is Braintree's. Every call goes through the shop's own server, which
//! signs it. The fields above the wallet hold the label, address and telephone number of the next card.

mod details;
mod new_card;

use std::rc::Rc;

use card_entry_companion::address::{BaseUrl, FrameAddress};
use card_entry_companion::leptos::Wallet;
use card_entry_companion::token::WalletToken;
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
use crate::ticket_evolution::{PROXY, TOKENIZATION_KEY, TicketShopSession, TicketShopSignIn};
use new_card::new_card_fields;

const SERVER_UNAVAILABLE: &str =
    "We cannot reach the shop’s server just now. Please try again in a moment.";

/// The state that the page's parts share.
#[derive(Clone, Copy)]
struct TicketShopPage {
    locale: StoredValue<Locale>,
    client: RwSignal<Option<TicketShopSession>>,
    api: StoredValue<Option<Rc<TicketEvolution>>, LocalStorage>,
    frame: StoredValue<Option<BaseUrl>>,
    /// Whether to sign in, for the first time or again.
    needs_sign_in: RwSignal<bool>,
    signed_in: RwSignal<u32>,
    /// Counts changes of cards outside the wallet, which then loads its cards again.
    changed: RwSignal<u32>,
    cards: RwSignal<Vec<Card>>,
    status: RwSignal<String>,
    alert: RwSignal<String>,
}

#[component]
pub fn TicketShop(locale: Locale) -> impl IntoView {
    let shop = TicketShopPage {
        locale: StoredValue::new(locale),
        client: RwSignal::new(None),
        api: StoredValue::new_local(None),
        frame: StoredValue::new(None),
        needs_sign_in: RwSignal::new(true),
        signed_in: RwSignal::new(0),
        changed: RwSignal::new(0),
        cards: RwSignal::new(vec![]),
        status: RwSignal::new(String::new()),
        alert: RwSignal::new(String::new()),
    };
    let name = move || {
        shop.client
            .with(|client| client.as_ref().map(|client| client.name.clone()))
    };
    view! {
        <header class="tickets-head">
            <p class="tickets-brand" translate="no">"Row Nine Tickets"</p>
            {move || name().map(|name| view! { <p class="tickets-client">{name}</p> })}
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

/// Signs in. It creates a new client each time, because the demo has no passwords.
fn start_session(shop: TicketShopPage, name: String) {
    spawn_local(async move {
        shop.alert.set(String::new());
        let (session, config) = (
            ticket_evolution::sign_in(&TicketShopSignIn { name }).await,
            site::config().await,
        );
        let (Ok(client), Ok(config)) = (session, config) else {
            return shop.alert.set(SERVER_UNAVAILABLE.to_owned());
        };
        let frame = format!("{}/braintree_hosted_forms/card_entry", config.wallet);
        let addresses = || {
            let origin = web_sys::window()?.location().origin().ok()?;
            let proxy = BaseUrl::parse(&format!("{origin}{PROXY}"))?;
            let first = new_card::default_details(&client)?;
            let api = TicketEvolution::new(&proxy, Id::new(client.client_id)?, first);
            api.set_token(Some(WalletToken::parse(&client.token)?));
            Some((Rc::new(api), BaseUrl::parse(&frame)?))
        };
        let Some((api, frame)) = addresses() else {
            return shop.alert.set(SERVER_UNAVAILABLE.to_owned());
        };
        shop.api.set_value(Some(api));
        shop.frame.set_value(Some(frame));
        shop.status
            .set(format!("You are signed in as {}.", client.name));
        shop.client.set(Some(client));
        shop.needs_sign_in.set(false);
        shop.signed_in.update(|count| *count += 1);
        focus(&["[data-wallet] [data-focus=heading]"]);
    });
}

fn sign_in(shop: TicketShopPage) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let missing = RwSignal::new("");
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            missing.set("Please write your name.");
            return focus(&["#name"]);
        }
        start_session(shop, name);
    };
    move || {
        shop.needs_sign_in.get().then(|| {
            view! {
                <section class="tickets-box" id="sign-in" aria-labelledby="sign-in-title">
                    <h2 id="sign-in-title" tabindex="-1">"Sign in"</h2>
                    <p class="quiet-text">"This is a demo: any name will do, and no password is asked."</p>
                    <form class="tickets-form" novalidate on:submit=on_submit>
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

fn columns(shop: TicketShopPage) -> impl IntoView {
    move || {
        shop.client.get().map(|client| {
            view! {
                <div class="tickets-columns">
                    <div class="tickets-box">{new_card_fields(shop, &client)} {wallet(shop)}</div>
                    {details::details(shop, &client)}
                </div>
            }
        })
    }
}

fn wallet(shop: TicketShopPage) -> impl IntoView {
    let parts = shop
        .api
        .get_value()
        .zip(shop.frame.get_value())
        .zip(PublishableKey::parse(TOKENIZATION_KEY));
    let Some(((api, frame), key)) = parts else {
        return view! { <p role="alert">{SERVER_UNAVAILABLE}</p> }.into_any();
    };
    let locale = shop
        .locale
        .with_value(|locale| locale.tag().map(str::to_owned));
    let address = FrameAddress {
        locale: locale.clone(),
        ..FrameAddress::new(frame, key)
    };
    // A contrast of 3:1 to a light and a dark page, because the form follows the device's color scheme.
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
                shop.needs_sign_in.set(true);
                focus(&["#sign-in-title"]);
            }
            on_change=move |now| shop.cards.set(now)
        />
    }
    .into_any()
}
