//! `CardPresent`: takes a card at a reader, keeps it, and says at each step what to do there.
//!
//! Feature `quilt`. It draws what [`crate::terminal_payment::TerminalPayment`] decides and carries out what it asks for.

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

/// Takes a card at a reader: charges it, keeps it for later where that is possible, and says what to do meanwhile.
#[component]
pub fn CardPresent(
    /// The site's own way to Quilt, for one customer.
    api: Rc<Quilt>,
    /// What is sold; none: nothing can be sold yet, and the button is off.
    sale: Signal<Option<Sale>>,
    /// What is asked for, as the button says it: `$12.99`.
    #[prop(into)]
    price: Signal<String>,
    /// Where Stripe Terminal's script is; Stripe's own address unless told.
    #[prop(optional, into)]
    script: Option<String>,
    /// For development: readers are simulated, and read this card, by Stripe's name for it (`visa`, `charge_declined`).
    #[prop(optional, into)]
    simulator: Option<Signal<String>>,
    /// What is on screen, after every change: under way, failed, over.
    #[prop(optional, into)]
    on_change: Option<Callback<TerminalPaymentState>>,
    /// BCP 47; without it the page's language, then the browser's.
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
            class="ce-wallet ce-present"
            data-card-present
            data-state=move || controller.state().as_str()
            aria-label=TerminalMessageKey::Title.text(locale)
            lang=locale.as_str()
            dir=locale.dir()
            node_ref=controller.root
            on:keydown=escape
        >
            {steps(controller)}
            <p class="ce-present-status" role="status" data-present-status>{status}</p>
            <p class="ce-present-alert" role="alert" dir="auto" data-present-alert>{alert}</p>
            <div class="ce-actions">{buttons(controller, sale, price)}</div>
        </section>
    }
}
