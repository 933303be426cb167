//! The page: its sections in their order, and the desk they share.

use leptos::prelude::*;

use super::account::Account;
use super::appointments::Appointments;
use super::desk::Desk;
use super::header::Header;
use super::notice::NoticeBar;
use super::services::Services;
use super::summary::Summary;
use super::times::Times;
use super::wallet::CardSection;
use crate::language::Locale;

#[component]
pub fn Page(
    locale: Locale,
) -> impl IntoView {
    let desk = Desk::new(locale);
    provide_context(desk);
    desk.open();
    view! {
        <Header/>
        <main id="main" tabindex="-1">
            <div class="steps">
                <Services/>
                <Times/>
                <Account/>
                <CardSection/>
            </div>
            <aside class="beside">
                <Summary/>
                <Appointments/>
            </aside>
        </main>
        <NoticeBar/>
    }
}
