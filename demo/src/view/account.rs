//! Step 3: sign-up and sign-in. After a session has expired only the sign-in form is shown, and the rest of the page stays.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document::focus;
use super::field::{FieldSpec, TextField};
use super::page_state::{CARD, PageState};
use crate::account::{AccountField, AccountFieldError, AccountFormKind, AccountInput};
use crate::api::SiteConfig;
use crate::net::accounts::{self, AccountError};
use crate::session::{Session, SessionToken, Visitor};

/// What the section shows. A memo of it keeps typed values when the session changes but this does not.
#[derive(Clone, PartialEq, Eq)]
enum AccountView {
    Loading,
    Forms,
    SignInAgain(String),
    SignedIn(String, String),
}

#[component]
pub fn Account() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let view_kind = Memo::new(move |_| {
        page.session.with(|session| match session {
            Session::Restoring => AccountView::Loading,
            Session::Out => AccountView::Forms,
            Session::Expired(visitor) => AccountView::SignInAgain(visitor.email.clone()),
            Session::In(visitor, _) => {
                AccountView::SignedIn(visitor.name.clone(), visitor.email.clone())
            }
        })
    });
    let body = move || {
        match view_kind.get() {
        AccountView::Loading => view! { <p class="quiet-text">{messages.loading}</p> }.into_any(),
        AccountView::Forms => view! {
            <div class="forms">
                <AccountForm purpose=AccountFormKind::SignUp title=messages.new_here/>
                <AccountForm purpose=AccountFormKind::SignIn title=messages.been_before/>
            </div>
        }
        .into_any(),
        AccountView::SignInAgain(email) => view! {
            <p class="sign-in-again" role="alert">{messages.sign_in_again}</p>
            <div class="forms one"><AccountForm purpose=AccountFormKind::SignIn title=messages.welcome_back email/></div>
        }
        .into_any(),
        AccountView::SignedIn(name, email) => view! {
            <p class="signed-in"><strong>{name}</strong><span dir="ltr">{email}</span></p>
        }
        .into_any(),
    }
    };
    view! {
        <section class="step" aria-labelledby="account-title">
            <h2 id="account-title" tabindex="-1">
                <span class="number" aria-hidden="true">"3"</span>{messages.about_you}
            </h2>
            {body}
        </section>
    }
}

/// Validates the input and sends it.
async fn send(
    page: PageState,
    config: &SiteConfig,
    purpose: AccountFormKind,
    input: AccountInput,
) -> Result<(Visitor, SessionToken), AccountError> {
    let company_id = config.company_id;
    match purpose {
        AccountFormKind::SignUp => {
            let user = input
                .into_user(company_id, page.messages)
                .map_err(AccountError::Fields)?;
            accounts::sign_up(config, &user).await
        }
        AccountFormKind::SignIn => {
            let session = input
                .into_session(company_id, page.messages)
                .map_err(AccountError::Fields)?;
            accounts::sign_in(config, &session).await
        }
    }
}

#[component]
fn AccountForm(
    purpose: AccountFormKind,
    title: &'static str,
    /// Fills in the e-mail field, for a visitor who signs in again.
    #[prop(optional)]
    email: String,
) -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let is_new = purpose == AccountFormKind::SignUp;
    let id = if is_new { "sign-up" } else { "sign-in" };
    let [first, last, address, password] = core::array::from_fn(|_| NodeRef::<Input>::new());
    let errors: RwSignal<Vec<AccountFieldError>> = RwSignal::new(Vec::new());
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
        let Some(config) = page.config.get_untracked() else {
            alert.set(messages.site_away);
            page.load();
            return;
        };
        let text = |node: NodeRef<Input>| {
            node.get_untracked()
                .map(|input| input.value())
                .unwrap_or_default()
        };
        let input = AccountInput {
            first_name: text(first),
            last_name: text(last),
            email: text(address),
            password: text(password),
        };
        errors.set(Vec::new());
        alert.set("");
        busy.set(true);
        spawn_local(async move {
            let result = send(page, &config, purpose, input).await;
            busy.set(false);
            match result {
                Ok((visitor, token)) => {
                    page.announce(messages.hello.replace("{name}", &visitor.name));
                    page.start_session(visitor, token);
                    focus(CARD);
                }
                Err(error) => {
                    alert.set(error.message(messages).unwrap_or_default());
                    if let AccountError::Fields(invalid) = error {
                        let first_invalid = invalid.first().map(|error| error.field);
                        errors.set(invalid);
                        let node = match first_invalid {
                            Some(AccountField::FirstName) => first,
                            Some(AccountField::LastName) => last,
                            Some(AccountField::Email) | None => address,
                            Some(AccountField::Password) => password,
                        };
                        let node = node.try_get_untracked().flatten();
                        let _ = node.map(|input| input.focus());
                    }
                }
            }
        });
    };

    let spec = |field, label, kind, autocomplete| FieldSpec {
        form: id,
        field,
        label,
        kind,
        autocomplete,
        hint: None,
    };
    let first_spec = spec(
        AccountField::FirstName,
        messages.first_name,
        "text",
        "given-name",
    );
    let last_spec = spec(
        AccountField::LastName,
        messages.last_name,
        "text",
        "family-name",
    );
    let email_spec = spec(AccountField::Email, messages.email, "email", "email");
    let names = is_new.then(|| {
        view! {
            <TextField spec=first_spec node=first errors/>
            <TextField spec=last_spec node=last errors/>
        }
    });
    let password_autocomplete = if is_new {
        "new-password"
    } else {
        "current-password"
    };
    let password_spec = FieldSpec {
        hint: is_new.then_some(messages.password_hint),
        ..spec(
            AccountField::Password,
            messages.password,
            "password",
            password_autocomplete,
        )
    };
    let label = if is_new {
        messages.create_account
    } else {
        messages.sign_in
    };
    view! {
        <form id=id class="account" novalidate aria-labelledby=format!("{id}-title") on:submit=submit>
            <h3 id=format!("{id}-title")>{title}</h3>
            {names}
            <TextField spec=email_spec node=address errors/>
            <TextField spec=password_spec node=password errors/>
            <p class="form-alert" role="alert">{move || alert.get()}</p>
            <button type="submit" class:primary=is_new aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { messages.one_moment } else { label }}
            </button>
        </form>
    }
}
