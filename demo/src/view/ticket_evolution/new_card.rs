//! The label, address and telephone number of the next card.

use card_entry_companion::wallet_api::ticket_evolution::NewCardMetadata;
use card_entry_protocol::dialect::ticket_evolution::{Id, Label};
use leptos::prelude::*;

use super::TicketShopPage;
use crate::ticket_evolution::{NamedRecord, TicketShopSession};

/// The details before the client chooses any.
pub(super) fn default_details(client: &TicketShopSession) -> Option<NewCardMetadata> {
    Some(NewCardMetadata {
        name: client.name.clone(),
        label: None,
        address_id: Id::new(client.addresses.first()?.id)?,
        phone_number_id: Id::new(client.phone_numbers.first()?.id)?,
    })
}

/// The error message of an invalid label.
pub(super) fn label_error(text: &str) -> Option<&'static str> {
    if Label::is_too_long(text) {
        Some("Please use 20 characters at most.")
    } else if !text.is_empty() && Label::parse(text).is_none() {
        Some("Please use plain words, and no card number.")
    } else {
        None
    }
}

/// A select of the client's addresses or telephone numbers.
pub(super) fn choice(
    id: &'static str,
    label: &'static str,
    rows: Vec<NamedRecord>,
    chosen: impl Fn(u64) + 'static,
) -> impl IntoView {
    let options = rows.into_iter();
    let options = options
        .map(|row| view! { <option value=row.id.to_string()>{row.text}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                on:change=move |event| {
                    if let Ok(id) = event_target_value(&event).parse() {
                        chosen(id);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
}

/// The fields above the wallet.
pub(super) fn new_card_fields(
    shop: TicketShopPage,
    client: &TicketShopSession,
) -> impl IntoView + use<> {
    let chosen = StoredValue::new(default_details(client));
    let wrong = RwSignal::new(None::<&'static str>);
    let label = RwSignal::new(String::new());
    let change = move |change: &dyn Fn(&mut NewCardMetadata)| {
        chosen.update_value(|keeping| keeping.iter_mut().for_each(change));
        let now = chosen.get_value();
        shop.api.with_value(|api| {
            if let (Some(api), Some(now)) = (api, now) {
                api.set_new_card_metadata(now);
            }
        });
    };
    let name = move |text: String| {
        let plain = text.trim();
        wrong.set(label_error(plain));
        change(&|keeping| keeping.label = Label::parse(plain));
        label.set(text);
    };
    // A label belongs to one card: clear it after the card is added.
    let count = Memo::new(move |_| shop.cards.with(Vec::len));
    Effect::new(move |before: Option<usize>| {
        let now = count.get();
        if before.is_some_and(|before| before < now) {
            name(String::new());
        }
        now
    });
    let address = move |id| {
        change(&|keeping: &mut NewCardMetadata| {
            keeping.address_id = Id::new(id).unwrap_or(keeping.address_id)
        });
    };
    let phone = move |id| {
        change(&|keeping: &mut NewCardMetadata| {
            keeping.phone_number_id = Id::new(id).unwrap_or(keeping.phone_number_id);
        });
    };
    view! {
        <fieldset class="tickets-form" data-new-card>
            <legend>"The card you add next"</legend>
            <div class="field">
                <label for="label">"What you call it"</label>
                <input
                    id="label"
                    autocomplete="off"
                    aria-describedby="label-hint label-error"
                    aria-invalid=move || wrong.get().map(|_| "true")
                    prop:value=label
                    on:input=move |event| name(event_target_value(&event))
                />
                <p id="label-hint" class="tickets-hint">"If you like, such as Travel. 20 characters at most."</p>
                <p id="label-error" class="tickets-error" aria-live="polite">{move || wrong.get()}</p>
            </div>
            {choice("address", "Billing address", client.addresses.clone(), address)}
            {choice("phone", "Telephone number", client.phone_numbers.clone(), phone)}
        </fieldset>
    }
}
