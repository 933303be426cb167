//! Step 1: the service.

use leptos::prelude::*;

use super::page_state::PageState;
use crate::api::Service;

/// The services as a radio group.
#[component]
pub fn Services() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    page.load_services();
    let list = move || {
        match page.services.get() {
        None => view! { <p class="quiet-text">{messages.loading}</p> }.into_any(),
        Some(Err(error)) => view! {
            <p role="alert">{error.message(messages)}</p>
            <button type="button" data-action="retry-services" on:click=move |_| page.load_services()>{messages.try_again}</button>
        }
        .into_any(),
        Some(Ok(list)) => list.into_iter().map(|service| view! { <ServiceOption service/> }).collect_view().into_any(),
    }
    };
    view! {
        <section class="step" aria-labelledby="service-title">
            <h2 id="service-title"><span class="number" aria-hidden="true">"1"</span>{messages.choose_service}</h2>
            <div class="services" role="radiogroup" aria-labelledby="service-title">{list}</div>
        </section>
    }
}

/// One service as a label around its radio button, so that the whole box can be clicked.
#[component]
fn ServiceOption(service: Service) -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let Service {
        id,
        name,
        with,
        about,
        minutes,
        dollars,
    } = service;
    let title = messages.visit(&id, &name, &with);
    let about = messages.service_about(&id, &about).to_owned();
    let (selected, current, value) = (id.clone(), id.clone(), id.clone());
    let pick = move |_| page.update_choice(|choice| choice.choose_service(&selected));
    let is_chosen = move || {
        page.choice
            .with(|choice| choice.service.as_deref() == Some(current.as_str()))
    };
    view! {
        <label class="option service" data-service=id>
            <input type="radio" name="service" value=value prop:checked=is_chosen on:change=pick/>
            <span class="what">{title}</span>
            <span class="about">{about}</span>
            <span class="details">
                <span>{messages.duration(minutes)}</span>
                <span dir="ltr">{format!("${dollars}")}</span>
            </span>
        </label>
    }
}
