//! The sentence of the moment: what was done, or what could not be. It stays until it is closed or replaced.

use leptos::prelude::*;

use super::desk::Desk;
use crate::notice::Notice;

/// The bar at the foot of the window. The live region is there before anything is said in it.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let desk: Desk = expect_context();
    let is_silent = move || desk.notice.with(|notice| notice.text.is_empty());
    let tone = move || desk.notice.with(|notice| notice.tone.as_str());
    view! {
        <div class="notice" class:silent=is_silent data-tone=tone>
            <p data-page-status role="status" aria-live="polite">{move || desk.notice.with(|notice| notice.text.clone())}</p>
            <button
                type="button"
                class="close"
                hidden=move || desk.notice.with(|notice| !notice.is_shown())
                aria-label=desk.words.close
                on:click=move |_| desk.notice.set(Notice::default())
            >
                <span aria-hidden="true">"×"</span>
            </button>
        </div>
    }
}
