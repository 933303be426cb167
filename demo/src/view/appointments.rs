//! The visitor's visits ahead, each with its cancel button.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{APPOINTMENTS, Desk};
use super::document::focus;
use crate::api::Appointment;
use crate::net::site;

/// The list; shown while somebody is signed in, or has to sign in again.
#[component]
pub fn Appointments() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let is_known = Memo::new(move |_| desk.session.with(|session| session.visitor().is_some()));
    let list = move || match desk.appointments.get() {
        None => view! { <p class="quiet-text">{words.loading}</p> }.into_any(),
        Some(list) if list.is_empty() => {
            view! { <p class="quiet-text">{words.none_yet}</p> }.into_any()
        }
        Some(list) => view! {
            <ul>{list.into_iter().map(|visit| view! { <Visit visit/> }).collect_view()}</ul>
        }
        .into_any(),
    };
    move || {
        is_known.get().then(|| {
            view! {
                <section class="appointments" aria-labelledby="appointments-title">
                    <h2 id="appointments-title" tabindex="-1">{words.your_appointments}</h2>
                    {list}
                </section>
            }
        })
    }
}

#[component]
fn Visit(
    visit: Appointment,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let busy = RwSignal::new(false);
    let said = words.visit_at(&visit);
    let title = words.visit(&visit.service, &visit.name, &visit.with);
    let when = words.moment(&visit.at);
    let label = words.cancel_visit.replace("{visit}", &said);
    let id = visit.id;
    let key = id.clone();
    let cancel = move |_| {
        let Some(token) = desk
            .session
            .with_untracked(|session| session.token().cloned())
        else {
            desk.session_ended();
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (id, said) = (id.clone(), said.clone());
        spawn_local(async move {
            match site::cancel(&token, &id).await {
                Ok(is_free) => {
                    let sentence = if is_free {
                        words.cancelled
                    } else {
                        words.cancelled_soon
                    };
                    desk.say(sentence.replace("{visit}", &said));
                    focus(APPOINTMENTS);
                }
                Err(error) => desk.trouble(&error),
            }
            busy.set(false);
            desk.read_appointments();
            desk.read_calendar();
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
                {move || if busy.get() { words.one_moment } else { words.cancel }}
            </button>
        </li>
    }
}
