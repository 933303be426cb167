//! Step 4: the card, by the companion's wallet.
//!
//! One wallet per visitor: it stays mounted while the same visitor signs in again, so that a card being typed and a
//! save under way are kept. Another visitor gets a wallet of their own.

use std::rc::Rc;

use card_entry_companion::address::{FrameAddress, Place};
use card_entry_companion::leptos::Wallet;
use card_entry_companion::wallet::Card;
use card_entry_companion::wallet_api::mytime::MyTime;
use card_entry_protocol::appearance::{Appearance, Color, Length, Theme, Variables};
use card_entry_protocol::dialect::mytime::Company;
use card_entry_protocol::secret::PublishableKey;
use card_entry_protocol::settings::Settings;
use leptos::prelude::*;

use super::desk::Desk;
use crate::api::SiteConfig;
use crate::net::NoAnswer;
use crate::session::Session;

#[derive(Clone, PartialEq, Eq)]
enum Face {
    SignedOut,
    Loading,
    Away,
    Wallet(u64, SiteConfig, Company),
}

fn face(desk: Desk) -> Face {
    let visitor = desk.session.with(|session| match session {
        Session::Restoring => Err(Face::Loading),
        Session::Out => Err(Face::SignedOut),
        Session::In(visitor, _) | Session::Ended(visitor) => Ok(visitor.id),
    });
    match (visitor, desk.config.get(), desk.company.get()) {
        (Err(face), ..) => face,
        (Ok(id), Some(config), Some(Ok(company))) => Face::Wallet(id, config, company),
        (Ok(_), _, Some(Err(NoAnswer))) => Face::Away,
        (Ok(_), ..) => Face::Loading,
    }
}

/// The section. Once somebody is signed in the wallet brings its own heading.
#[component]
pub fn CardSection() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let face = Memo::new(move |_| face(desk));
    let body = move || {
        let (sentence, retry) = match face.get() {
            Face::Wallet(_, config, company) => {
                return view! { <CompanionWallet config company/> }.into_any();
            }
            Face::SignedOut => (words.card_after_sign_in, None),
            Face::Loading => (words.loading, None),
            Face::Away => (words.site_away, Some(words.try_again)),
        };
        let retry = retry.map(|text| {
            view! {
                <button type="button" data-action="retry-company" on:click=move |_| desk.read_company()>{text}</button>
            }
        });
        view! {
            <h2 id="card-title" tabindex="-1">{words.your_card}</h2>
            <p class="quiet-text">{sentence}</p>
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

/// The form in this page's looks. The accent stands 3:1 off a light and off a dark page, because the form follows the
/// device by itself.
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

/// The wallet of whoever is signed in now.
#[component]
fn CompanionWallet(
    config: SiteConfig,
    /// Whose publishable key it is.
    company: Company,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let locale = desk
        .locale
        .with_value(|locale| locale.tag().map(str::to_owned));
    let places = Place::parse(config.wallet.as_str()).zip(Place::parse(&config.frame));
    let (Some((wallet, frame)), Some(key)) = (places, PublishableKey::parse(&company.stripe_key))
    else {
        return view! { <p role="alert">{desk.words.went_wrong}</p> }.into_any();
    };
    let api = MyTime::new(&wallet, config.company_id);
    let api = Rc::new(match company.locations.first() {
        Some(location) => api.at(location.id),
        None => api,
    });
    desk.hand_token_to(&api);
    let address = FrameAddress {
        locale: locale.clone(),
        ..FrameAddress::new(frame, key)
    };
    let count = move |cards: Vec<Card>| desk.cards.set(Some(cards.len()));
    view! {
        <Wallet
            api
            address
            settings=settings(locale)
            signed_in=desk.signed_in
            on_sign_in=move |()| desk.session_ended()
            on_change=count
        />
        <p class="quiet-text">{desk.words.card_holds}</p>
    }
    .into_any()
}
