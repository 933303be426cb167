//! Salong Vågen: choose treatments, pay for them on Stripe's page or here, and read how the payment went.
//!
//! A page of its own, chosen by `data-page`. `?session=` is the way back from the payment page, `?back` the way back
//! without paying.

use card_entry_companion::address::Place;
use card_entry_companion::checkout::settings::CheckoutSettings;
use card_entry_companion::checkout::{Stage, Start};
use card_entry_companion::leptos::Checkout;
use card_entry_companion::wallet_api::bokamera::BokaMera;
use card_entry_protocol::card::Country;
use card_entry_protocol::dialect::bokamera::{
    Article, CheckoutRequest, CheckoutStatus, Guid, Reference, SessionId, StatusRequest,
    UiModeOptions, WebAddress,
};
use card_entry_protocol::origin::Origin;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::{focus, own_origin, query, strip_query};
use crate::bokamera::{Addresses, Booking, COMPANY, TREATMENTS, Treatment, price};
use crate::language::Locale;
use crate::net::bokamera as net;

const AWAY: &str =
    "We cannot reach the salon's server just now. Please reload the page in a moment.";
const NOTHING: &str = "Please choose a treatment first.";
const CAME_BACK: &str =
    "You came back without paying. Nothing was charged, and your choice is as it was.";

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Salon {
    booking: RwSignal<Booking>,
    start: RwSignal<Option<Start>>,
    settings: RwSignal<Option<CheckoutSettings>>,
    paid: RwSignal<bool>,
    /// What is missing before a payment can begin.
    missing: RwSignal<&'static str>,
    status: RwSignal<String>,
}

fn settings(addresses: Addresses, locale: &Locale) -> CheckoutSettings {
    let pages = addresses.pages.iter();
    CheckoutSettings {
        script: WebAddress::parse(&addresses.script),
        pages: pages.filter_map(|page| Origin::parse(page)).collect(),
        locale: locale.tag().map(str::to_owned),
    }
}

impl Salon {
    fn pay(self, here: bool) {
        let booking = self.booking.get_untracked();
        match order(&booking, here) {
            Some(order) => {
                net::keep(&booking);
                self.status.set(String::new());
                self.missing.set("");
                self.start.set(Some(Start::Pay(order)));
                focus(&["#pay-title"]);
            }
            None => self.missing.set(NOTHING),
        }
    }

    /// Back to the choice; the booking keeps its name, so that the next payment ends this one.
    fn choose(self) {
        strip_query();
        self.start.set(None);
        focus(&["#choice-title"]);
    }

    fn hear(self, stage: &Stage) {
        let complete =
            matches!(stage, Stage::Told(answer) if answer.status == CheckoutStatus::Complete);
        if complete && !self.paid.get_untracked() {
            net::forget();
            self.paid.set(true);
        }
    }

    fn begin_anew(self) {
        self.paid.set(false);
        self.booking.set(net::fresh());
        self.status.set(String::new());
        self.choose();
    }
}

/// What is to be paid; `None` when nothing is chosen.
fn order(booking: &Booking, here: bool) -> Option<CheckoutRequest> {
    let treatments = booking.treatments();
    let page = format!("{}/bokamera.html", own_origin()?);
    let article = |treatment: &Treatment| Article {
        id: treatment.id,
        kind: Some(treatment.type_id),
        quantity: 1,
    };
    (!treatments.is_empty()).then_some(())?;
    Some(CheckoutRequest {
        company: Guid::parse(COMPANY)?,
        country: Country::parse("SE")?,
        articles: treatments.iter().map(article).collect(),
        reference: Reference::parse(&booking.reference)?,
        // Who pays here stays here.
        confirmation: match here {
            true => None,
            false => WebAddress::parse(&format!("{page}?session={{CHECKOUT_SESSION_ID}}")),
        },
        mode: match here {
            true => UiModeOptions::Embedded,
            false => UiModeOptions::Hosted {
                cancel: WebAddress::parse(&format!("{page}?back=1")),
            },
        },
    })
}

/// The way back from the payment page.
fn returned() -> Option<Start> {
    Some(Start::Back(StatusRequest {
        company: Guid::parse(COMPANY)?,
        session: SessionId::parse(&query("session")?)?,
    }))
}

#[component]
pub fn BokaMeraPage(
    /// The visitor's locale, for the payment.
    locale: Locale,
) -> impl IntoView {
    let came_back = query("back").is_some();
    let salon = Salon {
        booking: RwSignal::new(net::recall().unwrap_or_else(net::fresh)),
        start: RwSignal::new(returned()),
        settings: RwSignal::new(None),
        paid: RwSignal::new(false),
        missing: RwSignal::new(""),
        status: RwSignal::new(String::new()),
    };
    spawn_local(async move {
        match net::addresses().await {
            Ok(addresses) => {
                salon.settings.set(Some(settings(addresses, &locale)));
                if came_back {
                    salon.status.set(CAME_BACK.to_owned());
                }
            }
            Err(_) => salon.status.set(AWAY.to_owned()),
        }
    });
    let status = salon.status;
    view! {
        <header class="salon-head">
            <p class="salon-brand" translate="no" lang="sv">"Salong Vågen"</p>
        </header>
        <main id="main" tabindex="-1">
            <p role="status" class="salon-status" data-page-status>{status}</p>
            {move || match (salon.settings.get(), salon.start.get()) {
                (None, _) => ().into_any(),
                (Some(settings), Some(start)) => payment(salon, settings, start).into_any(),
                (Some(_), None) => choice(salon).into_any(),
            }}
        </main>
    }
}

fn choice(salon: Salon) -> impl IntoView {
    let row = move |treatment: Treatment| {
        let id = treatment.id;
        view! {
            <li>
                <label class="salon-treatment">
                    <input
                        type="checkbox"
                        data-treatment=id
                        prop:checked=move || salon.booking.with(|booking| booking.has(id))
                        on:change=move |_| {
                            salon.booking.update(|booking| booking.toggle(id));
                            salon.missing.set("");
                        }
                    />
                    <span class="salon-what"><strong>{treatment.name}</strong><span>{treatment.about}</span></span>
                    <span class="salon-price">{price(treatment.kronor)}</span>
                </label>
            </li>
        }
    };
    let total = move || price(salon.booking.with(Booking::kronor));
    view! {
        <section class="salon-box" aria-labelledby="choice-title">
            <h1 id="choice-title" tabindex="-1">"Book and pay"</h1>
            <ul class="salon-list">{TREATMENTS.map(row)}</ul>
            <p class="salon-total"><span>"Total"</span><strong data-total aria-live="polite">{total}</strong></p>
            <p role="alert" class="form-alert" data-choice-alert>{salon.missing}</p>
            <div class="salon-ways">
                <button type="button" class="primary" data-action="pay-there" on:click=move |_| salon.pay(false)>
                    "Pay on Stripe’s page"
                </button>
                <button type="button" data-action="pay-here" on:click=move |_| salon.pay(true)>"Pay here"</button>
            </div>
        </section>
    }
}

fn payment(salon: Salon, settings: CheckoutSettings, start: Start) -> impl IntoView {
    let site = own_origin().and_then(|origin| Place::parse(&format!("{origin}/bokamera")));
    let Some(site) = site else {
        return view! { <p role="alert">{AWAY}</p> }.into_any();
    };
    let booking = salon.booking.get_untracked();
    let names = booking.treatments().into_iter().map(|t| t.name);
    let what = names.collect::<Vec<_>>().join(", ");
    let sum = price(booking.kronor());
    let summary = (booking.kronor() > 0).then(|| {
        view! { <p class="salon-total"><span>{what}</span><strong>{sum}</strong></p> }
    });
    // Whoever came back has the payment's own button to begin anew.
    let here = matches!(start, Start::Pay(_));
    let after = move || {
        if salon.paid.get() {
            view! {
                <p>"See you at the salon."</p>
                <button type="button" data-action="another" on:click=move |_| salon.begin_anew()>"Book something else"</button>
            }
            .into_any()
        } else if here {
            view! {
                <button type="button" data-action="change" on:click=move |_| salon.choose()>"Change the booking"</button>
            }
            .into_any()
        } else {
            ().into_any()
        }
    };
    view! {
        <section class="salon-box" aria-labelledby="pay-title">
            <h1 id="pay-title" tabindex="-1">"Your payment"</h1>
            {summary}
            <Checkout
                api=BokaMera::new(&site)
                start
                settings
                on_stage=move |stage: Stage| salon.hear(&stage)
                on_again=move |()| salon.choose()
            />
            <div class="salon-after">{after}</div>
        </section>
    }
    .into_any()
}
