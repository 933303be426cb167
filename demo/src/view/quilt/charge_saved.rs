//! Charges a saved card without a reader.

use std::rc::Rc;

use card_entry_companion::wallet_api::quilt::{Quilt, new_idempotency_key};
use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::dialect::quilt::{IntentBody, QuiltResult};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::PointOfSale;

/// A button for each card, and the result of the last charge.
pub(super) fn charge(point_of_sale: PointOfSale, api: Rc<Quilt>) -> impl IntoView {
    let api = StoredValue::new_local(api);
    // The idempotency key of an indeterminate charge: a retry with it cannot charge twice.
    let indeterminate = StoredValue::new(None::<(String, &'static str, String)>);
    let (status, alert) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let press = move |card: String, name: String| {
        let price = point_of_sale.price();
        let retried = indeterminate.get_value();
        let retried = retried.filter(|(of, at, _)| *of == card && *at == price);
        let key = retried.map(|(_, _, key)| key).or_else(new_idempotency_key);
        let body = point_of_sale.sale().zip(PaymentMethodId::parse(&card));
        let Some((key, (sale, id))) = key
            .zip(body)
            .filter(|_| !point_of_sale.busy.get_untracked())
        else {
            return;
        };
        let api = api.get_value();
        point_of_sale.busy.set(true);
        alert.set(String::new());
        status.set(format!("Charging {name}…"));
        spawn_local(async move {
            let body = IntentBody::stored_card(sale.account, sale.amount, sale.customer, id, None);
            let outcome = api.create_payment_intent(&body, &key).await;
            let is_indeterminate = outcome == QuiltResult::Indeterminate;
            indeterminate.set_value(is_indeterminate.then_some((card, price, key)));
            let (status_text, alert_text) = match outcome {
                QuiltResult::Done(_) => (format!("${price} charged to {name}."), String::new()),
                QuiltResult::Failed(failure) => {
                    let message = failure.message.unwrap_or_default();
                    (String::new(), format!("Not charged. {message}"))
                }
                QuiltResult::Indeterminate => {
                    let message =
                        "We couldn’t reach the server. Press again: nothing is charged twice.";
                    (String::new(), message.to_owned())
                }
            };
            status.set(status_text);
            alert.set(alert_text);
            point_of_sale.busy.set(false);
        });
    };
    let row = move |card: card_entry_companion::wallet::Card| {
        let name = format!("{} ending in {}", card.brand.title(), card.last4);
        let text = name.clone();
        let id = card.id.0;
        view! {
            <button
                type="button"
                data-action="charge"
                data-last4=card.last4.as_str().to_owned()
                // `disabled` would lose the focus.
                aria-disabled=move || point_of_sale.busy.get().to_string()
                on:click=move |_| press(id.clone(), name.clone())
            >
                {move || format!("Charge ${} to {text}", point_of_sale.price())}
            </button>
        }
    };
    let has_cards = Memo::new(move |_| point_of_sale.cards.with(|cards| !cards.is_empty()));
    // The status of the last charge stays visible after the last card is deleted.
    let is_shown = move || has_cards.get() || status.with(|text| !text.is_empty());
    let id = |card: &card_entry_companion::wallet::Card| card.id.0.clone();
    view! {
        <section class="pos-box pos-stored" data-stored aria-labelledby="stored-title" hidden=move || !is_shown()>
            <h2 id="stored-title">"Charge a saved card"</h2>
            <For each=move || point_of_sale.cards.get() key=id children=row />
            <p role="status" data-stored-status>{status}</p>
            <p role="alert" data-stored-alert>{alert}</p>
        </section>
    }
}
