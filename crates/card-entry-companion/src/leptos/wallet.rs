//! The component `Wallet`: lists, adds, replaces and deletes cards, and sets the default.
//!
//! One component for every vendor: what it offers follows from [`WalletApi::capabilities`].

use std::rc::Rc;

use card_entry_protocol::settings::Settings;
use leptos::ev::KeyboardEvent;
use leptos::html::Section;
use leptos::prelude::*;

use super::card_list::cards;
use super::controller::WalletController;
use super::panel::panel;
use crate::address::FrameAddress;
use crate::i18n::{Audience, EntryMessageKey, Locale, Messages, WalletMessageKey};
use crate::page::choose_locale;
use crate::wallet::{Card, WalletApi};
use crate::wallet_view::{WalletEvent, WalletViewModel};

/// The cards of a person, and the form that adds one.
///
/// ```no_run
/// use std::rc::Rc;
///
/// use card_entry_companion::address::{BaseUrl, FrameAddress};
/// use card_entry_companion::leptos::{Wallet, WalletProps};
/// use card_entry_companion::wallet_api::mytime::MyTime;
/// use card_entry_protocol::secret::PublishableKey;
/// use leptos::prelude::*;
///
/// fn cards() -> Option<impl IntoView> {
///     let api = Rc::new(MyTime::new(&BaseUrl::parse("https://www.mytime.com")?, 40426));
///     let frame = BaseUrl::parse("https://cards.example/stripe_hosted_forms/card_entry")?;
///     let address = FrameAddress::new(frame, PublishableKey::parse("pk_test_1")?);
///     Some(view! { <Wallet api=api address=address /> })
/// }
/// ```
#[component]
pub fn Wallet(
    /// The wallet to show.
    api: Rc<dyn WalletApi>,
    /// The URL of the frame and its parameters.
    address: FrameAddress,
    /// The look and the fields of the form.
    #[prop(optional)]
    settings: Settings,
    /// Increase it after the person has signed in and the API has the new token: whatever waited continues, and nothing
    /// is typed again.
    #[prop(optional, into)]
    signed_in: Option<Signal<u32>>,
    /// The person pressed Sign in: show the sign-in. Without this callback there is no button.
    #[prop(optional, into)]
    on_sign_in: Option<Callback<()>>,
    /// Called with all cards, after the first load and every change.
    #[prop(optional, into)]
    on_change: Option<Callback<Vec<Card>>>,
    /// The person wants to add a card at a reader. Called only with
    /// [`Capabilities::card_present`](crate::wallet::Capabilities::card_present).
    #[prop(optional, into)]
    on_present: Option<Callback<()>>,
    /// Increase it if the cards changed elsewhere, such as at a reader: they are read again.
    #[prop(optional, into)]
    changed: Option<Signal<u32>>,
    /// Who reads the wallet; by default the cardholder.
    #[prop(optional)]
    audience: Audience,
) -> impl IntoView {
    let tag = settings.locale.clone().or_else(|| address.locale.clone());
    let locale = choose_locale(tag.as_deref());
    api.set_locale(locale);
    let messages = Messages { locale, audience };
    let capabilities = api.capabilities();
    let controller = WalletController {
        view_model: RwSignal::new(WalletViewModel::new(capabilities)),
        api: StoredValue::new_local(api),
        address: StoredValue::new(address),
        settings: StoredValue::new(settings),
        entry: StoredValue::new_local(None),
        tasks: StoredValue::new_local(vec![]),
        root: NodeRef::<Section>::new(),
        messages,
        on_change,
        on_present,
    };
    if capabilities.list {
        controller.load();
    }
    on_cleanup(move || {
        controller.tasks.try_update_value(std::mem::take);
    });
    on_change_of(signed_in, move || controller.handle(WalletEvent::SignedIn));
    on_change_of(changed, move || {
        controller.handle(WalletEvent::CardsChanged)
    });
    let view_model = controller.view_model;
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            controller.handle(WalletEvent::Cancel);
        }
    };
    let title = if capabilities.many {
        WalletMessageKey::Cards
    } else {
        WalletMessageKey::YourCard
    };
    let status = move || {
        view_model.with(|view_model| {
            view_model
                .status()
                .map(|announcement| announcement.text(messages))
        })
    };
    let alert = move || {
        view_model.with(|view_model| {
            view_model
                .alert()
                .map(|announcement| announcement.text(messages))
        })
    };
    let other_language = move || {
        view_model.with(|view_model| {
            view_model
                .alert()
                .and_then(|announcement| announcement.other_language(messages))
        })
    };
    view! {
        <section
            class="ce-wallet"
            data-wallet
            data-state=move || view_model.with(WalletViewModel::as_str)
            lang=locale.as_str()
            dir=locale.dir()
            aria-label=controller.text(title)
            node_ref=controller.root
            on:keydown=escape
        >
            <h2 class="ce-heading" tabindex="-1" data-focus="heading">{controller.text(title)}</h2>
            <p class="ce-status" role="status" data-wallet-status>{status}</p>
            <p
                class="ce-visually-hidden"
                role="alert"
                lang=move || other_language().map(Locale::as_str)
                dir="auto"
                data-wallet-alert
            >
                {alert}
            </p>
            {sign_in(controller, on_sign_in)}
            {cards(controller)}
            {panel(controller)}
        </section>
    }
}

/// Calls `call` when the count changes, but not for its first value.
pub(super) fn on_change_of(count: Option<Signal<u32>>, call: impl Fn() + 'static) {
    if let Some(count) = count {
        Effect::new(move |before: Option<u32>| {
            let now = count.get();
            if before.is_some_and(|before| before != now) {
                call();
            }
            now
        });
    }
}

fn sign_in(controller: WalletController, on_sign_in: Option<Callback<()>>) -> impl IntoView {
    let wanted = Memo::new(move |_| controller.view_model.with(WalletViewModel::wants_sign_in));
    move || {
        wanted.get().then(|| {
            let text = if controller
                .view_model
                .with_untracked(|view_model| view_model.panel().has_form())
            {
                controller
                    .messages
                    .locale
                    .entry_text(EntryMessageKey::SignIn)
            } else {
                controller.text(WalletMessageKey::SignInToSee)
            };
            let button = on_sign_in.map(|call| {
                view! {
                    <button
                        type="button"
                        class="ce-button ce-primary"
                        data-action="sign-in"
                        data-focus="sign-in"
                        on:click=move |_| super::notify(Some(call), ())
                    >
                        {controller.text(WalletMessageKey::SignInButton)}
                    </button>
                }
            });
            view! { <div class="ce-panel ce-notice"><p>{text}</p> {button}</div> }
        })
    }
}
