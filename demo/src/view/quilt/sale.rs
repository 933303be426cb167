//! The choices of a sale: item, customer, and the card of the simulated reader.

use leptos::prelude::*;

use super::PointOfSale;
use crate::quilt::{CUSTOMERS, GOODS, SIMULATED_CARDS};

pub(super) fn goods(point_of_sale: PointOfSale) -> impl IntoView {
    let choice =
        move |number: usize, value: &'static str, name: &'static str, price: &'static str| {
            view! {
                <label class="pos-choice">
                    <input
                        type="radio"
                        name="item"
                        value=value
                        prop:checked=move || point_of_sale.item.get() == number
                        prop:disabled=point_of_sale.busy
                        on:change=move |_| point_of_sale.item.set(number)
                    />
                    <span>{name}</span>
                    <b>{format!("${price}")}</b>
                </label>
            }
        };
    let rows: Vec<_> = GOODS
        .iter()
        .enumerate()
        .map(|(number, (value, name, price))| choice(number, value, name, price))
        .collect();
    view! { <div class="pos-box"><fieldset class="pos-choices"><legend>"Item"</legend>{rows}</fieldset></div> }
}

/// The customer of the URL, if there is one, and the usual customers.
pub(super) fn customers(point_of_sale: PointOfSale) -> impl IntoView {
    let requested = point_of_sale.customer.get_untracked();
    let mut customers: Vec<(String, String)> = CUSTOMERS
        .iter()
        .map(|(id, name)| ((*id).to_owned(), (*name).to_owned()))
        .collect();
    if !customers.iter().any(|(id, _)| *id == requested) {
        customers.insert(0, (requested, "New customer".to_owned()));
    }
    let choice = move |(id, name): (String, String)| {
        let (own, chosen) = (id.clone(), id.clone());
        view! {
            <label class="pos-choice">
                <input
                    type="radio"
                    name="customer"
                    value=id
                    prop:checked=move || point_of_sale.customer.with(|now| *now == own)
                    prop:disabled=point_of_sale.busy
                    on:change=move |_| {
                        point_of_sale.cards.set(vec![]);
                        point_of_sale.customer.set(chosen.clone());
                    }
                />
                <span>{name}</span>
            </label>
        }
    };
    let rows: Vec<_> = customers.into_iter().map(choice).collect();
    view! { <div class="pos-box"><fieldset class="pos-choices"><legend>"Customer"</legend>{rows}</fieldset></div> }
}

/// The simulated reader's card.
pub(super) fn simulator(point_of_sale: PointOfSale) -> impl IntoView {
    let rows: Vec<_> = SIMULATED_CARDS
        .iter()
        .map(|(name, about)| view! { <option value=*name>{*about}</option> })
        .collect();
    view! {
        <section class="pos-box pos-simulator" data-simulator aria-labelledby="simulator-title">
            <p class="pos-tag">"Simulator"</p>
            <h2 id="simulator-title">"The customer’s hand"</h2>
            <p class="quiet-text">
                "This demo has no real reader and moves no money. Choose what is held to the simulated one."
            </p>
            <label>
                "At the reader"
                <select
                    name="simulated"
                    prop:value=point_of_sale.card
                    on:change=move |event| point_of_sale.card.set(event_target_value(&event))
                >
                    {rows}
                </select>
            </label>
        </section>
    }
}
