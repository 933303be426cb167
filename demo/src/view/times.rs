//! Step 2: the day and the time.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::page_state::PageState;
use crate::api::{Day, Slot};
use crate::net::site::{self, SiteCallError};

type DaysResult = Option<Result<Vec<Day>, SiteCallError>>;

fn date(day: &Day) -> Option<String> {
    Some(day.times.first()?.at.date().to_owned())
}

/// The times of the chosen service. The shown times stay while they are loaded again.
#[component]
pub fn Times() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let days: RwSignal<DaysResult> = RwSignal::new(None);
    let day: RwSignal<Option<String>> = RwSignal::new(None);
    let service = Memo::new(move |_| page.choice.with(|choice| choice.service.clone()));

    Effect::new(move |shown: Option<Option<String>>| {
        let service = service.get();
        page.calendar.track();
        if shown.as_ref() != Some(&service) {
            days.set(None);
        }
        if let Some(wanted) = service.clone() {
            spawn_local(async move {
                let result = site::times(&wanted).await;
                // Another service may have been chosen in the meantime.
                if page
                    .choice
                    .with_untracked(|choice| choice.service.as_ref() == Some(&wanted))
                {
                    show_days(page, days, day, result);
                }
            });
        }
        service
    });

    let body = move || match (service.get(), days.get()) {
        (None, _) => view! { <p class="quiet-text">{messages.choose_service_first}</p> }.into_any(),
        (Some(_), None) => view! { <p class="quiet-text">{messages.loading}</p> }.into_any(),
        (Some(_), Some(Err(error))) => {
            let again = move |_| page.reload_times();
            view! {
                <p role="alert">{error.message(messages)}</p>
                <button type="button" data-action="retry-times" on:click=again>{messages.try_again}</button>
            }
            .into_any()
        }
        (Some(_), Some(Ok(list))) if list.is_empty() => {
            view! { <p>{messages.no_times}</p> }.into_any()
        }
        (Some(_), Some(Ok(list))) => view! { <Days list day/> }.into_any(),
    };
    view! {
        <section class="step" aria-labelledby="time-title">
            <h2 id="time-title" tabindex="-1">
                <span class="number" aria-hidden="true">"2"</span>{messages.choose_time}
            </h2>
            {body}
        </section>
    }
}

/// Shows the loaded days. The chosen day stays if it still exists; a chosen time that is gone is cleared.
fn show_days(
    page: PageState,
    days: RwSignal<DaysResult>,
    day: RwSignal<Option<String>>,
    result: Result<Vec<Day>, SiteCallError>,
) {
    if let Ok(list) = &result {
        let offered = || list.iter().flat_map(|day| day.times.clone());
        if page
            .choice
            .with_untracked(|choice| choice.is_stale(offered()))
        {
            page.choice.update(|choice| choice.at = None);
        }
        let kept = day
            .get_untracked()
            .filter(|day| list.iter().any(|other| date(other).as_ref() == Some(day)));
        let first = list
            .iter()
            .find(|day| day.times.iter().any(|slot| slot.free))
            .and_then(date);
        day.set(kept.or(first));
    }
    days.set(Some(result));
}

/// The days as a radio group, and the times of the chosen day as another.
#[component]
fn Days(list: Vec<Day>, day: RwSignal<Option<String>>) -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let options = list.iter().filter_map(|one| {
        let at = one.times.first()?.at.clone();
        let date = at.date().to_owned();
        let (picked, chosen, value) = (date.clone(), date.clone(), date.clone());
        let pick = move |_| {
            day.set(Some(picked.clone()));
            page.update_choice(|choice| choice.at = None);
        };
        Some(view! {
            <label class="option day" data-day=date>
                <input
                    type="radio"
                    name="day"
                    value=value
                    aria-label=messages.date(&at)
                    prop:checked=move || day.with(|day| day.as_deref() == Some(chosen.as_str()))
                    on:change=pick
                />
                <span class="weekday">{messages.weekday(&at)}</span>
                <span class="date">{at.day()}</span>
                <span class="month">{messages.month(&at)}</span>
            </label>
        })
    });
    let options = options.collect_view();
    let times = move || {
        let chosen = day.get();
        let of_day = list
            .iter()
            .find(|one| date(one) == chosen)
            .map(|one| one.times.clone());
        of_day
            .unwrap_or_default()
            .into_iter()
            .map(|offer| view! { <TimeOption offer/> })
            .collect_view()
    };
    view! {
        <div class="days" role="radiogroup" aria-label=messages.day>{options}</div>
        <div class="times" role="radiogroup" aria-label=messages.time>{times}</div>
    }
}

/// One time. A taken one is shown, disabled, so that the day is complete.
#[component]
fn TimeOption(offer: Slot) -> impl IntoView {
    let page: PageState = expect_context();
    let Slot { at, free } = offer;
    let clock = at.clock().to_owned();
    if !free {
        let label = format!("{clock}, {}", page.messages.time_taken);
        return view! {
            <label class="option time taken" data-time-taken=at.as_str().to_owned()>
                <input type="radio" name="time" disabled aria-label=label/>
                <span dir="ltr">{clock}</span>
            </label>
        }
        .into_any();
    }
    let [name, text] = [at.as_str(), at.as_str()].map(str::to_owned);
    let (picked, chosen) = (at.clone(), at);
    let pick = move |_| page.update_choice(|choice| choice.at = Some(picked.clone()));
    view! {
        <label class="option time" data-time=name>
            <input
                type="radio"
                name="time"
                value=text
                prop:checked=move || page.choice.with(|choice| choice.at.as_ref() == Some(&chosen))
                on:change=pick
            />
            <span dir="ltr">{clock}</span>
        </label>
    }
    .into_any()
}
