//! What the next card is kept with: a label, an address, a telephone number.

use card_entry_companion::wallet_api::ticket_evolution::Keeping;
use card_entry_protocol::dialect::ticket_evolution::{Id, Label};
use leptos::prelude::*;

use super::Shop;
use crate::ticket_evolution::{Named, SignedIn};

/// What is chosen before anything is.
pub(super) fn first(who: &SignedIn) -> Option<Keeping> {
    Some(Keeping {
        name: who.name.clone(),
        label: None,
        address_id: Id::new(who.addresses.first()?.id)?,
        phone_number_id: Id::new(who.phone_numbers.first()?.id)?,
    })
}

/// What is said of a label that cannot be one.
pub(super) fn wrong_label(text: &str) -> Option<&'static str> {
    if Label::is_too_long(text) {
        Some("Please use 20 characters at most.")
    } else if !text.is_empty() && Label::parse(text).is_none() {
        Some("Please use plain words, and no card number.")
    } else {
        None
    }
}

/// A choice of one of the client's things.
pub(super) fn choice(
    id: &'static str,
    label: &'static str,
    rows: Vec<Named>,
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
pub(super) fn keeping(shop: Shop, who: &SignedIn) -> impl IntoView + use<> {
    let chosen = StoredValue::new(first(who));
    let wrong = RwSignal::new(None::<&'static str>);
    let label = RwSignal::new(String::new());
    let change = move |change: &dyn Fn(&mut Keeping)| {
        chosen.update_value(|keeping| keeping.iter_mut().for_each(change));
        let now = chosen.get_value();
        shop.api.with_value(|api| {
            if let (Some(api), Some(now)) = (api, now) {
                api.keep_with(now);
            }
        });
    };
    let name = move |text: String| {
        let plain = text.trim();
        wrong.set(wrong_label(plain));
        change(&|keeping| keeping.label = Label::parse(plain));
        label.set(text);
    };
    // One card's name is not the next one's.
    let count = Memo::new(move |_| shop.cards.with(Vec::len));
    Effect::new(move |before: Option<usize>| {
        let now = count.get();
        if before.is_some_and(|before| before < now) {
            name(String::new());
        }
        now
    });
    let address = move |id| {
        change(&|keeping: &mut Keeping| {
            keeping.address_id = Id::new(id).unwrap_or(keeping.address_id)
        });
    };
    let phone = move |id| {
        change(&|keeping: &mut Keeping| {
            keeping.phone_number_id = Id::new(id).unwrap_or(keeping.phone_number_id);
        });
    };
    view! {
        <fieldset class="tickets-form" data-keeping>
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
            {choice("address", "Billing address", who.addresses.clone(), address)}
            {choice("phone", "Telephone number", who.phone_numbers.clone(), phone)}
        </fieldset>
    }
}
