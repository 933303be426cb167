//! The visitor's upcoming appointments, each with a cancel button.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::focus;
use super::page_state::{APPOINTMENTS, PageState};
use crate::api::Appointment;
use crate::net::site;

/// Shown while a visitor is signed in or has to sign in again.
#[component]
pub fn Appointments() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let has_visitor = Memo::new(move |_| page.session.with(|session| session.visitor().is_some()));
    let list = move || {
        match page.appointments.get() {
        None => view! { <p class="quiet-text">{messages.loading}</p> }.into_any(),
        Some(list) if list.is_empty() => {
            view! { <p class="quiet-text">{messages.none_yet}</p> }.into_any()
        }
        Some(list) => view! {
            <ul>{list.into_iter().map(|visit| view! { <AppointmentItem visit/> }).collect_view()}</ul>
        }
        .into_any(),
    }
    };
    move || {
        has_visitor.get().then(|| {
            view! {
                <section class="appointments" aria-labelledby="appointments-title">
                    <h2 id="appointments-title" tabindex="-1">{messages.your_appointments}</h2>
                    {list}
                </section>
            }
        })
    }
}

#[component]
fn AppointmentItem(visit: Appointment) -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let busy = RwSignal::new(false);
    let description = messages.visit_at(&visit);
    let title = messages.visit(&visit.service, &visit.name, &visit.with);
    let when = messages.date_and_clock(&visit.at);
    let label = messages.cancel_visit.replace("{visit}", &description);
    let id = visit.id;
    let key = id.clone();
    let cancel = move |_| {
        let Some(token) = page
            .session
            .with_untracked(|session| session.token().cloned())
        else {
            page.end_session();
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (id, description) = (id.clone(), description.clone());
        spawn_local(async move {
            match site::cancel(&token, &id).await {
                Ok(is_unblocked) => {
                    let message = if is_unblocked {
                        messages.cancelled
                    } else {
                        messages.cancelled_soon
                    };
                    page.show_success(message.replace("{visit}", &description));
                    focus(APPOINTMENTS);
                }
                Err(error) => page.show_error(&error),
            }
            busy.set(false);
            page.load_appointments();
            page.reload_times();
        });
    };
    view! {
        <li data-appointment=key>
            <p class="what">{title}</p>
            <p class="when">{when}</p>
            <button
                type="button"
                data-action="cancel-appointment"
                aria-label=label
                aria-disabled=move || busy.get().then_some("true")
                on:click=cancel
            >
                {move || if busy.get() { messages.one_moment } else { messages.cancel }}
            </button>
        </li>
    }
}
