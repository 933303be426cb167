//! A point of sale: item, customer, card reader, and the customer's saved cards.
//!
//! A page of its own, selected by `data-page`. Another customer gets a new reader view and wallet. The customer must never change
//! while a payment is in progress.

mod charge_saved;
mod sale;

use std::rc::Rc;

use card_entry_companion::address::{BaseUrl, FrameAddress};
use card_entry_companion::i18n::Audience;
use card_entry_companion::leptos::{CardPresent, Wallet};
use card_entry_companion::terminal_payment::TerminalPaymentState;
use card_entry_companion::token::WalletToken;
use card_entry_companion::wallet::{Card, WalletApi};
use card_entry_companion::wallet_api::quilt::Quilt;
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
use crate::quilt::{
    ACCOUNT, CUSTOMERS, GOODS, PROXY, PUBLISHABLE_KEY, QuiltSession, SIMULATED_CARDS,
};

const SERVER_UNAVAILABLE: &str =
    "We cannot reach the till's server just now. Please reload the page in a moment.";

/// The state that the page's parts share.
#[derive(Clone, Copy)]
struct PointOfSale {
    /// Index in [`GOODS`].
    item: RwSignal<usize>,
    customer: RwSignal<String>,
    /// The card of the simulated reader.
    card: RwSignal<String>,
    /// Whether a payment is in progress.
    busy: RwSignal<bool>,
    cards: RwSignal<Vec<Card>>,
    /// Incremented when a card was saved at the reader.
    changed: RwSignal<u32>,
    session: RwSignal<Option<(QuiltSession, SiteConfig)>>,
    status: RwSignal<String>,
}

impl PointOfSale {
    fn price(self) -> &'static str {
        GOODS
            .get(self.item.get())
            .map_or("0.00", |(_, _, price)| price)
    }

    /// The customer's ids; `None` when the URL's `?customer=` is invalid.
    fn card_query(self) -> Option<CardQuery> {
        Some(CardQuery {
            external_customer_id: ExternalCustomerId::parse(&self.customer.get())?,
            external_account_id: ExternalAccountId::parse(ACCOUNT)?,
        })
    }

    fn sale(self) -> Option<Sale> {
        let card_query = self.card_query()?;
        Some(Sale {
            account: card_query.external_account_id,
            customer: card_query.external_customer_id,
            transaction: None,
            amount: Decimal::parse(self.price())?,
        })
    }
}

#[component]
pub fn QuiltPage(locale: Locale) -> impl IntoView {
    let default_customer = CUSTOMERS.first().map_or("", |(id, _)| id);
    let point_of_sale = PointOfSale {
        item: RwSignal::new(0),
        customer: RwSignal::new(query("customer").unwrap_or_else(|| default_customer.to_owned())),
        card: RwSignal::new(
            SIMULATED_CARDS
                .first()
                .map_or("", |(name, _)| name)
                .to_owned(),
        ),
        busy: RwSignal::new(false),
        cards: RwSignal::new(vec![]),
        changed: RwSignal::new(0),
        session: RwSignal::new(None),
        status: RwSignal::new("Opening the till…".to_owned()),
    };
    spawn_local(async move {
        match (quilt::sign_in().await, site::config().await) {
            (Ok(signed_in), Ok(config)) => {
                point_of_sale.session.set(Some((signed_in, config)));
                point_of_sale.status.set(String::new());
            }
            _ => point_of_sale.status.set(SERVER_UNAVAILABLE.to_owned()),
        }
    });
    let reader_and_wallet = move || {
        let (signed_in, config) = point_of_sale.session.get()?;
        let card_query = point_of_sale.card_query()?;
        Some(reader_and_wallet(
            point_of_sale,
            card_query,
            &signed_in,
            &config,
            locale.tag(),
        ))
    };
    view! {
        <header class="pos-head">
            <p class="pos-brand" translate="no">"Harbour Roasters"</p>
            <p>"Till 1 · clerk: Mia"</p>
        </header>
        <main id="main" tabindex="-1">
            <h1>"New sale"</h1>
            <p role="status" class="quiet-text" data-page-status>{point_of_sale.status}</p>
            <div class="pos-columns">
                <div class="pos-column">
                    {sale::goods(point_of_sale)} {sale::customers(point_of_sale)} {sale::simulator(point_of_sale)}
                </div>
                <div class="pos-column">{reader_and_wallet}</div>
            </div>
        </main>
    }
}

fn reader_and_wallet(
    point_of_sale: PointOfSale,
    card_query: CardQuery,
    signed_in: &QuiltSession,
    config: &SiteConfig,
    locale: Option<&str>,
) -> impl IntoView + use<> {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    let place = origin.and_then(|origin| BaseUrl::parse(&format!("{origin}{PROXY}")));
    let key = PublishableKey::parse(PUBLISHABLE_KEY);
    let parts = place.zip(BaseUrl::parse(&config.frame)).zip(key);
    let Some(((place, frame), key)) = parts else {
        return view! { <p role="alert">{SERVER_UNAVAILABLE}</p> }.into_any();
    };
    let api = Rc::new(Quilt::new(&place, card_query));
    api.set_token(WalletToken::parse(&signed_in.token));
    let locale = locale.map(str::to_owned);
    let settings = Settings {
        locale: locale.clone(),
        ..Settings::default()
    };
    let wallet: Rc<dyn WalletApi> = Rc::clone(&api) as _;
    let on_change = move |shown: TerminalPaymentState| {
        point_of_sale.busy.set(!shown.is_over());
        if matches!(shown, TerminalPaymentState::Saved(_)) {
            point_of_sale.changed.update(|count| *count += 1);
        }
    };
    view! {
        <section class="pos-box" aria-labelledby="pay-title">
            <h2 id="pay-title">"Pay at the reader"</h2>
            <CardPresent
                api=Rc::clone(&api)
                sale=Signal::derive(move || point_of_sale.sale())
                price=Signal::derive(move || format!("${}", point_of_sale.price()))
                script=signed_in.terminal.clone()
                simulator=point_of_sale.card
                on_change
                locale
            />
        </section>
        <div class="pos-box">
            <Wallet
                api=wallet
                address=FrameAddress::new(frame, key)
                settings
                audience=Audience::Staff
                changed=point_of_sale.changed
                on_present=move |()| focus(&["[data-action=take]", "[data-card-present] button"])
                on_change=move |now| point_of_sale.cards.set(now)
            />
        </div>
        {charge_saved::charge(point_of_sale, api)}
    }
    .into_any()
}
