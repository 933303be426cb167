//! A payment: on the payment page, from which the person comes back, or in a form on this page.
//!
//! Draws what [`crate::checkout`] decides and does what it asks for. Feature `bokamera`.

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::html::{Div, P};
use leptos::prelude::*;

use super::notify;
use crate::checkout::embedded_form::{EmbeddedFormEvent, MountedForm};
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

/// The handles of one checkout; copied freely, all of the same.
#[derive(Clone, Copy)]
struct CheckoutController {
    view: RwSignal<CheckoutViewModel>,
    api: StoredValue<BokaMera>,
    settings: StoredValue<CheckoutSettings>,
    place: NodeRef<Div>,
    line: NodeRef<P>,
    form: StoredValue<Option<MountedForm>, LocalStorage>,
    task: StoredValue<Option<Task>, LocalStorage>,
    on_stage: Option<Callback<CheckoutStage>>,
    on_again: Option<Callback<()>>,
}

impl CheckoutController {
    /// Makes a move. Nothing after it was unmounted.
    fn handle(self, event: CheckoutEvent) {
        let pressed = matches!(event, CheckoutEvent::Press(_));
        let typed = self.has_focus();
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
        // The page may take the component away when it hears this: what follows then does nothing.
        notify(self.on_stage, stage);
        if let Some(command) = command {
            self.carry_out(command);
        }
        // What was pressed or typed into is gone: what happens now is read from where the person looks.
        let gone = pressed || (typed && !shows_form);
        if gone && let Some(line) = self.line.try_get_untracked().flatten() {
            let _ = line.focus();
        }
    }

    /// Whether the focus is in the form of the payment page.
    fn has_focus(self) -> bool {
        let place = self.place.try_get_untracked().flatten();
        let active = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.active_element());
        place.is_some_and(|place| active.is_some_and(|active| place.contains(Some(&active))))
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
                let Some(place) = self.place.try_get_untracked().flatten() else {
                    return self.handle(CheckoutEvent::FormFailed);
                };
                // The old one first: there may be one at a time.
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
                let mounted =
                    MountedForm::begin((*place).clone(), script.flatten(), form, on_event);
                self.form.set_value(Some(mounted));
            }
            CheckoutCommand::StartOver => notify(self.on_again, ()),
        }
    }

    /// One question at a time: a newer one ends the older.
    fn run(self, future: impl Future<Output = ()> + 'static) {
        let task = Task::spawn(future);
        let before = self.task.try_update_value(|held| held.replace(task));
        drop(before);
    }
}

/// A payment through BokaMera's API.
#[component]
pub fn Checkout(
    /// The site's own server.
    api: BokaMera,
    /// What to pay, or which payment to tell of.
    start: CheckoutStart,
    /// Addresses and language.
    #[prop(optional)]
    settings: CheckoutSettings,
    /// Where it stands now.
    #[prop(optional, into)]
    on_stage: Option<Callback<CheckoutStage>>,
    /// On a return page: the person wants to begin anew.
    #[prop(optional, into)]
    on_again: Option<Callback<()>>,
) -> impl IntoView {
    let locale = choose_locale(settings.locale.as_deref());
    let controller = CheckoutController {
        view: RwSignal::new(CheckoutViewModel::new(start, settings.pages.clone())),
        api: StoredValue::new(api.with_language(locale)),
        settings: StoredValue::new(settings),
        place: NodeRef::new(),
        line: NodeRef::new(),
        form: StoredValue::new_local(None),
        task: StoredValue::new_local(None),
        on_stage,
        on_again,
    };
    // The browser may show this very page again, as it was when the person left it.
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
        let there = controller.place.get().is_some();
        if there && begun != Some(true) {
            controller.handle(CheckoutEvent::Mounted);
        }
        there || begun == Some(true)
    });
    draw(controller, locale)
}

fn draw(controller: CheckoutController, locale: Locale) -> impl IntoView {
    let stage = Memo::new(move |_| controller.view.with(|view| view.stage().clone()));
    let says = move |stopped: bool| {
        stage.with(|stage| {
            let is_stopped = matches!(stage, CheckoutStage::Failed(_));
            (stopped == is_stopped).then(|| stage_text(stage, locale))
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
            <p node_ref=controller.line class="ce-checkout-line" tabindex="-1" role="status" data-checkout-status>
                {move || says(false)}
            </p>
            <p
                class="ce-news ce-refused"
                role="alert"
                data-checkout-alert
                lang=move || other().map(Locale::as_str)
                dir=move || other().map(Locale::dir)
            >
                {move || says(true)}
            </p>
            <p class="ce-checkout-email" data-checkout-email>{move || stage.with(|stage| email(stage, locale))}</p>
            <div
                node_ref=controller.place
                class="ce-checkout-form"
                hidden=move || !controller.view.with(CheckoutViewModel::shows_form)
            ></div>
            <div class="ce-actions">{move || buttons(controller, locale)}</div>
        </section>
    }
}

/// The person's own address, when it was paid and is fit to be shown.
fn email(stage: &CheckoutStage, locale: Locale) -> Option<String> {
    let CheckoutStage::Status(answer) = stage else {
        return None;
    };
    let email = DisplayMessage::parse(answer.customer_email.as_deref()?)?;
    // An address keeps its order in a sentence from right to left (Unicode TR 9).
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
            "ce-button ce-main"
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
