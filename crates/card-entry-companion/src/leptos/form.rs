//! The form alone: the frame on a Leptos page.
//!
//! Used by pages that keep no wallet on screen, and by [`super::panel`].

use std::rc::Rc;

use card_entry_protocol::card::Brand;
use card_entry_protocol::message::{ConsentProof, FieldName, Log};
use card_entry_protocol::settings::Settings;
use leptos::html::Div;
use leptos::prelude::*;

use super::notify;
use super::wallet::on_change_of;
use crate::address::FrameAddress;
use crate::entry::CardEntry;
use crate::event::EntryEvent;
use crate::settings::HostSettings;
use crate::submission::NotSubmitted;
use crate::wallet::{Card, WalletApi};

/// A mounted entry, on this thread.
pub(super) type EntryHandle = StoredValue<Option<CardEntry>, LocalStorage>;

/// Draws the place of the frame and mounts it there; the frame goes when the owner does.
pub(super) fn draw(
    entry_handle: EntryHandle,
    api: Rc<dyn WalletApi>,
    address: FrameAddress,
    settings: Settings,
    on_event: impl Fn(EntryEvent) + Clone + 'static,
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
            on_event.clone(),
        );
        match mounted {
            Ok(entry) => entry_handle.set_value(Some(entry)),
            Err(error) => on_event(EntryEvent::Unusable(error.as_str(), String::new())),
        }
    });
    on_cleanup(move || {
        entry_handle.try_update_value(Option::take);
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
    /// The card is in the wallet, and this is what the person agreed to; comes before `on_saved`.
    #[prop(optional, into)]
    on_consent: Option<Callback<ConsentProof>>,
    /// Bump it to press the form's button: for a page with its own. A form that is not ready yet is waited for.
    #[prop(optional, into)]
    submit: Option<Signal<u32>>,
    /// Save was pressed, by the person or by `submit`, and no save began; gets why, and the first incomplete field.
    #[prop(optional, into)]
    on_not_submitted: Option<Callback<NotSubmitted>>,
    /// A field got the focus.
    #[prop(optional, into)]
    on_focus: Option<Callback<FieldName>>,
    /// A field lost the focus.
    #[prop(optional, into)]
    on_blur: Option<Callback<FieldName>>,
    /// Escape was pressed in a field, which no key listener of the page hears.
    #[prop(optional, into)]
    on_escape: Option<Callback<FieldName>>,
    /// The networks the typed number runs on; empty while none is known.
    #[prop(optional, into)]
    on_networks_change: Option<Callback<Vec<Brand>>>,
    /// The form cannot be used; gets the stable code.
    #[prop(optional, into)]
    on_unusable: Option<Callback<&'static str>>,
    /// A line for the page's log: a setting that was ignored, and what would be right.
    #[prop(optional, into)]
    on_log: Option<Callback<Log>>,
) -> impl IntoView {
    let entry_handle: EntryHandle = StoredValue::new_local(None);
    let on_entry = move |act: &dyn Fn(&CardEntry)| {
        entry_handle.try_with_value(|entry| entry.iter().for_each(act));
    };
    on_change_of(signed_in, move || on_entry(&CardEntry::signed_in));
    // What becomes of it comes as an event, whoever pressed.
    on_change_of(submit, move || on_entry(&|entry| entry.submit(|_| ())));
    // Each is the last thing done: the page may take the form away when it hears it.
    draw(
        entry_handle,
        api,
        address,
        settings,
        move |event| match event {
            EntryEvent::Saved(request, kept) => {
                if let Some(proof) = request.consent {
                    notify(on_consent, proof);
                }
                notify(on_saved, kept.cards);
            }
            EntryEvent::Error(error, _) => notify(on_error, error.message),
            EntryEvent::SignIn => notify(on_sign_in, ()),
            EntryEvent::NotSubmitted(not) => notify(on_not_submitted, not),
            EntryEvent::Focus(field) => notify(on_focus, field),
            EntryEvent::Blur(field) => notify(on_blur, field),
            EntryEvent::Escape(field) => notify(on_escape, field),
            EntryEvent::NetworksChange(networks) => notify(on_networks_change, networks),
            EntryEvent::Unusable(code, _) => notify(on_unusable, code),
            EntryEvent::Log(log) => notify(on_log, log),
            _ => {}
        },
    )
}
