//! The booking page: its sections in order, and their shared state.

use leptos::prelude::*;

use super::account::Account;
use super::appointments::Appointments;
use super::header::Header;
use super::notice::NoticeBar;
use super::page_state::PageState;
use super::services::Services;
use super::summary::Summary;
use super::times::Times;
use super::wallet::CardSection;
use crate::language::Locale;

#[component]
pub fn Page(locale: Locale) -> impl IntoView {
    let page = PageState::new(locale);
    provide_context(page);
    page.load();
    view! {
        <Header/>
        <main id="main" tabindex="-1">
            <div class="steps">
                <Services/>
                <Times/>
                <Account/>
                <CardSection/>
            </div>
            <aside class="sidebar">
                <Summary/>
                <Appointments/>
            </aside>
        </main>
        <NoticeBar/>
    }
}
