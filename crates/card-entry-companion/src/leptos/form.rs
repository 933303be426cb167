//! The form alone: the frame on a Leptos page.
//!
//! Used by pages that keep no wallet on screen, and by [`super::panel`].

use std::rc::Rc;

use card_entry_protocol::card::Brand;
use card_entry_protocol::message::{ConsentProof, FieldName, Log};
use card_entry_protocol::settings::Settings;
use leptos::html::Div;
use leptos::prelude::*;

use super::tell;
use super::wallet::on_bump;
use crate::address::FrameAddress;
use crate::entry::CardEntry;
use crate::event::Event;
use crate::settings::HostSettings;
use crate::submission::NotSubmitted;
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
    let held: Held = StoredValue::new_local(None);
    let on_entry = move |act: &dyn Fn(&CardEntry)| {
        held.try_with_value(|entry| entry.iter().for_each(act));
    };
    on_bump(signed_in, move || on_entry(&CardEntry::signed_in));
    // What becomes of it comes as an event, whoever pressed.
    on_bump(submit, move || on_entry(&|entry| entry.submit(|_| ())));
    // Each is the last thing done: the page may take the form away when it hears it.
    draw(held, api, address, settings, move |event| match event {
        Event::Saved(request, kept) => {
            if let Some(proof) = request.consent {
                tell(on_consent, proof);
            }
            tell(on_saved, kept.cards);
        }
        Event::Error(error, _) => tell(on_error, error.message),
        Event::SignIn => tell(on_sign_in, ()),
        Event::NotSubmitted(not) => tell(on_not_submitted, not),
        Event::Focus(field) => tell(on_focus, field),
        Event::Blur(field) => tell(on_blur, field),
        Event::Escape(field) => tell(on_escape, field),
        Event::Networks(networks) => tell(on_networks_change, networks),
        Event::Unusable(code, _) => tell(on_unusable, code),
        Event::Log(log) => tell(on_log, log),
        _ => {}
    })
}
