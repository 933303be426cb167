//! What is chosen at the counter: the goods, the customer, and what the simulated reader reads.

use leptos::prelude::*;

use super::Counter;
use crate::quilt::{CARDS, CUSTOMERS, GOODS};

pub(super) fn goods(counter: Counter) -> impl IntoView {
    let choice =
        move |number: usize, word: &'static str, name: &'static str, price: &'static str| {
            view! {
                <label class="till-choice">
                    <input
                        type="radio"
                        name="item"
                        value=word
                        prop:checked=move || counter.item.get() == number
                        prop:disabled=counter.busy
                        on:change=move |_| counter.item.set(number)
                    />
                    <span>{name}</span>
                    <b>{format!("${price}")}</b>
                </label>
            }
        };
    let rows: Vec<_> = GOODS
        .iter()
        .enumerate()
        .map(|(number, (word, name, price))| choice(number, word, name, price))
        .collect();
    view! { <div class="till-box"><fieldset class="till-choices"><legend>"Item"</legend>{rows}</fieldset></div> }
}

/// Who buys: whoever the address names, and the regulars.
pub(super) fn customers(counter: Counter) -> impl IntoView {
    let named = counter.customer.get_untracked();
    let mut known: Vec<(String, String)> = CUSTOMERS
        .iter()
        .map(|(id, name)| ((*id).to_owned(), (*name).to_owned()))
        .collect();
    if !known.iter().any(|(id, _)| *id == named) {
        known.insert(0, (named, "New customer".to_owned()));
    }
    let choice = move |(id, name): (String, String)| {
        let (own, chosen) = (id.clone(), id.clone());
        view! {
            <label class="till-choice">
                <input
                    type="radio"
                    name="customer"
                    value=id
                    prop:checked=move || counter.customer.with(|now| *now == own)
                    prop:disabled=counter.busy
                    on:change=move |_| {
                        counter.cards.set(vec![]);
                        counter.customer.set(chosen.clone());
                    }
                />
                <span>{name}</span>
            </label>
        }
    };
    let rows: Vec<_> = known.into_iter().map(choice).collect();
    view! { <div class="till-box"><fieldset class="till-choices"><legend>"Customer"</legend>{rows}</fieldset></div> }
}

/// What the customer does at a reader that is not there.
pub(super) fn simulator(counter: Counter) -> impl IntoView {
    let rows: Vec<_> = CARDS
        .iter()
        .map(|(name, about)| view! { <option value=*name>{*about}</option> })
        .collect();
    view! {
        <section class="till-box till-simulator" data-simulator aria-labelledby="simulator-title">
            <p class="till-tag">"Simulator"</p>
            <h2 id="simulator-title">"The customer’s hand"</h2>
            <p class="quiet-text">
                "This demo has no real reader and moves no money. Choose what is held to the simulated one."
            </p>
            <label>
                "At the reader"
                <select
                    name="simulated"
                    prop:value=counter.card
                    on:change=move |event| counter.card.set(event_target_value(&event))
                >
                    {rows}
                </select>
            </label>
        </section>
    }
}
