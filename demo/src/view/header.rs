//! The header: the studio's name and the signed-in visitor.

use leptos::prelude::*;

use super::page_state::PageState;

#[component]
pub fn Header() -> impl IntoView {
    let page: PageState = expect_context();
    let messages = page.messages;
    let name = move || {
        page.session
            .with(|session| session.visitor().map(|visitor| visitor.name.clone()))
    };
    let visitor = move || {
        name().map(|name| {
            view! {
                <div class="visitor">
                    <p>{messages.signed_in_as.replace("{name}", &name)}</p>
                    <button type="button" class="quiet" data-action="sign-out" on:click=move |_| page.sign_out()>
                        {messages.sign_out}
                    </button>
                </div>
            }
        })
    };
    view! {
        <header class="site-head">
            <a class="skip" href="#main">{messages.book_a_visit}</a>
            <div class="bar">
                <p class="brand" translate="no">
                    <img src="/mark.svg" alt="" width="36" height="36"/>
                    "Harbour Street Studio"
                </p>
                {visitor}
            </div>
            <div class="hero">
                <div class="hero-text">
                    <h1>{messages.book_a_visit}</h1>
                    <p>{messages.intro}</p>
                </div>
            </div>
        </header>
    }
}
