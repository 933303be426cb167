//! Step 1: the service.

use leptos::prelude::*;

use super::desk::Desk;
use crate::api::Service;

/// The services as one group of radio buttons.
#[component]
pub fn Services() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    desk.read_services();
    let list = move || {
        match desk.services.get() {
        None => view! { <p class="quiet-text">{words.loading}</p> }.into_any(),
        Some(Err(error)) => view! {
            <p role="alert">{error.sentence(words)}</p>
            <button type="button" data-action="retry-services" on:click=move |_| desk.read_services()>{words.try_again}</button>
        }
        .into_any(),
        Some(Ok(list)) => list.into_iter().map(|service| view! { <ServiceOption service/> }).collect_view().into_any(),
    }
    };
    view! {
        <section class="step" aria-labelledby="service-title">
            <h2 id="service-title"><span class="number" aria-hidden="true">"1"</span>{words.choose_service}</h2>
            <div class="services" role="radiogroup" aria-labelledby="service-title">{list}</div>
        </section>
    }
}

/// One service: a label that is the button, so that the whole card can be pressed.
#[component]
fn ServiceOption(
    service: Service,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let Service {
        id,
        name,
        with,
        about,
        minutes,
        dollars,
    } = service;
    let title = words.visit(&id, &name, &with);
    let about = words.service_about(&id, &about).to_owned();
    let (picked, chosen, value) = (id.clone(), id.clone(), id.clone());
    let pick = move |_| desk.pick(|choice| choice.pick_service(&picked));
    let is_chosen = move || {
        desk.choice
            .with(|choice| choice.service.as_deref() == Some(chosen.as_str()))
    };
    view! {
        <label class="option service" data-service=id>
            <input type="radio" name="service" value=value prop:checked=is_chosen on:change=pick/>
            <span class="what">{title}</span>
            <span class="about">{about}</span>
            <span class="facts">
                <span>{words.duration(minutes)}</span>
                <span dir="ltr">{format!("${dollars}")}</span>
            </span>
        </label>
    }
}
