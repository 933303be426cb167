//! The chosen service and time, and the button that books it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::focus;
use super::page_state::{ACCOUNT, APPOINTMENTS, CARD, PageState};
use crate::api::{NewAppointment, SiteErrorCode};
use crate::choice::{Choice, Missing};
use crate::net::site;
use crate::session::SessionToken;

#[component]
pub fn Summary() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let busy = RwSignal::new(false);
    let service = Memo::new(move |_| page.chosen_service());
    let title = move || {
        service
            .get()
            .map_or(messages.nothing_chosen.to_owned(), |one| {
                messages.visit(&one.id, &one.name, &one.with)
            })
    };
    let when = move || {
        page.choice.with(|choice| {
            choice
                .at
                .as_ref()
                .map_or(messages.nothing_chosen.to_owned(), |at| {
                    messages.date_and_clock(at)
                })
        })
    };
    let price = move || service.get().map(|service| format!("${}", service.dollars));
    let on_click = move |_| {
        if !busy.get_untracked() {
            book(page, busy);
        }
    };
    view! {
        <section class="summary" aria-labelledby="visit-title">
            <h2 id="visit-title">{messages.your_visit}</h2>
            <dl>
                <div><dt>{messages.service}</dt><dd>{title}</dd></div>
                <div><dt>{messages.when}</dt><dd>{when}</dd></div>
                {move || price().map(|price| view! { <div><dt>{messages.price}</dt><dd dir="ltr">{price}</dd></div> })}
            </dl>
            <p class="quiet-text">{messages.pay_later}</p>
            <button
                type="button"
                class="primary wide"
                data-action="book"
                aria-disabled=move || busy.get().then_some("true")
                on:click=on_click
            >
                {move || if busy.get() { messages.one_moment } else { messages.book }}
            </button>
        </section>
    }
}

/// Books, or shows what is missing and focuses it.
fn book(page: PageState, busy: RwSignal<bool>) {
    let token = page
        .session
        .with_untracked(|session| session.token().cloned());
    let request = page
        .choice
        .with_untracked(|choice| choice.complete(token.is_some(), page.cards.get_untracked()));
    match (request, token) {
        (Err(missing), _) => show_missing(page, missing),
        (Ok(_), None) => show_missing(page, Missing::Account),
        (Ok(new), Some(token)) => {
            busy.set(true);
            spawn_local(async move {
                send(page, &token, &new).await;
                busy.set(false);
            });
        }
    }
}

async fn send(page: PageState, token: &SessionToken, new: &NewAppointment) {
    match site::book(token, new).await {
        Ok(visit) => {
            page.show_success(
                page.messages
                    .booked
                    .replace("{visit}", &page.messages.visit_at(&visit)),
            );
            page.choice.set(Choice {
                service: Some(new.service.clone()),
                at: None,
            });
            page.load_appointments();
            focus(APPOINTMENTS);
        }
        Err(error) => {
            page.show_error(&error);
            if error.code() == Some(SiteErrorCode::CardNeeded) {
                show_missing(page, Missing::Card);
            }
        }
    }
    page.reload_times();
}

/// Shows what is missing and focuses the input for it.
fn show_missing(page: PageState, missing: Missing) {
    let messages = page.messages;
    let (message, target): (_, &[&str]) = match missing {
        Missing::Service => (messages.pick_service, &["[data-service] input"]),
        Missing::Time => (messages.pick_time, &["[data-time] input", "#time-title"]),
        Missing::Account => (messages.sign_in_to_book, ACCOUNT),
        Missing::Card => (messages.add_card_to_book, CARD),
    };
    page.show_warning(message);
    focus(target);
}
