//! Step 2: the day, and the time on it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::api::{Day, Slot};
use crate::net::site::{self, SiteError};

type Answer = Option<Result<Vec<Day>, SiteError>>;

fn date(day: &Day) -> Option<String> {
    Some(day.times.first()?.at.date().to_owned())
}

/// The times of the chosen service. A change of the calendar is read without emptying what is on screen.
#[component]
pub fn Times() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let days: RwSignal<Answer> = RwSignal::new(None);
    let day: RwSignal<Option<String>> = RwSignal::new(None);
    let service = Memo::new(move |_| desk.choice.with(|choice| choice.service.clone()));

    Effect::new(move |shown: Option<Option<String>>| {
        let service = service.get();
        desk.calendar.track();
        if shown.as_ref() != Some(&service) {
            days.set(None);
        }
        if let Some(wanted) = service.clone() {
            spawn_local(async move {
                let answer = site::times(&wanted).await;
                // Another service may have been chosen meanwhile.
                if desk
                    .choice
                    .with_untracked(|choice| choice.service.as_ref() == Some(&wanted))
                {
                    take(desk, days, day, answer);
                }
            });
        }
        service
    });

    let body = move || match (service.get(), days.get()) {
        (None, _) => view! { <p class="quiet-text">{words.choose_service_first}</p> }.into_any(),
        (Some(_), None) => view! { <p class="quiet-text">{words.loading}</p> }.into_any(),
        (Some(_), Some(Err(error))) => {
            let again = move |_| desk.read_calendar();
            view! {
                <p role="alert">{error.sentence(words)}</p>
                <button type="button" data-action="retry-times" on:click=again>{words.try_again}</button>
            }
            .into_any()
        }
        (Some(_), Some(Ok(list))) if list.is_empty() => {
            view! { <p>{words.no_times}</p> }.into_any()
        }
        (Some(_), Some(Ok(list))) => view! { <Days list day/> }.into_any(),
    };
    view! {
        <section class="step" aria-labelledby="time-title">
            <h2 id="time-title" tabindex="-1">
                <span class="number" aria-hidden="true">"2"</span>{words.choose_time}
            </h2>
            {body}
        </section>
    }
}

/// Shows an answer: a day that is still there stays chosen, a time that is gone does not.
fn take(
    desk: Desk,
    days: RwSignal<Answer>,
    day: RwSignal<Option<String>>,
    answer: Result<Vec<Day>, SiteError>,
) {
    if let Ok(list) = &answer {
        let offered = || list.iter().flat_map(|day| day.times.clone());
        if desk
            .choice
            .with_untracked(|choice| choice.is_stale(offered()))
        {
            desk.choice.update(|choice| choice.at = None);
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
    days.set(Some(answer));
}

/// The days as one group of radio buttons, and the times of the chosen one as another.
#[component]
fn Days(
    /// The days, each with a time at least.
    list: Vec<Day>,
    day: RwSignal<Option<String>>,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let options = list.iter().filter_map(|one| {
        let at = one.times.first()?.at.clone();
        let date = at.date().to_owned();
        let (picked, chosen, value) = (date.clone(), date.clone(), date.clone());
        let pick = move |_| {
            day.set(Some(picked.clone()));
            desk.pick(|choice| choice.at = None);
        };
        Some(view! {
            <label class="option day" data-day=date>
                <input
                    type="radio"
                    name="day"
                    value=value
                    aria-label=words.date(&at)
                    prop:checked=move || day.with(|day| day.as_deref() == Some(chosen.as_str()))
                    on:change=pick
                />
                <span class="weekday">{words.weekday(&at)}</span>
                <span class="date">{at.day()}</span>
                <span class="month">{words.month(&at)}</span>
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
        <div class="days" role="radiogroup" aria-label=words.day>{options}</div>
        <div class="times" role="radiogroup" aria-label=words.time>{times}</div>
    }
}

/// One time. A taken one is shown, so that the day makes sense, and cannot be pressed.
#[component]
fn TimeOption(
    /// When, and whether it is free.
    offer: Slot,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let Slot { at, free } = offer;
    let clock = at.clock().to_owned();
    if !free {
        let label = format!("{clock}, {}", desk.words.time_taken);
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
    let pick = move |_| desk.pick(|choice| choice.at = Some(picked.clone()));
    view! {
        <label class="option time" data-time=name>
            <input
                type="radio"
                name="time"
                value=text
                prop:checked=move || desk.choice.with(|choice| choice.at.as_ref() == Some(&chosen))
                on:change=pick
            />
            <span dir="ltr">{clock}</span>
        </label>
    }
    .into_any()
}
