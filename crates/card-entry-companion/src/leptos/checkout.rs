//! A payment: on the payment page, from which the person comes back, or in a form on this page.
//!
//! Draws what [`crate::checkout`] decides and does what it asks for. Feature `bokamera`.

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::html::{Div, P};
use leptos::prelude::*;

use super::tell;
use crate::checkout::form::{Mounted, Said};
use crate::checkout::settings::CheckoutSettings;
use crate::checkout::words::{Word, foreign, sentence};
use crate::checkout::{Act, Button, Desk, Outside, Stage, Start};
use crate::page::choose_locale;
use crate::sentence::Sentence;
use crate::task::Task;
use crate::wallet_api::bokamera::BokaMera;
use crate::words::{Locale, fill};

/// The handles of one checkout; copied freely, all of the same.
#[derive(Clone, Copy)]
struct Till {
    desk: RwSignal<Desk>,
    api: StoredValue<BokaMera>,
    settings: StoredValue<CheckoutSettings>,
    place: NodeRef<Div>,
    line: NodeRef<P>,
    form: StoredValue<Option<Mounted>, LocalStorage>,
    task: StoredValue<Option<Task>, LocalStorage>,
    on_stage: Option<Callback<Stage>>,
    on_again: Option<Callback<()>>,
}

impl Till {
    /// Makes a move. Nothing after it was unmounted.
    fn act(self, act: Act) {
        let pressed = matches!(act, Act::Press(_));
        let typed = self.holds_focus();
        let Some(outside) = self.desk.try_update(|desk| desk.act(act)) else {
            return;
        };
        let look = |desk: &Desk| (desk.shows_form(), desk.stage().clone());
        let Some((shows_form, stage)) = self.desk.try_with_untracked(look) else {
            return;
        };
        if !shows_form {
            self.form.try_update_value(Option::take);
        }
        // The page may take the component away when it hears this: what follows then does nothing.
        tell(self.on_stage, stage);
        if let Some(outside) = outside {
            self.carry_out(outside);
        }
        // What was pressed or typed into is gone: what happens now is read from where the person looks.
        let gone = pressed || (typed && !shows_form);
        if gone && let Some(line) = self.line.try_get_untracked().flatten() {
            let _ = line.focus();
        }
    }

    /// Whether the focus is in the form of the payment page.
    fn holds_focus(self) -> bool {
        let place = self.place.try_get_untracked().flatten();
        let active = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.active_element());
        place.is_some_and(|place| active.is_some_and(|active| place.contains(Some(&active))))
    }

    fn carry_out(self, outside: Outside) {
        let Some(api) = self.api.try_get_value() else {
            return;
        };
        match outside {
            Outside::Open(order) => self.run(async move {
                let answer = api.open(&order).await;
                self.act(Act::Opened(answer));
            }),
            Outside::Ask(order, after) => self.run(async move {
                if after > 0 {
                    TimeoutFuture::new(after).await;
                }
                let answer = api.status(&order).await;
                self.act(Act::Told(answer));
            }),
            Outside::Go(page) => {
                let location = web_sys::window().map(|window| window.location());
                let _ = location.map(|location| location.assign(page.as_str()));
            }
            Outside::Mount(form) => {
                let Some(place) = self.place.try_get_untracked().flatten() else {
                    return self.act(Act::Form(false));
                };
                // The old one first: there may be one at a time.
                self.form.try_update_value(Option::take);
                let script = self
                    .settings
                    .try_with_value(|settings| settings.script.clone());
                let tell = move |said| {
                    self.act(match said {
                        Said::Ready => Act::Form(true),
                        Said::Failed => Act::Form(false),
                        Said::Paid => Act::Paid,
                    });
                };
                let mounted = Mounted::begin((*place).clone(), script.flatten(), form, tell);
                self.form.set_value(Some(mounted));
            }
            Outside::Again => tell(self.on_again, ()),
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
    start: Start,
    /// Addresses and language.
    #[prop(optional)]
    settings: CheckoutSettings,
    /// Where it stands now.
    #[prop(optional, into)]
    on_stage: Option<Callback<Stage>>,
    /// On a return page: the person wants to begin anew.
    #[prop(optional, into)]
    on_again: Option<Callback<()>>,
) -> impl IntoView {
    let locale = choose_locale(settings.locale.as_deref());
    let till = Till {
        desk: RwSignal::new(Desk::new(start, settings.pages.clone())),
        api: StoredValue::new(api.in_language(locale)),
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
                till.act(Act::CameBack);
            }
        })
    });
    let restored = StoredValue::new_local(restored);
    on_cleanup(move || {
        restored.try_update_value(Option::take);
        till.form.try_update_value(Option::take);
        till.task.try_update_value(Option::take);
    });
    Effect::new(move |begun: Option<bool>| {
        let there = till.place.get().is_some();
        if there && begun != Some(true) {
            till.act(Act::Begin);
        }
        there || begun == Some(true)
    });
    draw(till, locale)
}

fn draw(till: Till, locale: Locale) -> impl IntoView {
    let stage = Memo::new(move |_| till.desk.with(|desk| desk.stage().clone()));
    let says = move |stopped: bool| {
        stage.with(|stage| {
            let is_stopped = matches!(stage, Stage::Stopped(_));
            (stopped == is_stopped).then(|| sentence(stage, locale))
        })
    };
    let other = move || stage.with(|stage| foreign(stage, locale));
    let state = move || stage.with(|stage| Word::of_stage(stage).as_str());
    view! {
        <section
            class="ce-wallet ce-checkout"
            data-checkout
            data-state=state
            lang=locale.as_str()
            dir=locale.dir()
        >
            <p node_ref=till.line class="ce-checkout-line" tabindex="-1" role="status" data-checkout-status>
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
                node_ref=till.place
                class="ce-checkout-form"
                hidden=move || !till.desk.with(Desk::shows_form)
            ></div>
            <div class="ce-actions">{move || buttons(till, locale)}</div>
        </section>
    }
}

/// The person's own address, when it was paid and is fit to be shown.
fn email(stage: &Stage, locale: Locale) -> Option<String> {
    let Stage::Told(answer) = stage else {
        return None;
    };
    let email = Sentence::parse(answer.customer_email.as_deref()?)?;
    // An address keeps its order in a sentence from right to left (Unicode TR 9).
    let isolated = format!("\u{2066}{}\u{2069}", email.as_str());
    Some(fill(Word::Email.text(locale), &[("email", &isolated)]))
}

fn buttons(till: Till, locale: Locale) -> impl IntoView {
    let all = till.desk.with(Desk::buttons);
    let draw = move |(at, button): (usize, &Button)| {
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
                on:click=move |_| till.act(Act::Press(button))
            >
                {Word::of_button(button).text(locale)}
            </button>
        }
    };
    all.iter().enumerate().map(draw).collect_view()
}
