//! Step 4: the companion's wallet.
//!
//! It stays mounted while the same visitor signs in again, so that a half-filled form and a running save are not lost. Another
//! visitor gets a new wallet.

use std::rc::Rc;

use card_entry_companion::address::{BaseUrl, FrameAddress};
use card_entry_companion::leptos::Wallet;
use card_entry_companion::wallet::Card;
use card_entry_companion::wallet_api::mytime::MyTime;
use card_entry_protocol::appearance::{Appearance, Color, Length, Theme, Variables};
use card_entry_protocol::dialect::mytime::Company;
use card_entry_protocol::secret::PublishableKey;
use card_entry_protocol::settings::Settings;
use leptos::prelude::*;

use super::page_state::PageState;
use crate::api::SiteConfig;
use crate::net::NoResponse;
use crate::session::Session;

#[derive(Clone, PartialEq, Eq)]
enum CardView {
    SignedOut,
    Loading,
    Unavailable,
    Wallet(u64, SiteConfig, Company),
}

fn card_view(page: PageState) -> CardView {
    let visitor = page.session.with(|session| match session {
        Session::Restoring => Err(CardView::Loading),
        Session::Out => Err(CardView::SignedOut),
        Session::In(visitor, _) | Session::Expired(visitor) => Ok(visitor.id),
    });
    match (visitor, page.config.get(), page.company.get()) {
        (Err(view_kind), ..) => view_kind,
        (Ok(id), Some(config), Some(Ok(company))) => CardView::Wallet(id, config, company),
        (Ok(_), _, Some(Err(NoResponse))) => CardView::Unavailable,
        (Ok(_), ..) => CardView::Loading,
    }
}

/// The section. The wallet has its own heading.
#[component]
pub fn CardSection() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let view_kind = Memo::new(move |_| card_view(page));
    let body = move || {
        let (message, retry) = match view_kind.get() {
            CardView::Wallet(_, config, company) => {
                return view! { <CompanionWallet config company/> }.into_any();
            }
            CardView::SignedOut => (messages.card_after_sign_in, None),
            CardView::Loading => (messages.loading, None),
            CardView::Unavailable => (messages.site_away, Some(messages.try_again)),
        };
        let retry = retry.map(|text| {
            view! {
                <button type="button" data-action="retry-company" on:click=move |_| page.load_company()>{text}</button>
            }
        });
        view! {
            <h2 id="card-title" tabindex="-1">{messages.your_card}</h2>
            <p class="quiet-text">{message}</p>
            {retry}
        }
        .into_any()
    };
    view! {
        <div class="step card-step">
            <span class="number" aria-hidden="true">"4"</span>
            {body}
        </div>
    }
}

/// The form in this page's style. The accent has a contrast of 3:1 to a light and a dark page, because the form follows the
/// device's color scheme.
fn settings(locale: Option<String>) -> Settings {
    let variables = Variables {
        accent: Color::parse("#15808a"),
        on_accent: Color::parse("#ffffff"),
        radius: Length::parse("8px"),
        ..Variables::default()
    };
    Settings {
        locale,
        appearance: Appearance {
            theme: Theme::Auto,
            variables,
        },
        ..Settings::default()
    }
}

/// The wallet of the signed-in visitor.
#[component]
fn CompanionWallet(config: SiteConfig, company: Company) -> impl IntoView {
    let page: PageState = expect_context();
    let locale = page
        .locale
        .with_value(|locale| locale.tag().map(str::to_owned));
    let addresses = BaseUrl::parse(config.wallet.as_str()).zip(BaseUrl::parse(&config.frame));
    let (Some((wallet, frame)), Some(key)) =
        (addresses, PublishableKey::parse(&company.stripe_key))
    else {
        return view! { <p role="alert">{page.messages.went_wrong}</p> }.into_any();
    };
    let api = MyTime::new(&wallet, config.company_id);
    let api = Rc::new(match company.locations.first() {
        Some(location) => api.at_location(location.id),
        None => api,
    });
    page.connect_wallet(&api);
    let address = FrameAddress {
        locale: locale.clone(),
        ..FrameAddress::new(frame, key)
    };
    let count = move |cards: Vec<Card>| page.cards.set(Some(cards.len()));
    view! {
        <Wallet
            api
            address
            settings=settings(locale)
            signed_in=page.signed_in
            on_sign_in=move |()| page.end_session()
            on_change=count
        />
        <p class="quiet-text">{page.messages.card_holds}</p>
    }
    .into_any()
}
