//! The page on screen.
//!
//! The `Desk` holds everything the sections share; each section draws one part of it and none draws another's.

mod account;
mod appointments;
mod bokamera;
mod desk;
mod document;
mod field;
mod header;
mod mikrocloud;
mod notice;
mod page;
mod quilt;
mod services;
mod summary;
mod ticket_evolution;
mod times;
mod wallet;

use leptos::mount::mount_to;

use crate::language::Locale;

/// Draws the page in place of its shell: the booking page, or the one the body names.
pub fn start() {
    console_error_panic_hook::set_once();
    let locale = Locale::read(document::query("locale").as_deref());
    let page = document::page();
    if page.is_none() {
        document::speak(locale.words().lang, locale.direction());
    }
    let Some(place) = document::take_shell() else {
        return;
    };
    match page.as_deref() {
        Some("bokamera") => {
            let props = bokamera::BokaMeraPageProps { locale };
            mount_to(place, move || bokamera::BokaMeraPage(props)).forget();
        }
        Some("mikrocloud") => {
            let props = mikrocloud::MikroCloudPageProps { locale };
            mount_to(place, move || mikrocloud::MikroCloudPage(props)).forget();
        }
        Some("quilt") => {
            let props = quilt::QuiltPageProps { locale };
            mount_to(place, move || quilt::QuiltPage(props)).forget();
        }
        Some("ticket-evolution") => {
            let props = ticket_evolution::TicketShopProps { locale };
            mount_to(place, move || ticket_evolution::TicketShop(props)).forget();
        }
        _ => mount_to(place, move || page::Page(page::PageProps { locale })).forget(),
    }
}
