//! The notice bar. A notice stays until it is closed or replaced.

use leptos::prelude::*;

use super::page_state::PageState;
use crate::notice::Notice;

/// The bar at the bottom of the window. The live region exists before the first notice, because screen readers ignore a new one.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let page: PageState = expect_context();
    let is_empty = move || page.notice.with(|notice| notice.text.is_empty());
    let tone = move || page.notice.with(|notice| notice.tone.as_str());
    view! {
        <div class="notice" class:empty=is_empty data-tone=tone>
            <p data-page-status role="status" aria-live="polite">{move || page.notice.with(|notice| notice.text.clone())}</p>
            <button
                type="button"
                class="close"
                hidden=move || page.notice.with(|notice| !notice.is_shown())
                aria-label=page.messages.close
                on:click=move |_| page.notice.set(Notice::default())
            >
                <span aria-hidden="true">"×"</span>
            </button>
        </div>
    }
}
