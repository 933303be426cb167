//! Salong Vågen: the visitor chooses treatments, pays on Stripe's page or on this one, and sees the result.
//!
//! A page of its own, selected by `data-page`. After a payment Stripe's page returns with `?session=`, without one with `?back`.

use card_entry_companion::address::BaseUrl;
use card_entry_companion::checkout::settings::CheckoutSettings;
use card_entry_companion::checkout::{CheckoutStage, CheckoutStart};
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

const SERVER_UNAVAILABLE: &str =
    "We cannot reach the salon's server just now. Please reload the page in a moment.";
const NOTHING_CHOSEN: &str = "Please choose a treatment first.";
const RETURNED_UNPAID: &str =
    "You came back without paying. Nothing was charged, and your choice is as it was.";

/// Where the visitor pays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PayOn {
    ThisPage,
    StripePage,
}

/// The state that the page's parts share.
#[derive(Clone, Copy)]
struct SalonPage {
    booking: RwSignal<Booking>,
    start: RwSignal<Option<CheckoutStart>>,
    settings: RwSignal<Option<CheckoutSettings>>,
    paid: RwSignal<bool>,
    /// Message about what is missing before a payment.
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

impl SalonPage {
    fn pay(self, on: PayOn) {
        let booking = self.booking.get_untracked();
        match order(&booking, on) {
            Some(order) => {
                net::save(&booking);
                self.status.set(String::new());
                self.missing.set("");
                self.start.set(Some(CheckoutStart::Pay(order)));
                focus(&["#pay-title"]);
            }
            None => self.missing.set(NOTHING_CHOSEN),
        }
    }

    /// Back to the choice. The booking keeps its reference, so that the next payment replaces this one.
    fn back_to_choice(self) {
        strip_query();
        self.start.set(None);
        focus(&["#choice-title"]);
    }

    fn on_stage(self, stage: &CheckoutStage) {
        let complete = matches!(stage, CheckoutStage::Status(answer) if answer.status == CheckoutStatus::Complete);
        if complete && !self.paid.get_untracked() {
            net::clear();
            self.paid.set(true);
        }
    }

    fn start_over(self) {
        self.paid.set(false);
        self.booking.set(net::new_booking());
        self.status.set(String::new());
        self.back_to_choice();
    }
}

/// The order to pay; `None` when nothing is chosen.
fn order(booking: &Booking, on: PayOn) -> Option<CheckoutRequest> {
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
        confirmation: match on {
            PayOn::ThisPage => None,
            PayOn::StripePage => {
                WebAddress::parse(&format!("{page}?session={{CHECKOUT_SESSION_ID}}"))
            }
        },
        mode: match on {
            PayOn::ThisPage => UiModeOptions::Embedded,
            PayOn::StripePage => UiModeOptions::Hosted {
                cancel: WebAddress::parse(&format!("{page}?back=1")),
            },
        },
    })
}

/// The start after a return from the payment page.
fn start_after_return() -> Option<CheckoutStart> {
    Some(CheckoutStart::Return(StatusRequest {
        company: Guid::parse(COMPANY)?,
        session: SessionId::parse(&query("session")?)?,
    }))
}

#[component]
pub fn BokaMeraPage(locale: Locale) -> impl IntoView {
    let returned_unpaid = query("back").is_some();
    let salon = SalonPage {
        booking: RwSignal::new(net::load().unwrap_or_else(net::new_booking)),
        start: RwSignal::new(start_after_return()),
        settings: RwSignal::new(None),
        paid: RwSignal::new(false),
        missing: RwSignal::new(""),
        status: RwSignal::new(String::new()),
    };
    spawn_local(async move {
        match net::addresses().await {
            Ok(addresses) => {
                salon.settings.set(Some(settings(addresses, &locale)));
                if returned_unpaid {
                    salon.status.set(RETURNED_UNPAID.to_owned());
                }
            }
            Err(_) => salon.status.set(SERVER_UNAVAILABLE.to_owned()),
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

fn choice(salon: SalonPage) -> impl IntoView {
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
                    <span class="salon-treatment-name"><strong>{treatment.name}</strong><span>{treatment.about}</span></span>
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
            <div class="salon-actions">
                <button type="button" class="primary" data-action="pay-there" on:click=move |_| salon.pay(PayOn::StripePage)>
                    "Pay on Stripe’s page"
                </button>
                <button type="button" data-action="pay-here" on:click=move |_| salon.pay(PayOn::ThisPage)>"Pay here"</button>
            </div>
        </section>
    }
}

fn payment(salon: SalonPage, settings: CheckoutSettings, start: CheckoutStart) -> impl IntoView {
    let site = own_origin().and_then(|origin| BaseUrl::parse(&format!("{origin}/bokamera")));
    let Some(site) = site else {
        return view! { <p role="alert">{SERVER_UNAVAILABLE}</p> }.into_any();
    };
    let booking = salon.booking.get_untracked();
    let names = booking.treatments().into_iter().map(|t| t.name);
    let names = names.collect::<Vec<_>>().join(", ");
    let total = price(booking.kronor());
    let summary = (booking.kronor() > 0).then(|| {
        view! { <p class="salon-total"><span>{names}</span><strong>{total}</strong></p> }
    });
    // After a return the payment itself has a button to start over.
    let can_change = matches!(start, CheckoutStart::Pay(_));
    let after = move || {
        if salon.paid.get() {
            view! {
                <p>"See you at the salon."</p>
                <button type="button" data-action="another" on:click=move |_| salon.start_over()>"Book something else"</button>
            }
            .into_any()
        } else if can_change {
            view! {
                <button type="button" data-action="change" on:click=move |_| salon.back_to_choice()>"Change the booking"</button>
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
                on_stage=move |stage: CheckoutStage| salon.on_stage(&stage)
                on_again=move |()| salon.back_to_choice()
            />
            <div class="salon-after">{after}</div>
        </section>
    }
    .into_any()
}
