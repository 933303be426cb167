//! A till: what is sold, who buys, the reader, and the cards the customer keeps here.
//!
//! A page of its own, chosen by `data-page`. Reader and wallet belong to one customer: another one gets their own, and
//! nobody is changed while a payment is under way.

mod counter;
mod stored;

use std::rc::Rc;

use card_entry_companion::address::{FrameAddress, Place};
use card_entry_companion::leptos::{CardPresent, Wallet};
use card_entry_companion::present::Shown;
use card_entry_companion::token::Token;
use card_entry_companion::wallet::{Card, WalletApi};
use card_entry_companion::wallet_api::quilt::Quilt;
use card_entry_companion::words::Whose;
use card_entry_protocol::dialect::quilt::steps::Sale;
use card_entry_protocol::dialect::quilt::{CardQuery, ExternalAccountId, ExternalCustomerId};
use card_entry_protocol::money::Decimal;
use card_entry_protocol::secret::PublishableKey;
use card_entry_protocol::settings::Settings;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::{focus, query};
use crate::api::SiteConfig;
use crate::language::Locale;
use crate::net::{quilt, site};
use crate::quilt::{ACCOUNT, CARDS, CUSTOMERS, GOODS, PROXY, PUBLISHABLE_KEY, SignedIn};

const AWAY: &str =
    "We cannot reach the till's server just now. Please reload the page in a moment.";

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Counter {
    /// The number of what is sold.
    item: RwSignal<usize>,
    customer: RwSignal<String>,
    /// What the simulated reader reads.
    card: RwSignal<String>,
    /// Whether a payment is under way.
    busy: RwSignal<bool>,
    cards: RwSignal<Vec<Card>>,
    /// Bumped when a card was kept at the reader.
    changed: RwSignal<u32>,
    opened: RwSignal<Option<(SignedIn, SiteConfig)>>,
    status: RwSignal<String>,
}

impl Counter {
    fn price(self) -> &'static str {
        GOODS
            .get(self.item.get())
            .map_or("0.00", |(_, _, price)| price)
    }

    /// Whose cards and payments; none: the address names nobody sensible.
    fn whose(self) -> Option<CardQuery> {
        Some(CardQuery {
            external_customer_id: ExternalCustomerId::parse(&self.customer.get())?,
            external_account_id: ExternalAccountId::parse(ACCOUNT)?,
        })
    }

    fn sale(self) -> Option<Sale> {
        let whose = self.whose()?;
        Some(Sale {
            account: whose.external_account_id,
            customer: whose.external_customer_id,
            transaction: None,
            amount: Decimal::parse(self.price())?,
        })
    }
}

#[component]
pub fn QuiltPage(
    /// The clerk's locale, for the reader and the wallet.
    locale: Locale,
) -> impl IntoView {
    let usual = CUSTOMERS.first().map_or("", |(id, _)| id);
    let counter = Counter {
        item: RwSignal::new(0),
        customer: RwSignal::new(query("customer").unwrap_or_else(|| usual.to_owned())),
        card: RwSignal::new(CARDS.first().map_or("", |(name, _)| name).to_owned()),
        busy: RwSignal::new(false),
        cards: RwSignal::new(vec![]),
        changed: RwSignal::new(0),
        opened: RwSignal::new(None),
        status: RwSignal::new("Opening the till…".to_owned()),
    };
    spawn_local(async move {
        match (quilt::sign_in().await, site::config().await) {
            (Ok(signed_in), Ok(config)) => {
                counter.opened.set(Some((signed_in, config)));
                counter.status.set(String::new());
            }
            _ => counter.status.set(AWAY.to_owned()),
        }
    });
    let desk = move || {
        let (signed_in, config) = counter.opened.get()?;
        let whose = counter.whose()?;
        Some(desk(counter, whose, &signed_in, &config, locale.tag()))
    };
    view! {
        <header class="till-head">
            <p class="till-brand" translate="no">"Harbour Roasters"</p>
            <p>"Till 1 · clerk: Mia"</p>
        </header>
        <main id="main" tabindex="-1">
            <h1>"New sale"</h1>
            <p role="status" class="quiet-text" data-page-status>{counter.status}</p>
            <div class="till-columns">
                <div class="till-column">
                    {counter::goods(counter)} {counter::customers(counter)} {counter::simulator(counter)}
                </div>
                <div class="till-column">{desk}</div>
            </div>
        </main>
    }
}

/// Reader and wallet of one customer.
fn desk(
    counter: Counter,
    whose: CardQuery,
    signed_in: &SignedIn,
    config: &SiteConfig,
    locale: Option<&str>,
) -> impl IntoView + use<> {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    let place = origin.and_then(|origin| Place::parse(&format!("{origin}{PROXY}")));
    let key = PublishableKey::parse(PUBLISHABLE_KEY);
    let parts = place.zip(Place::parse(&config.frame)).zip(key);
    let Some(((place, frame), key)) = parts else {
        return view! { <p role="alert">{AWAY}</p> }.into_any();
    };
    let api = Rc::new(Quilt::new(&place, whose));
    api.set_token(Token::parse(&signed_in.token));
    let locale = locale.map(str::to_owned);
    let settings = Settings {
        locale: locale.clone(),
        ..Settings::default()
    };
    let wallet: Rc<dyn WalletApi> = Rc::clone(&api) as _;
    let on_change = move |shown: Shown| {
        counter.busy.set(!shown.is_over());
        if matches!(shown, Shown::Saved(_)) {
            counter.changed.update(|count| *count += 1);
        }
    };
    view! {
        <section class="till-box" aria-labelledby="pay-title">
            <h2 id="pay-title">"Pay at the reader"</h2>
            <CardPresent
                api=Rc::clone(&api)
                sale=Signal::derive(move || counter.sale())
                price=Signal::derive(move || format!("${}", counter.price()))
                script=signed_in.terminal.clone()
                simulator=counter.card
                on_change
                locale
            />
        </section>
        <div class="till-box">
            <Wallet
                api=wallet
                address=FrameAddress::new(frame, key)
                settings
                whose=Whose::Customer
                changed=counter.changed
                on_present=move |()| focus(&["[data-action=take]", "[data-card-present] button"])
                on_change=move |now| counter.cards.set(now)
            />
        </div>
        {stored::charge(counter, api)}
    }
    .into_any()
}
