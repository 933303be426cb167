//! Step 3: who the visitor is. Both forms stand side by side; when a session has ended only signing in is asked for,
//! and the rest of the page stays.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::{CARD, Desk};
use super::document::focus;
use super::field::TextField;
use crate::account::{Fault, Field, Typed};
use crate::api::SiteConfig;
use crate::net::accounts::{self, AccountError};
use crate::session::{Session, Token, Visitor};

/// What a form of this section does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    SignUp,
    SignIn,
}

/// Which of its faces the section shows; a memo of it keeps what is typed when nothing else changed.
#[derive(Clone, PartialEq, Eq)]
enum Face {
    Waiting,
    Forms,
    Again(String),
    Known(String, String),
}

#[component]
pub fn Account() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let face = Memo::new(move |_| {
        desk.session.with(|session| match session {
            Session::Restoring => Face::Waiting,
            Session::Out => Face::Forms,
            Session::Ended(visitor) => Face::Again(visitor.email.clone()),
            Session::In(visitor, _) => Face::Known(visitor.name.clone(), visitor.email.clone()),
        })
    });
    let body = move || {
        match face.get() {
        Face::Waiting => view! { <p class="quiet-text">{words.loading}</p> }.into_any(),
        Face::Forms => view! {
            <div class="forms">
                <AccountForm purpose=Purpose::SignUp title=words.new_here/>
                <AccountForm purpose=Purpose::SignIn title=words.been_before/>
            </div>
        }
        .into_any(),
        Face::Again(email) => view! {
            <p class="again" role="alert">{words.sign_in_again}</p>
            <div class="forms one"><AccountForm purpose=Purpose::SignIn title=words.welcome_back email/></div>
        }
        .into_any(),
        Face::Known(name, email) => view! {
            <p class="known"><strong>{name}</strong><span dir="ltr">{email}</span></p>
        }
        .into_any(),
    }
    };
    view! {
        <section class="step" aria-labelledby="account-title">
            <h2 id="account-title" tabindex="-1">
                <span class="number" aria-hidden="true">"3"</span>{words.about_you}
            </h2>
            {body}
        </section>
    }
}

/// Sends what was typed, once it is whole.
async fn send(
    desk: Desk,
    config: &SiteConfig,
    purpose: Purpose,
    typed: Typed,
) -> Result<(Visitor, Token), AccountError> {
    let company_id = config.company_id;
    match purpose {
        Purpose::SignUp => {
            let user = typed
                .into_user(company_id, desk.words)
                .map_err(AccountError::Fields)?;
            accounts::sign_up(config, &user).await
        }
        Purpose::SignIn => {
            let session = typed
                .into_session(company_id, desk.words)
                .map_err(AccountError::Fields)?;
            accounts::sign_in(config, &session).await
        }
    }
}

#[component]
fn AccountForm(
    purpose: Purpose,
    title: &'static str,
    /// The address of whoever has to sign in again.
    #[prop(optional)]
    email: String,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let is_new = purpose == Purpose::SignUp;
    let id = if is_new { "sign-up" } else { "sign-in" };
    let [first, last, address, password] = core::array::from_fn(|_| NodeRef::<Input>::new());
    let faults: RwSignal<Vec<Fault>> = RwSignal::new(Vec::new());
    let alert = RwSignal::new("");
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(input) = address.get() {
            input.set_value(&email);
        }
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(config) = desk.config.get_untracked() else {
            alert.set(words.site_away);
            desk.open();
            return;
        };
        let text = |node: NodeRef<Input>| {
            node.get_untracked()
                .map(|input| input.value())
                .unwrap_or_default()
        };
        let typed = Typed {
            first_name: text(first),
            last_name: text(last),
            email: text(address),
            password: text(password),
        };
        faults.set(Vec::new());
        alert.set("");
        busy.set(true);
        spawn_local(async move {
            let answer = send(desk, &config, purpose, typed).await;
            busy.set(false);
            match answer {
                Ok((visitor, token)) => {
                    desk.announce(words.hello.replace("{name}", &visitor.name));
                    desk.admit(visitor, token);
                    focus(CARD);
                }
                Err(error) => {
                    alert.set(error.sentence(words).unwrap_or_default());
                    if let AccountError::Fields(wrong) = error {
                        let first_wrong = wrong.first().map(|fault| fault.field);
                        faults.set(wrong);
                        let node = match first_wrong {
                            Some(Field::FirstName) => first,
                            Some(Field::LastName) => last,
                            Some(Field::Email) | None => address,
                            Some(Field::Password) => password,
                        };
                        let node = node.try_get_untracked().flatten();
                        let _ = node.map(|input| input.focus());
                    }
                }
            }
        });
    };

    let names = is_new.then(|| {
        view! {
            <TextField form=id field=Field::FirstName label=words.first_name kind="text" autocomplete="given-name" node=first faults/>
            <TextField form=id field=Field::LastName label=words.last_name kind="text" autocomplete="family-name" node=last faults/>
        }
    });
    let secret = if is_new {
        "new-password"
    } else {
        "current-password"
    };
    let hint = is_new.then_some(words.password_hint);
    let label = if is_new {
        words.create_account
    } else {
        words.sign_in
    };
    view! {
        <form id=id class="account" novalidate aria-labelledby=format!("{id}-title") on:submit=submit>
            <h3 id=format!("{id}-title")>{title}</h3>
            {names}
            <TextField form=id field=Field::Email label=words.email kind="email" autocomplete="email" node=address faults/>
            <TextField form=id field=Field::Password label=words.password kind="password" autocomplete=secret hint node=password faults/>
            <p class="form-alert" role="alert">{move || alert.get()}</p>
            <button type="submit" class:primary=is_new aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { words.one_moment } else { label }}
            </button>
        </form>
    }
}
