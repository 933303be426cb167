//! The billing page of a MikroCloud account: sign-in, the cards, and the card of the next invoice.
//!
//! A page of its own, selected by `data-page`. Signing in again keeps the wallet mounted, so that a half-filled form is not lost;
//! another account gets a new wallet.

use std::rc::Rc;

use card_entry_companion::address::{BaseUrl, FrameAddress};
use card_entry_companion::leptos::Wallet;
use card_entry_companion::token::WalletToken;
use card_entry_companion::wallet::{Card, WalletApi};
use card_entry_companion::wallet_api::mikrocloud::MikroCloud;
use card_entry_protocol::secret::PublishableKey;
use card_entry_protocol::settings::Settings;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::{focus, query};
use crate::api::SiteConfig;
use crate::language::Locale;
use crate::mikrocloud::{AccountName, DEFAULT_ACCOUNT, MikroCloudSignIn, PUBLISHABLE_KEY, Role};
use crate::net::{mikrocloud, site};

const SERVER_UNAVAILABLE: &str =
    "We cannot reach the panel's server just now. Please try again in a moment.";

/// The state that the page's parts share.
#[derive(Clone)]
struct BillingPage {
    account: AccountName,
    locale: StoredValue<Locale>,
    config: RwSignal<Option<SiteConfig>>,
    api: StoredValue<Option<Rc<MikroCloud>>, LocalStorage>,
    /// The role that signed in last. It stays when the session expires.
    role: RwSignal<Option<Role>>,
    /// Whether to sign in, for the first time or again.
    needs_sign_in: RwSignal<bool>,
    signed_in: RwSignal<u32>,
    cards: RwSignal<Vec<Card>>,
    status: RwSignal<String>,
}

impl BillingPage {
    fn sign_in(&self, role: Role) {
        let panel = self.clone();
        spawn_local(async move {
            let account = panel.account.clone();
            let session = mikrocloud::sign_in(&MikroCloudSignIn { account, role }).await;
            let token = session
                .ok()
                .and_then(|session| WalletToken::parse(&session.token));
            let Some(token) = token else {
                return panel.status.set(SERVER_UNAVAILABLE.to_owned());
            };
            panel.api.with_value(|api| {
                api.iter()
                    .for_each(|api| api.set_token(Some(token.clone())));
            });
            panel.role.set(Some(role));
            panel.needs_sign_in.set(false);
            panel.signed_in.update(|count| *count += 1);
            panel.status.set(format!(
                "You are signed in as {}.",
                role.label_and_description().0
            ));
            focus(&["[data-wallet] [data-focus=heading]"]);
        });
    }

    fn sign_out(&self) {
        self.api
            .with_value(|api| api.iter().for_each(|api| api.set_token(None)));
        self.role.set(None);
        self.needs_sign_in.set(true);
        self.cards.set(vec![]);
        self.status.set("You are signed out.".to_owned());
        focus(&["#sign-in-title"]);
    }
}

#[component]
pub fn MikroCloudPage(locale: Locale) -> impl IntoView {
    let requested = query("account").and_then(|name| AccountName::parse(&name));
    let Some(account) = requested.or_else(|| AccountName::parse(DEFAULT_ACCOUNT)) else {
        return ().into_any();
    };
    let panel = BillingPage {
        account,
        locale: StoredValue::new(locale),
        config: RwSignal::new(None),
        api: StoredValue::new_local(None),
        role: RwSignal::new(None),
        needs_sign_in: RwSignal::new(true),
        signed_in: RwSignal::new(0),
        cards: RwSignal::new(vec![]),
        status: RwSignal::new(String::new()),
    };
    let loading = panel.clone();
    spawn_local(async move {
        let Ok(config) = site::config().await else {
            return loading.status.set(SERVER_UNAVAILABLE.to_owned());
        };
        if let Some(wallet) = BaseUrl::parse(config.wallet.as_str()) {
            loading
                .api
                .set_value(Some(Rc::new(MikroCloud::new(&wallet))));
            loading.config.set(Some(config));
        }
    });
    let (status, out) = (panel.status, panel.clone());
    let name = panel.account.as_str().to_owned();
    let role = panel.role;
    view! {
        <header class="panel-head">
            <p class="panel-brand" translate="no">"MikroCloud"</p>
            {move || {
                let out = out.clone();
                let name = name.clone();
                role.get()
                    .map(|role| {
                        view! {
                            <div class="panel-account">
                                <span>{format!("{name} · {}", role.label_and_description().0)}</span>
                                <button type="button" data-action="sign-out" on:click=move |_| out.sign_out()>
                                    "Sign out"
                                </button>
                            </div>
                        }
                    })
            }}
        </header>
        <main id="main" tabindex="-1">
            <h1>"Billing"</h1>
            <p role="status" class="quiet-text" data-page-status>{status}</p>
            {sign_in(panel.clone())}
            {columns(panel)}
        </main>
    }
    .into_any()
}

fn sign_in(panel: BillingPage) -> impl IntoView {
    let is_shown =
        Memo::new(move |_| panel.needs_sign_in.get() && panel.config.with(Option::is_some));
    move || {
        is_shown.get().then(|| {
            let button = |role: Role| {
                let (name, about) = role.label_and_description();
                let panel = panel.clone();
                view! {
                    <button type="button" data-role=role.as_str() on:click=move |_| panel.sign_in(role)>
                        {name}
                        <span>{about}</span>
                    </button>
                }
            };
            view! {
                <section class="panel-box" id="sign-in" aria-labelledby="sign-in-title">
                    <h2 id="sign-in-title" tabindex="-1">"Sign in"</h2>
                    <p class="quiet-text">"This is a demo: choose who to be. No password is asked."</p>
                    <div class="panel-roles">{Role::ALL.map(button)}</div>
                </section>
            }
        })
    }
}

fn columns(panel: BillingPage) -> impl IntoView {
    let has_role = Memo::new(move |_| panel.role.with(Option::is_some));
    move || {
        has_role.get().then(|| {
            view! {
                <div class="panel-columns">
                    <div class="panel-box">{wallet(&panel)}</div>
                    {plan(panel.cards)}
                </div>
            }
        })
    }
}

fn wallet(panel: &BillingPage) -> impl IntoView + use<> {
    let frame = panel
        .config
        .with_untracked(|config| BaseUrl::parse(&config.as_ref()?.frame));
    let parts = panel
        .api
        .get_value()
        .zip(frame)
        .zip(PublishableKey::parse(PUBLISHABLE_KEY));
    let Some(((api, frame), key)) = parts else {
        return view! { <p role="alert">{SERVER_UNAVAILABLE}</p> }.into_any();
    };
    let locale = panel
        .locale
        .with_value(|locale| locale.tag().map(str::to_owned));
    let address = FrameAddress {
        locale: locale.clone(),
        ..FrameAddress::new(frame, key)
    };
    let settings = Settings {
        locale,
        ..Settings::default()
    };
    let (needs_sign_in, cards) = (panel.needs_sign_in, panel.cards);
    view! {
        <Wallet
            api
            address
            settings
            signed_in=panel.signed_in
            on_sign_in=move |()| {
                needs_sign_in.set(true);
                focus(&["#sign-in-title"]);
            }
            on_change=move |now| cards.set(now)
        />
    }
    .into_any()
}

/// The plan that is charged to the default card.
fn plan(cards: RwSignal<Vec<Card>>) -> impl IntoView {
    let charged = move || {
        let card_name = |card: &Card| format!("{} ending in {}", card.brand.title(), card.last4);
        let default = |cards: &Vec<Card>| cards.iter().find(|card| card.is_default).map(card_name);
        let none = "No card yet".to_owned();
        cards.with(|cards| default(cards).unwrap_or(none))
    };
    view! {
        <section class="panel-box" aria-labelledby="plan-title">
            <h2 id="plan-title">"Your plan"</h2>
            <dl>
                <div class="panel-detail"><dt>"Plan"</dt><dd>"Fleet 25"</dd></div>
                <div class="panel-detail"><dt>"Each month"</dt><dd>"$49.00"</dd></div>
                <div class="panel-detail"><dt>"Charged to"</dt><dd data-charged>{charged}</dd></div>
            </dl>
        </section>
    }
}
