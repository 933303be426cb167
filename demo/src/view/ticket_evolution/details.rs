//! Changes the label and the billing address of a saved card.

use card_entry_companion::wallet::{Card, SavedCardId, WalletError};
use card_entry_protocol::dialect::ticket_evolution::{Id, UpdateCard};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::new_card::label_error;
use super::{SERVER_UNAVAILABLE, TicketShopPage};
use crate::ticket_evolution::TicketShopSession;

/// The form beside the wallet; empty while there is no card.
pub(super) fn details(shop: TicketShopPage, client: &TicketShopSession) -> impl IntoView + use<> {
    let addresses = client.addresses.clone();
    let chosen = RwSignal::new(String::new());
    let label = RwSignal::new(String::new());
    let address = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let busy = RwSignal::new(false);
    let card = move || {
        shop.cards.with(|cards| {
            let wanted = cards.iter().find(|card| card.id.0 == chosen.get());
            wanted.or(cards.first()).cloned()
        })
    };
    // After another choice or another list the fields show the saved values.
    Effect::new(move |_| {
        let now = card().and_then(|card| card.label).unwrap_or_default();
        label.set(now);
        address.set(String::new());
        wrong.set(None);
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = label.get_untracked().trim().to_owned();
        wrong.set(label_error(&text));
        let (Some(card), None, false) =
            (untrack(card), wrong.get_untracked(), busy.get_untracked())
        else {
            return;
        };
        let change = UpdateCard {
            label: Some((!text.is_empty()).then_some(text)),
            address_id: address.get_untracked().parse().ok().and_then(Id::new),
            ..UpdateCard::default()
        };
        busy.set(true);
        spawn_local(async move {
            save(shop, card.id, change).await;
            busy.set(false);
        });
    };
    let name = |card: &Card| format!("{} ending in {}", card.brand.title(), card.last4);
    let cards = move || {
        let all = shop.cards.get();
        let one = |card: Card| view! { <option value=card.id.0.clone()>{name(&card)}</option> };
        all.into_iter().map(one).collect_view()
    };
    let has_cards = Memo::new(move |_| shop.cards.with(|cards| !cards.is_empty()));
    move || {
        let addresses = addresses.clone();
        has_cards.get().then(|| {
            let address_options = addresses.into_iter();
            let address_options = address_options
                .map(|row| view! { <option value=row.id.to_string()>{row.text}</option> })
                .collect_view();
            view! {
                <section class="tickets-box" aria-labelledby="details-title" data-details>
                    <h2 id="details-title">"Change a card"</h2>
                    <form class="tickets-form" novalidate on:submit=on_submit>
                        <div class="field">
                            <label for="which">"Card"</label>
                            <select id="which" on:change=move |event| chosen.set(event_target_value(&event))>
                                {cards}
                            </select>
                        </div>
                        <div class="field">
                            <label for="new-label">"What you call it"</label>
                            <input
                                id="new-label"
                                autocomplete="off"
                                aria-describedby="new-label-error"
                                aria-invalid=move || wrong.get().map(|_| "true")
                                prop:value=label
                                on:input=move |event| label.set(event_target_value(&event))
                            />
                            <p id="new-label-error" class="tickets-error" aria-live="polite">{move || wrong.get()}</p>
                        </div>
                        <div class="field">
                            <label for="new-address">"Billing address"</label>
                            <select
                                id="new-address"
                                prop:value=address
                                on:change=move |event| address.set(event_target_value(&event))
                            >
                                <option value="">"As it is"</option>
                                {address_options}
                            </select>
                        </div>
                        <div>
                            <button type="submit" data-action="change" aria-disabled=move || busy.get().to_string()>
                                "Save changes"
                            </button>
                        </div>
                    </form>
                </section>
            }
        })
    }
}

async fn save(shop: TicketShopPage, id: SavedCardId, change: UpdateCard) {
    shop.alert.set(String::new());
    let Some(api) = shop.api.get_value() else {
        return;
    };
    match api.update(&id, &change).await {
        Ok(cards) => {
            shop.cards.set(cards);
            shop.changed.update(|count| *count += 1);
            shop.status.set("Your changes are saved.".to_owned());
        }
        Err(WalletError::SignInRequired) => shop.needs_sign_in.set(true),
        Err(WalletError::Refused(Some(sentence))) => shop.alert.set(sentence.as_str().to_owned()),
        Err(_) => shop.alert.set(SERVER_UNAVAILABLE.to_owned()),
    }
}
