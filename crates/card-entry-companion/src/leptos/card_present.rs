//! The component `CardPresent`: takes a payment at a card reader and saves the card.
//!
//! Feature `quilt`. It draws what [`crate::terminal_payment::TerminalPayment`] decides and runs its commands.

mod buttons;
mod controller;
mod steps;

use std::rc::Rc;

use card_entry_protocol::dialect::quilt::steps::Sale;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use self::buttons::buttons;
use self::controller::CardPresentController;
use self::steps::steps;
use crate::page::choose_locale;
use crate::terminal_payment::{
    TerminalButton, TerminalEvent, TerminalMessageKey, TerminalPaymentState,
};
use crate::wallet::WalletApi;
use crate::wallet_api::quilt::Quilt;

/// Takes a payment at a card reader, saves the card if that is possible, and shows at each step what to do.
///
/// ```no_run
/// use std::rc::Rc;
///
/// use card_entry_companion::leptos::{CardPresent, CardPresentProps};
/// use card_entry_companion::wallet_api::quilt::Quilt;
/// use card_entry_protocol::dialect::quilt::steps::Sale;
/// use leptos::prelude::*;
///
/// fn counter(api: Rc<Quilt>, sale: Signal<Option<Sale>>) -> impl IntoView {
///     view! { <CardPresent api=api sale=sale price="$12.99" locale=None /> }
/// }
/// ```
#[component]
pub fn CardPresent(
    /// The client of Quilt's API for one customer.
    api: Rc<Quilt>,
    /// The sale. `None`: nothing can be sold yet, and the button is disabled.
    sale: Signal<Option<Sale>>,
    /// The amount as the button shows it, such as `$12.99`.
    #[prop(into)]
    price: Signal<String>,
    /// The URL of Stripe Terminal's script; by default Stripe's own.
    #[prop(optional, into)]
    script: Option<String>,
    /// For development: uses a simulated reader that reads this card, by Stripe's name (`visa`, `charge_declined`).
    #[prop(optional, into)]
    simulator: Option<Signal<String>>,
    /// Called with the state after every change.
    #[prop(optional, into)]
    on_change: Option<Callback<TerminalPaymentState>>,
    /// BCP 47 tag. `None`: the language of the page, else of the browser.
    #[prop(optional_no_strip)]
    locale: Option<String>,
) -> impl IntoView {
    let script = script.unwrap_or_else(|| "https://js.stripe.com/terminal/v1/".to_owned());
    let locale = choose_locale(locale.as_deref());
    api.set_locale(locale);
    let controller = CardPresentController {
        payment: RwSignal::new(None),
        api: StoredValue::new_local(api),
        script: StoredValue::new(script),
        reader: StoredValue::new_local(None),
        task: StoredValue::new_local(None),
        stop: StoredValue::new_local(None),
        key: StoredValue::new(String::new()),
        simulator,
        root: NodeRef::new(),
        locale,
        on_change,
    };
    on_cleanup(move || {
        controller.task.try_update_value(Option::take);
        controller.stop.try_update_value(Option::take);
        controller.reader.try_update_value(Option::take);
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            controller.handle(TerminalEvent::Pressed(TerminalButton::Cancel));
        }
    };
    let status = move || controller.state().status(locale);
    let alert = move || controller.state().alert(locale);
    view! {
        <section
            class="ce-wallet ce-card-present"
            data-card-present
            data-state=move || controller.state().as_str()
            aria-label=TerminalMessageKey::Title.text(locale)
            lang=locale.as_str()
            dir=locale.dir()
            node_ref=controller.root
            on:keydown=escape
        >
            {steps(controller)}
            <p class="ce-card-present-status" role="status" data-present-status>{status}</p>
            <p class="ce-card-present-alert" role="alert" dir="auto" data-present-alert>{alert}</p>
            <div class="ce-actions">{buttons(controller, sale, price)}</div>
        </section>
    }
}
