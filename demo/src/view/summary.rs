//! The visit being put together, and the button that books it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{ACCOUNT, APPOINTMENTS, CARD, Desk};
use super::document::focus;
use crate::api::{NewAppointment, RefusalCode};
use crate::choice::{Choice, Missing};
use crate::net::site;
use crate::session::Token;

#[component]
pub fn Summary() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let busy = RwSignal::new(false);
    let service = Memo::new(move |_| desk.chosen_service());
    let title = move || {
        service
            .get()
            .map_or(words.nothing_chosen.to_owned(), |one| {
                words.visit(&one.id, &one.name, &one.with)
            })
    };
    let when = move || {
        desk.choice.with(|choice| {
            choice
                .at
                .as_ref()
                .map_or(words.nothing_chosen.to_owned(), |at| words.moment(at))
        })
    };
    let price = move || service.get().map(|service| format!("${}", service.dollars));
    let press = move |_| {
        if !busy.get_untracked() {
            book(desk, busy);
        }
    };
    view! {
        <section class="summary" aria-labelledby="visit-title">
            <h2 id="visit-title">{words.your_visit}</h2>
            <dl>
                <div><dt>{words.service}</dt><dd>{title}</dd></div>
                <div><dt>{words.when}</dt><dd>{when}</dd></div>
                {move || price().map(|price| view! { <div><dt>{words.price}</dt><dd dir="ltr">{price}</dd></div> })}
            </dl>
            <p class="quiet-text">{words.pay_later}</p>
            <button
                type="button"
                class="primary wide"
                data-action="book"
                aria-disabled=move || busy.get().then_some("true")
                on:click=press
            >
                {move || if busy.get() { words.one_moment } else { words.book }}
            </button>
        </section>
    }
}

/// Books, or says what is missing and goes there.
fn book(desk: Desk, busy: RwSignal<bool>) {
    let token = desk
        .session
        .with_untracked(|session| session.token().cloned());
    let asked = desk
        .choice
        .with_untracked(|choice| choice.complete(token.is_some(), desk.cards.get_untracked()));
    match (asked, token) {
        (Err(missing), _) => ask_for(desk, missing),
        (Ok(_), None) => ask_for(desk, Missing::Account),
        (Ok(new), Some(token)) => {
            busy.set(true);
            spawn_local(async move {
                send(desk, &token, &new).await;
                busy.set(false);
            });
        }
    }
}

async fn send(desk: Desk, token: &Token, new: &NewAppointment) {
    match site::book(token, new).await {
        Ok(visit) => {
            desk.say(
                desk.words
                    .booked
                    .replace("{visit}", &desk.words.visit_at(&visit)),
            );
            desk.choice.set(Choice {
                service: Some(new.service.clone()),
                at: None,
            });
            desk.read_appointments();
            focus(APPOINTMENTS);
        }
        Err(error) => {
            desk.trouble(&error);
            if error.code() == Some(RefusalCode::CardNeeded) {
                ask_for(desk, Missing::Card);
            }
        }
    }
    desk.read_calendar();
}

/// Says what is missing, and puts the focus where it can be given.
fn ask_for(desk: Desk, missing: Missing) {
    let words = desk.words;
    let (sentence, place): (_, &[&str]) = match missing {
        Missing::Service => (words.pick_service, &["[data-service] input"]),
        Missing::Time => (words.pick_time, &["[data-time] input", "#time-title"]),
        Missing::Account => (words.sign_in_to_book, ACCOUNT),
        Missing::Card => (words.add_card_to_book, CARD),
    };
    desk.warn(sentence);
    focus(place);
}
