//! Charging a card the customer keeps here, without a reader.

use std::rc::Rc;

use card_entry_companion::wallet_api::quilt::{Quilt, fresh_key};
use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::dialect::quilt::{IntentBody, QuiltResult};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Counter;

/// The buttons, one for each card, and what came of the last press.
pub(super) fn charge(counter: Counter, api: Rc<Quilt>) -> impl IntoView {
    let api = StoredValue::new_local(api);
    // The key of a charge nobody knows the end of: asking again is the same charge.
    let open = StoredValue::new(None::<(String, &'static str, String)>);
    let (status, alert) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let press = move |card: String, name: String| {
        let price = counter.price();
        let kept = open.get_value();
        let kept = kept.filter(|(of, at, _)| *of == card && *at == price);
        let key = kept.map(|(_, _, key)| key).or_else(fresh_key);
        let body = counter.sale().zip(PaymentMethodId::parse(&card));
        let Some((key, (sale, id))) = key.zip(body).filter(|_| !counter.busy.get_untracked())
        else {
            return;
        };
        let api = api.get_value();
        counter.busy.set(true);
        alert.set(String::new());
        status.set(format!("Charging {name}…"));
        spawn_local(async move {
            let body = IntentBody::stored_card(sale.account, sale.amount, sale.customer, id, None);
            let outcome = api.pay(&body, &key).await;
            let unclear = outcome == QuiltResult::Indeterminate;
            open.set_value(unclear.then_some((card, price, key)));
            let (said, warned) = match outcome {
                QuiltResult::Done(_) => (format!("${price} charged to {name}."), String::new()),
                QuiltResult::Failed(failure) => {
                    let words = failure.message.unwrap_or_default();
                    (String::new(), format!("Not charged. {words}"))
                }
                QuiltResult::Indeterminate => {
                    let words =
                        "We couldn’t reach the server. Press again: nothing is charged twice.";
                    (String::new(), words.to_owned())
                }
            };
            status.set(said);
            alert.set(warned);
            counter.busy.set(false);
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
                // Not disabled: that would drop the focus.
                aria-disabled=move || counter.busy.get().to_string()
                on:click=move |_| press(id.clone(), name.clone())
            >
                {move || format!("Charge ${} to {text}", counter.price())}
            </button>
        }
    };
    let some = Memo::new(move |_| counter.cards.with(|cards| !cards.is_empty()));
    // What was said outlives the last card, and goes with the next press.
    let wanted = move || some.get() || status.with(|said| !said.is_empty());
    let id = |card: &card_entry_companion::wallet::Card| card.id.0.clone();
    view! {
        <section class="till-box till-stored" data-stored aria-labelledby="stored-title" hidden=move || !wanted()>
            <h2 id="stored-title">"Charge a saved card"</h2>
            <For each=move || counter.cards.get() key=id children=row />
            <p role="status" data-stored-status>{status}</p>
            <p role="alert" data-stored-alert>{alert}</p>
        </section>
    }
}
