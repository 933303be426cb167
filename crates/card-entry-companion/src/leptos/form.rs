//! The component `CardEntryFrame`: the card form alone.
//!
//! Used by pages that show no list of cards, and by [`super::panel`].

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

/// The mounted form, on this thread.
pub(super) type EntryHandle = StoredValue<Option<CardEntry>, LocalStorage>;

/// Draws the host element and mounts the form into it. The form is dropped with its reactive owner.
pub(super) fn draw(
    entry_handle: EntryHandle,
    api: Rc<dyn WalletApi>,
    address: FrameAddress,
    settings: Settings,
    on_event: impl Fn(EntryEvent) + Clone + 'static,
) -> impl IntoView {
    let container = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let Some(container) = container.get() else {
            return;
        };
        let mounted = CardEntry::mount(
            &container,
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
    view! { <div class="ce-frame" node_ref=container></div> }
}

/// The card form. It saves through a wallet API.
///
/// ```no_run
/// use std::rc::Rc;
///
/// use card_entry_companion::address::FrameAddress;
/// use card_entry_companion::leptos::{CardEntryFrame, CardEntryFrameProps};
/// use card_entry_companion::wallet::{Card, WalletApi};
/// use leptos::prelude::*;
///
/// fn form(api: Rc<dyn WalletApi>, address: FrameAddress) -> impl IntoView {
///     view! { <CardEntryFrame api=api address=address on_saved=|_: Vec<Card>| () /> }
/// }
/// ```
#[component]
pub fn CardEntryFrame(
    /// The wallet in which cards are saved.
    api: Rc<dyn WalletApi>,
    /// The URL of the frame and its parameters.
    address: FrameAddress,
    /// The look and the fields of the form.
    #[prop(optional)]
    settings: Settings,
    /// Increase it after the person has signed in and the API has the new token: a save that waited continues.
    #[prop(optional, into)]
    signed_in: Option<Signal<u32>>,
    /// The card was saved; gets all cards of the wallet.
    #[prop(optional, into)]
    on_saved: Option<Callback<Vec<Card>>>,
    /// The card was not saved; gets the text, which the form shows as well.
    #[prop(optional, into)]
    on_error: Option<Callback<String>>,
    /// The session has ended: show the sign-in.
    #[prop(optional, into)]
    on_sign_in: Option<Callback<()>>,
    /// The card was saved with this consent; called before `on_saved`.
    #[prop(optional, into)]
    on_consent: Option<Callback<ConsentProof>>,
    /// Increase it to press the button of the form, for a page with a button of its own. It waits for a form that is
    /// not ready.
    #[prop(optional, into)]
    submit: Option<Signal<u32>>,
    /// Save was pressed, by the person or by `submit`, and no save started; gets the reason and the first incomplete
    /// field.
    #[prop(optional, into)]
    on_not_submitted: Option<Callback<NotSubmitted>>,
    /// This field got the focus.
    #[prop(optional, into)]
    on_focus: Option<Callback<FieldName>>,
    /// This field lost the focus.
    #[prop(optional, into)]
    on_blur: Option<Callback<FieldName>>,
    /// Escape was pressed in this field. A key listener of the page does not get it.
    #[prop(optional, into)]
    on_escape: Option<Callback<FieldName>>,
    /// The card networks of the typed number; empty while none is known.
    #[prop(optional, into)]
    on_networks_change: Option<Callback<Vec<Brand>>>,
    /// The form cannot be used; gets the stable code.
    #[prop(optional, into)]
    on_unusable: Option<Callback<&'static str>>,
    /// A line for the log of the page, such as a setting that was ignored.
    #[prop(optional, into)]
    on_log: Option<Callback<Log>>,
) -> impl IntoView {
    let entry_handle: EntryHandle = StoredValue::new_local(None);
    let on_entry = move |act: &dyn Fn(&CardEntry)| {
        entry_handle.try_with_value(|entry| entry.iter().for_each(act));
    };
    on_change_of(signed_in, move || on_entry(&CardEntry::signed_in));
    // The outcome comes as an event, as for a press by the person.
    on_change_of(submit, move || on_entry(&|entry| entry.submit(|_| ())));
    // The callback is the last action: the page may remove the form in it.
    draw(
        entry_handle,
        api,
        address,
        settings,
        move |event| match event {
            EntryEvent::Saved(request, wallet) => {
                if let Some(proof) = request.consent {
                    notify(on_consent, proof);
                }
                notify(on_saved, wallet.cards);
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
