//! The studio's name, and who is signed in.

use leptos::prelude::*;

use super::desk::Desk;

#[component]
pub fn Header() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = desk.words;
    let name = move || {
        desk.session
            .with(|session| session.visitor().map(|visitor| visitor.name.clone()))
    };
    let visitor = move || {
        name().map(|name| {
            view! {
                <div class="visitor">
                    <p>{words.signed_in_as.replace("{name}", &name)}</p>
                    <button type="button" class="quiet" data-action="sign-out" on:click=move |_| desk.sign_out()>
                        {words.sign_out}
                    </button>
                </div>
            }
        })
    };
    view! {
        <header class="site-head">
            <a class="skip" href="#main">{words.book_a_visit}</a>
            <div class="bar">
                <p class="brand" translate="no">
                    <img src="/mark.svg" alt="" width="36" height="36"/>
                    "Harbour Street Studio"
                </p>
                {visitor}
            </div>
            <div class="hero">
                <div class="hero-text">
                    <h1>{words.book_a_visit}</h1>
                    <p>{words.intro}</p>
                </div>
            </div>
        </header>
    }
}
