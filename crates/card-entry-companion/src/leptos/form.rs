//! The form alone: the frame on a Leptos page.
//!
//! Used by pages that keep no wallet on screen, and by [`super::panel`].

use std::rc::Rc;

use card_entry_protocol::settings::Settings;
use leptos::html::Div;
use leptos::prelude::*;

use crate::address::FrameAddress;
use crate::entry::CardEntry;
use crate::event::Event;
use crate::settings::HostSettings;
use crate::wallet::{Card, WalletApi};

/// A mounted entry, on this thread.
pub(super) type Held = StoredValue<Option<CardEntry>, LocalStorage>;

/// Draws the place of the frame and mounts it there; the frame goes when the owner does.
pub(super) fn draw(
    held: Held,
    api: Rc<dyn WalletApi>,
    address: FrameAddress,
    settings: Settings,
    told: impl Fn(Event) + Clone + 'static,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let Some(place) = place.get() else {
            return;
        };
        let mounted = CardEntry::mount(
            &place,
            Rc::clone(&api),
            address.clone(),
            HostSettings::from(&settings),
            told.clone(),
        );
        match mounted {
            Ok(entry) => held.set_value(Some(entry)),
            Err(error) => told(Event::Unusable(error.as_str(), String::new())),
        }
    });
    on_cleanup(move || {
        held.try_update_value(Option::take);
    });
    view! { <div class="ce-frame" node_ref=place></div> }
}

/// The card form, saving through a wallet API.
#[component]
pub fn CardEntryFrame(
    /// Where cards are saved.
    api: Rc<dyn WalletApi>,
    /// Where the frame lives, and what it is asked for.
    address: FrameAddress,
    /// What the form looks like and asks for.
    #[prop(optional)]
    settings: Settings,
    /// Bump it after the person signed in and the API has the new token: a save that waited goes on.
    #[prop(optional, into)]
    signed_in: Option<Signal<u32>>,
    /// The card is in the wallet; gets the wallet's cards.
    #[prop(optional, into)]
    on_saved: Option<Callback<Vec<Card>>>,
    /// The card was not saved; gets the sentence, which the form shows as well.
    #[prop(optional, into)]
    on_error: Option<Callback<String>>,
    /// The session is over: show the sign-in.
    #[prop(optional, into)]
    on_sign_in: Option<Callback<()>>,
) -> impl IntoView {
    let held: Held = StoredValue::new_local(None);
    if let Some(signed_in) = signed_in {
        Effect::new(move |before: Option<u32>| {
            let now = signed_in.get();
            if before.is_some_and(|before| before != now) {
                held.with_value(|entry| entry.iter().for_each(CardEntry::signed_in));
            }
            now
        });
    }
    draw(held, api, address, settings, move |event| match event {
        Event::Saved(_, kept) => on_saved
            .iter()
            .for_each(|call| call.run(kept.cards.clone())),
        Event::Error(error, _) => {
            on_error
                .iter()
                .for_each(|call| call.run(error.message.clone()));
        }
        Event::SignIn => on_sign_in.iter().for_each(|call| call.run(())),
        _ => {}
    })
}
