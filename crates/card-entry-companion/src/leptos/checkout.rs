//! The component `Checkout`: a payment on Stripe's page, or in a form on this page.
//!
//! Feature `bokamera`. It draws what [`crate::checkout`] decides and runs its commands.

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::html::{Div, P};
use leptos::prelude::*;

use super::notify;
use crate::checkout::embedded_form::{EmbeddedFormEvent, MountedCheckoutForm};
use crate::checkout::i18n::{CheckoutMessageKey, other_language, stage_text};
use crate::checkout::settings::CheckoutSettings;
use crate::checkout::{
    CheckoutButton, CheckoutCommand, CheckoutEvent, CheckoutStage, CheckoutStart, CheckoutViewModel,
};
use crate::display_message::DisplayMessage;
use crate::i18n::{Locale, fill_placeholders};
use crate::page::choose_locale;
use crate::task::Task;
use crate::wallet_api::bokamera::BokaMera;

/// The signals and stored values of one checkout.
#[derive(Clone, Copy)]
struct CheckoutController {
    view: RwSignal<CheckoutViewModel>,
    api: StoredValue<BokaMera>,
    settings: StoredValue<CheckoutSettings>,
    form_container: NodeRef<Div>,
    status_line: NodeRef<P>,
    form: StoredValue<Option<MountedCheckoutForm>, LocalStorage>,
    task: StoredValue<Option<Task>, LocalStorage>,
    on_stage: Option<Callback<CheckoutStage>>,
    on_again: Option<Callback<()>>,
}

impl CheckoutController {
    /// Applies an event and runs its command. Does nothing after the component was unmounted.
    fn handle(self, event: CheckoutEvent) {
        let is_press = matches!(event, CheckoutEvent::Press(_));
        let had_focus = self.has_focus();
        let Some(command) = self.view.try_update(|view| view.handle(event)) else {
            return;
        };
        let look = |view: &CheckoutViewModel| (view.shows_form(), view.stage().clone());
        let Some((shows_form, stage)) = self.view.try_with_untracked(look) else {
            return;
        };
        if !shows_form {
            self.form.try_update_value(Option::take);
        }
        // The page may remove the component in this callback; the rest then does nothing.
        notify(self.on_stage, stage);
        if let Some(command) = command {
            self.carry_out(command);
        }
        // The element that had the focus was removed, so the focus moves to the status line.
        let focus_lost = is_press || (had_focus && !shows_form);
        if focus_lost && let Some(status_line) = self.status_line.try_get_untracked().flatten() {
            let _ = status_line.focus();
        }
    }

    /// Whether the focus is inside the payment form.
    fn has_focus(self) -> bool {
        let form_container = self.form_container.try_get_untracked().flatten();
        let active = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.active_element());
        form_container.is_some_and(|form_container| {
            active.is_some_and(|active| form_container.contains(Some(&active)))
        })
    }

    fn carry_out(self, command: CheckoutCommand) {
        let Some(api) = self.api.try_get_value() else {
            return;
        };
        match command {
            CheckoutCommand::Open(order) => self.run(async move {
                let answer = api.open(&order).await;
                self.handle(CheckoutEvent::Opened(answer));
            }),
            CheckoutCommand::ReadStatus(order, after) => self.run(async move {
                if after > 0 {
                    TimeoutFuture::new(after).await;
                }
                let answer = api.status(&order).await;
                self.handle(CheckoutEvent::Status(answer));
            }),
            CheckoutCommand::Navigate(page) => {
                let location = web_sys::window().map(|window| window.location());
                let _ = location.map(|location| location.assign(page.as_str()));
            }
            CheckoutCommand::MountForm(form) => {
                let Some(form_container) = self.form_container.try_get_untracked().flatten() else {
                    return self.handle(CheckoutEvent::FormFailed);
                };
                // The old form first: Stripe.js allows one at a time.
                self.form.try_update_value(Option::take);
                let script = self
                    .settings
                    .try_with_value(|settings| settings.script.clone());
                let on_event = move |event| {
                    self.handle(match event {
                        EmbeddedFormEvent::Ready => CheckoutEvent::FormReady,
                        EmbeddedFormEvent::Failed => CheckoutEvent::FormFailed,
                        EmbeddedFormEvent::Paid => CheckoutEvent::Paid,
                    });
                };
                let mounted = MountedCheckoutForm::begin(
                    (*form_container).clone(),
                    script.flatten(),
                    form,
                    on_event,
                );
                self.form.set_value(Some(mounted));
            }
            CheckoutCommand::StartOver => notify(self.on_again, ()),
        }
    }

    /// Runs a call. A newer call stops an older one.
    fn run(self, future: impl Future<Output = ()> + 'static) {
        let task = Task::spawn(future);
        let before = self.task.try_update_value(|held| held.replace(task));
        drop(before);
    }
}

/// A payment through BokaMera's API.
///
/// ```no_run
/// use card_entry_companion::checkout::{CheckoutStage, CheckoutStart};
/// use card_entry_companion::leptos::{Checkout, CheckoutProps};
/// use card_entry_companion::wallet_api::bokamera::BokaMera;
/// use leptos::prelude::*;
///
/// fn payment(api: BokaMera, start: CheckoutStart) -> impl IntoView {
///     view! { <Checkout api=api start=start on_stage=|_: CheckoutStage| () /> }
/// }
/// ```
#[component]
pub fn Checkout(
    /// The client for the site's own server.
    api: BokaMera,
    /// The order to pay, or the checkout session to show.
    start: CheckoutStart,
    /// The URLs and the language.
    #[prop(optional)]
    settings: CheckoutSettings,
    /// Called with every new stage.
    #[prop(optional, into)]
    on_stage: Option<Callback<CheckoutStage>>,
    /// On a return page: called if the person wants a new checkout.
    #[prop(optional, into)]
    on_again: Option<Callback<()>>,
) -> impl IntoView {
    let locale = choose_locale(settings.locale.as_deref());
    let controller = CheckoutController {
        view: RwSignal::new(CheckoutViewModel::new(start, settings.pages.clone())),
        api: StoredValue::new(api.with_language(locale)),
        settings: StoredValue::new(settings),
        form_container: NodeRef::new(),
        status_line: NodeRef::new(),
        form: StoredValue::new_local(None),
        task: StoredValue::new_local(None),
        on_stage,
        on_again,
    };
    // The browser can restore this page from its back/forward cache.
    let restored = web_sys::window().map(|window| {
        EventListener::new(&window, "pageshow", move |event| {
            if Reflect::get(event, &"persisted".into()).is_ok_and(|is| is.is_truthy()) {
                controller.handle(CheckoutEvent::PageRestored);
            }
        })
    });
    let restored = StoredValue::new_local(restored);
    on_cleanup(move || {
        restored.try_update_value(Option::take);
        controller.form.try_update_value(Option::take);
        controller.task.try_update_value(Option::take);
    });
    Effect::new(move |begun: Option<bool>| {
        let there = controller.form_container.get().is_some();
        if there && begun != Some(true) {
            controller.handle(CheckoutEvent::Mounted);
        }
        there || begun == Some(true)
    });
    draw(controller, locale)
}

fn draw(controller: CheckoutController, locale: Locale) -> impl IntoView {
    let stage = Memo::new(move |_| controller.view.with(|view| view.stage().clone()));
    let text_if = move |failed: bool| {
        stage.with(|stage| {
            let is_failed = matches!(stage, CheckoutStage::Failed(_));
            (failed == is_failed).then(|| stage_text(stage, locale))
        })
    };
    let other = move || stage.with(|stage| other_language(stage, locale));
    let state = move || stage.with(|stage| CheckoutMessageKey::for_stage(stage).as_str());
    view! {
        <section
            class="ce-wallet ce-checkout"
            data-checkout
            data-state=state
            lang=locale.as_str()
            dir=locale.dir()
        >
            <p node_ref=controller.status_line class="ce-checkout-status" tabindex="-1" role="status" data-checkout-status>
                {move || text_if(false)}
            </p>
            <p
                class="ce-row-message ce-refused"
                role="alert"
                data-checkout-alert
                lang=move || other().map(Locale::as_str)
                dir=move || other().map(Locale::dir)
            >
                {move || text_if(true)}
            </p>
            <p class="ce-checkout-email" data-checkout-email>{move || stage.with(|stage| email(stage, locale))}</p>
            <div
                node_ref=controller.form_container
                class="ce-checkout-form"
                hidden=move || !controller.view.with(CheckoutViewModel::shows_form)
            ></div>
            <div class="ce-actions">{move || buttons(controller, locale)}</div>
        </section>
    }
}

/// The e-mail address of the payer, if it was returned and is fit to be shown.
fn email(stage: &CheckoutStage, locale: Locale) -> Option<String> {
    let CheckoutStage::Status(answer) = stage else {
        return None;
    };
    let email = DisplayMessage::parse(answer.customer_email.as_deref()?)?;
    // The isolates keep the address left-to-right in a right-to-left text (Unicode TR 9).
    let isolated = format!("\u{2066}{}\u{2069}", email.as_str());
    Some(fill_placeholders(
        CheckoutMessageKey::Email.text(locale),
        &[("email", &isolated)],
    ))
}

fn buttons(controller: CheckoutController, locale: Locale) -> impl IntoView {
    let all = controller.view.with(CheckoutViewModel::buttons);
    let draw = move |(at, button): (usize, &CheckoutButton)| {
        let button = *button;
        let class = if at == 0 {
            "ce-button ce-primary"
        } else {
            "ce-button"
        };
        view! {
            <button
                type="button"
                class=class
                data-action=button.as_str()
                on:click=move |_| controller.handle(CheckoutEvent::Press(button))
            >
                {CheckoutMessageKey::for_button(button).text(locale)}
            </button>
        }
    };
    all.iter().enumerate().map(draw).collect_view()
}
